"""Every guardrail on a set of its own: how much it finds, and how often it is wrong.

The sets are ours and ship with the guardrails (`guardrails/examples`); of a set that rules were
written for only the other half is read. Each rule is asked alone, so that the figure is of the rule
and not of its neighbours; the three rules of danger are scored together as well, because that is
how a person in danger meets them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from eval.benchmarks.guards.harmless_numbers import harmless_questions
from eval.benchmarks.guards.identifiers import KINDS, sentences
from eval.intervals import wilson
from eval.record import RuleScore, Share
from guardrails import Outcome, QuestionPolicy
from guardrails.example_files import NONE, load_examples, load_half
from guardrails.guarded import Guarded, Rule
from guardrails.normalised import normalise
from guardrails.rules.danger_likeness import EMERGENCIES
from guardrails.training.danger import danger_report

DANGER_RULES = ("crisis", "emergency", "danger_likeness")
ROUTES = {
    "abuse": ("abuse",),
    "routing": ("account", "parliament", "foi", "contact"),
    "neutrality": ("politics", "opinion", "prediction"),
    "advice": ("advice", "outcome"),
    "smalltalk": ("greeting", "thanks", "about", "complaint"),
}
_SENTENCES_OF_A_KIND = 20
_ORDINARY_READ = 400
_HIDDEN = ("\u200b", "\u202e", "\u2060", "\U000e0041", "\u00ad\u200d\u200b")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What one rule is measured on.

    Attributes:
        name: Of the rule, or of rules that work together.
        rules: Names of the rules, any of which may find.
        caught: Texts that must be found.
        allowed: Texts that must be left alone.
    """

    name: str
    rules: tuple[str, ...]
    caught: Sequence[str]
    allowed: Sequence[str]


def score_rules(policy: QuestionPolicy) -> tuple[RuleScore, ...]:
    """Return the score of every rule of a policy, in the order of the sets."""
    rules = {rule.name: rule for rule in policy.rules if isinstance(rule, Guarded)}
    return tuple(
        _score(rule_set, [rules[name] for name in rule_set.rules])
        for rule_set in rule_sets()
        if rules.keys() >= set(rule_set.rules)
    )


def rule_sets() -> Iterator[RuleSet]:
    """Yield the set of every rule."""
    report = danger_report()
    ordinary = list(report.ordinary[:_ORDINARY_READ])
    yield _set("hidden_characters", tuple(map(_with_hidden, ordinary, cycle(_HIDDEN))), ordinary)
    urgent = [text for kind, text in report.dangers if kind in EMERGENCIES]
    told = [text for kind, text in report.dangers if kind not in EMERGENCIES]
    yield _set("crisis", told, ordinary)
    yield _set("emergency", urgent, ordinary)
    yield _set("danger_likeness", [*told, *urgent], ordinary)
    yield RuleSet("danger, the three together", DANGER_RULES, [*told, *urgent], ordinary)
    yield _set("personal_data", list(_identifiers()), list(harmless_questions()))
    attacks = load_examples("reviewed_attacks")
    yield _set("prompt_injection", _of(attacks, ("attack",)), _of(attacks, (NONE,)))
    routes = load_half("reviewed_routes", "report")
    for rule, kinds in ROUTES.items():
        yield _set(rule, _of(routes, kinds), [*_of(routes, (NONE,)), *ordinary])


def _set(rule: str, caught: Sequence[str], allowed: Sequence[str]) -> RuleSet:
    return RuleSet(rule, (rule,), caught, allowed)


def _of(examples: Sequence[tuple[str, str]], kinds: Sequence[str]) -> list[str]:
    return [text for kind, text in examples if kind in kinds]


def _with_hidden(text: str, hidden: str) -> str:
    middle = len(text) // 2
    return text[:middle] + hidden + text[middle:]


def _identifiers() -> Iterator[str]:
    for kind in KINDS:
        yield from (told.sentence for told in sentences(kind, _SENTENCES_OF_A_KIND))


def _score(rule_set: RuleSet, rules: Sequence[Rule]) -> RuleScore:
    return RuleScore(
        rule=rule_set.name,
        caught=_share(rule_set.caught, _finds(rules)),
        false_alarms=_share(rule_set.allowed, _finds(rules)),
    )


def _finds(rules: Sequence[Rule]) -> Callable[[str], bool]:
    def found(text: str) -> bool:
        question = normalise(text)
        return any(rule(question).outcome is not Outcome.ALLOW for rule in rules)

    return found


def _share(texts: Sequence[str], judge: Callable[[str], bool]) -> Share:
    hits = sum(map(judge, texts))
    found = wilson(hits, len(texts))
    return Share(hits=hits, of=len(texts), value=found.value, low=found.low, high=found.high)

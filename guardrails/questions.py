"""The rules a question passes through, in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from guardrails.guarded import OVER_BUDGET, Guarded, Rule
from guardrails.in_turns import danger_in_turns, is_explanation
from guardrails.normalised import Normalised, normalise
from guardrails.personal_data_kinds import WHOLE_MESSAGE
from guardrails.redaction import redact, without_placeholders
from guardrails.verdict import DANGERS, Category, Finding, Outcome, QuestionCheck, Verdict
from guardrails.working_time import working_time

BUDGET_SECONDS = 0.5
"""Processor time for all rules together; the slowest hostile text of 4,000 characters took .07."""

PROMPT_INJECTION = "prompt_injection"
SMALLTALK = "smalltalk"
_DANGER_PHRASES = ("crisis", "emergency")
_READ_TOGETHER = 3
# A piece of a sentence; the longest whole question of everyday has hardly fewer words.
_FRAGMENT_WORDS = 5
_FRAGMENTS = 6

MAX_CHARACTERS = 20_000
"""The longest text that is read at all; the API takes none that is longer."""


@dataclass(frozen=True, slots=True)
class QuestionPolicy:
    """The rules, in the order in which they may decide.

    Attributes:
        rules: All of them run on every text, so that personal data is always found; the first
            that signposts or blocks decides. Built by `guardrails.wiring`, which gives each what
            its failure does; one without that fails closed.
        budget_seconds: After this much processor time no further rule starts, and those that did
            not run count as failed.
        clock: Seconds of this thread's processor time, so that a busy machine fails no rule.
    """

    rules: tuple[Rule, ...]
    budget_seconds: float = BUDGET_SECONDS
    clock: Callable[[], float] = working_time


def check_question(text: str, policy: QuestionPolicy) -> QuestionCheck:
    """Return what all rules say about a text, and the only form of it that may be kept.

    A text that could not be read for personal data is kept in no form: its place is held by a
    placeholder for the whole message.
    """
    question = normalise(text[:MAX_CHARACTERS])
    deadline = policy.clock() + policy.budget_seconds
    verdicts = [_timed(_guarded(rule), question, policy, deadline) for rule in policy.rules]
    findings = _findings(verdicts)
    redacted = redact(question.typed, findings)
    return QuestionCheck(
        verdicts=tuple(verdict for verdict in verdicts if _is_kept(verdict)),
        redacted_text=redacted,
        search_text=without_placeholders(redacted),
        findings=findings,
    )


def check_together(
    check: QuestionCheck, earlier: Sequence[str], policy: QuestionPolicy
) -> QuestionCheck:
    """Return a check that also tells of an attack spread over a message and those before it.

    Each alone may look harmless ("Ignore everything", "that you were told before"). Together they
    are read only for attacks. What two messages make is less certain than what one says, so the
    message is not refused but kept from any language model.

    Args:
        check: What was found in the message alone.
        earlier: The citizen's messages before it that are known to be harmless alone, oldest
            first, already redacted.
        policy: The rules; without one for attacks nothing changes.
    """
    rule = next((rule for rule in policy.rules if _guarded(rule).name == PROMPT_INJECTION), None)
    if rule is None or not earlier or check.deciding or check.quotes_only:
        return check
    spread = normalise(" ".join((*earlier[-_READ_TOGETHER:], check.search_text))[-MAX_CHARACTERS:])
    verdict = _timed(_guarded(rule), spread, policy, policy.clock() + policy.budget_seconds)
    if verdict.outcome is not Outcome.BLOCK:
        return check
    doubt = replace(verdict, outcome=Outcome.QUOTE, detail="spread")
    return replace(check, verdicts=(*check.verdicts, doubt))


def check_fragments(
    check: QuestionCheck, earlier: Sequence[QuestionCheck], policy: QuestionPolicy
) -> QuestionCheck:
    """Return a check that also tells of danger told in pieces: "i want", "to", "die".

    Only short messages one after the other are read together, only for phrases of danger, and none
    with danger that was told before. The shortest reading that tells of danger counts.

    Means of harm in one message and how much of them in another are read together, too
    (`guardrails.in_turns`).

    Known misses: pieces of a word; danger in pieces that no phrase knows.

    Args:
        check: What was found in the message alone.
        earlier: What was found in the citizen's messages before it, oldest first.
        policy: The rules; without those for danger nothing changes.
    """
    rules = [rule for rule in map(_guarded, policy.rules) if rule.name in _DANGER_PHRASES]
    if _tells_of_danger(check) or not rules:
        return check
    if told := danger_in_turns([before.search_text for before in earlier], check.search_text):
        return replace(check, verdicts=(told, *check.verdicts))
    if not _is_fragment(check):
        return check
    together = check.search_text
    for before in reversed(earlier[-_FRAGMENTS:]):
        if _tells_of_danger(before) or not _is_fragment(before):
            return check
        together = f"{before.search_text} {together}"
        question, deadline = normalise(together), policy.clock() + policy.budget_seconds
        for verdict in (_timed(rule, question, policy, deadline) for rule in rules):
            if verdict.outcome is Outcome.SIGNPOST:
                pieces = replace(verdict, reason="Short messages together tell of danger.")
                return replace(check, verdicts=(pieces, *check.verdicts))
    return check


def check_explained(
    told: QuestionCheck, explanation: QuestionCheck, policy: QuestionPolicy
) -> QuestionCheck:
    """Return the check of a message without the danger that the message after it explains away.

    "I want to end it", then "my tenancy". What is explained must be harmless in one message, too:
    after "I want to die" no contract changes anything.

    Args:
        told: What was found in the message.
        explanation: What was found in the one after it.
        policy: The rules.
    """
    if not _tells_of_danger(told) or not is_explanation(explanation.search_text):
        return told
    meant = check_question(f"{told.search_text}: {explanation.search_text}", policy)
    if _tells_of_danger(meant) or meant.mentioned:
        return told
    harmless = tuple(each for each in told.verdicts if each.category not in DANGERS)
    return replace(told, verdicts=harmless)


def check_after_danger(check: QuestionCheck, told: QuestionCheck, *, alone: bool) -> QuestionCheck:
    """Return a check that still knows of danger told a little before.

    "I have decided to end my life", then "tonight" or "ok": the second message says nothing alone,
    so the whole reply is whom to call again. A message with a subject of its own is answered, with
    whom to call beside.

    Args:
        check: What was found in the message.
        told: What was found in the earlier message.
        alone: Whether the message has a subject of its own.
    """
    danger = told.deciding
    if danger is None or danger.category not in DANGERS or _tells_of_danger(check):
        return check
    polite = check.deciding is None or check.deciding.rule == SMALLTALK
    # Who wants a person now is shown whom to call, not whom to ask about a service.
    wants_person = check.deciding is not None and check.deciding.category is Category.CONTACT
    beside = (alone or not polite) and not wants_person
    again = replace(
        danger,
        outcome=Outcome.MENTION if beside else Outcome.SIGNPOST,
        reason="An earlier message told of danger.",
    )
    return replace(check, verdicts=(again, *check.verdicts))


def _tells_of_danger(check: QuestionCheck) -> bool:
    return check.deciding is not None and check.deciding.category in DANGERS


def _is_fragment(check: QuestionCheck) -> bool:
    return 0 < len(check.search_text.split()) <= _FRAGMENT_WORDS


def _guarded(rule: Rule) -> Guarded:
    return rule if isinstance(rule, Guarded) else Guarded(getattr(rule, "__name__", "rule"), rule)


def _timed(rule: Guarded, question: Normalised, policy: QuestionPolicy, deadline: float) -> Verdict:
    start = perf_counter()
    late = policy.clock() > deadline
    verdict = rule.unread(question.typed, OVER_BUDGET) if late else rule(question)
    return replace(verdict, milliseconds=(perf_counter() - start) * 1_000)


def _findings(verdicts: list[Verdict]) -> tuple[Finding, ...]:
    found = [finding for verdict in verdicts for finding in verdict.findings]
    whole = [finding for finding in found if finding.kind == WHOLE_MESSAGE.name]
    return tuple(whole[:1] or sorted(found, key=lambda finding: finding.start))


def _is_kept(verdict: Verdict) -> bool:
    # A rule that failed open found nothing, yet the record must show that it failed.
    return verdict.outcome is not Outcome.ALLOW or bool(verdict.detail)

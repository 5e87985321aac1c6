"""Whether an answer from the guidance may follow whom to call.

The table `policy_tables/after_help.txt` says it for each kind of danger, and
`phrase_tables/means_of_harm.txt` names the words that forbid it for all. Where rules disagree about
the kind, the stricter one counts, and a rule that failed or found anything else forbids it: nothing
that could help somebody to hurt themselves or others may follow.

Known misses: means told in words of no table. What follows is published guidance and never written
by a language model, so a miss shows a page about a service and not a method.
"""

from guardrails.normalised import plain_text
from guardrails.phrases import first_detail, load_phrases
from guardrails.policies import Follows, load_follows
from guardrails.rules.crisis import asks_about_entitlement
from guardrails.rules.danger_likeness import NAME as LIKENESS
from guardrails.verdict import DANGERS, HARMLESS, Outcome, QuestionCheck, Verdict

_FOLLOWS = load_follows()
_MEANS_OF_HARM = load_phrases("means_of_harm")
_DECIDING = frozenset((Outcome.MENTION, Outcome.SIGNPOST, Outcome.BLOCK))


def answer_may_follow(message: QuestionCheck, asked: QuestionCheck) -> bool:
    """Whether the guidance may be quoted beneath whom to call.

    Args:
        message: What the rules found in the whole message, which tells of danger.
        asked: What they find in the part of it that asks, read alone.
    """
    if names_means_of_harm(message.search_text):
        return False
    follows = {_follows(verdict) for verdict in (*message.verdicts, *asked.verdicts)} - {None}
    if Follows.HELP_ONLY in follows:
        return False
    if Follows.OTHER_QUESTION not in follows:
        return True
    # "Can I get an injunction against my violent husband?" tells of danger and asks for a service.
    about_danger = any(_follows(verdict) for verdict in asked.verdicts)
    return not about_danger or asks_about_entitlement(plain_text(asked.search_text))


def names_means_of_harm(text: str) -> bool:
    """Whether a text holds a word of a means to hurt somebody."""
    return bool(first_detail(_MEANS_OF_HARM, plain_text(text)))


def may_be_searched(message: QuestionCheck) -> bool:
    """Whether a message that tells of danger and asks nothing may be searched for all the same."""
    follows = {_follows(verdict) for verdict in message.verdicts}
    return Follows.HELP_ONLY not in follows and not names_means_of_harm(message.search_text)


def is_only_likeness(message: QuestionCheck) -> bool:
    """Whether nothing but its likeness to other messages tells of danger, and too little to decide.

    What is lost, broken or dumped is like danger, too ("can't find my passport anywhere").
    """
    told = [verdict for verdict in message.verdicts if _follows(verdict) is not None]
    weak = all(v.rule == LIKENESS and v.outcome is Outcome.MENTION for v in told)
    return weak and not names_means_of_harm(message.search_text)


def _follows(verdict: Verdict) -> Follows | None:
    """Return what a verdict lets follow; None for one that would leave any answer as it is."""
    if verdict.outcome not in _DECIDING or verdict.category in HARMLESS:
        return None
    if verdict.category not in DANGERS:
        return Follows.HELP_ONLY
    return _FOLLOWS.get(verdict.detail, Follows.HELP_ONLY)

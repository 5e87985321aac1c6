import pytest

from guardrails import QuestionPolicy, check_question
from guardrails.questions import check_fragments
from guardrails.verdict import DANGERS


def danger_after(messages: list[str], policy: QuestionPolicy) -> str:
    """Return the kind of danger that the last message is taken for; empty for none."""
    *before, last = (check_question(message, policy) for message in messages)
    verdict = check_fragments(last, before, policy).deciding
    return verdict.detail if verdict and verdict.category in DANGERS else ""


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        (["i want", "to", "die"], "suicide"),
        (["hello", "i want to", "die"], "suicide"),
        (["how much is a passport", "i want to", "kill myself"], "suicide"),
        (["can i get pip", "my husband", "hits me"], "domestic_abuse"),
        (["my dad", "has", "collapsed"], "medical"),
        (["i can", "smell gas"], "gas"),
        (["dwi eisiau", "marw"], "suicide"),
    ],
)
def test_reads_short_messages_together(
    messages: list[str], kind: str, policy: QuestionPolicy
) -> None:
    assert danger_after(messages, policy) == kind


@pytest.mark.parametrize(
    "messages",
    [
        ["i want to", "claim PIP"],
        ["i want", "to", "renew my passport"],
        ["my husband", "died"],
        ["how do i", "kill", "my subscription"],
        ["my dad", "gets pip"],
        # Whole sentences are no fragments, and a mark ends one.
        ["I do not know yet what it is that I want to", "die"],
        ["What is it that I want to?", "Die"],
        ["die"],
    ],
)
def test_leaves_other_short_messages_alone(messages: list[str], policy: QuestionPolicy) -> None:
    assert danger_after(messages, policy) == ""


def test_reads_nothing_together_with_danger_that_was_told_before(policy: QuestionPolicy) -> None:
    before = check_question("i want to die", policy)
    check = check_question("pip", policy)

    assert check_fragments(check, [before], policy) is check

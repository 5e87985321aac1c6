import pytest

from guardrails.example_files import load_half
from guardrails.normalised import normalise
from guardrails.rules import advice
from guardrails.verdict import Category, Outcome

KINDS = {"advice", "outcome"}
# The half that rules are written for; `enquiry-eval run` reports on the other.
WRITTEN_FOR = load_half("reviewed_routes", "fit")

ALLOWED = [
    "In what cases will my application be refused?",
    "How long should I stay in the house after the notice?",
    "Where should I appeal?",
    "Should I tell the council that I moved?",
    "What amount of pay should I expect on parental leave?",
    "How much money can I take out of my pension tax free?",
    "How do I appeal a PIP decision?",
]


@pytest.mark.parametrize("text", [text for kind, text in WRITTEN_FOR if kind in KINDS])
def test_finds_what_the_rule_was_written_for(text: str) -> None:
    verdict = advice.check(normalise(text))

    assert (verdict.outcome, verdict.category) == (Outcome.MENTION, Category.ADVICE)


@pytest.mark.parametrize("text", [text for kind, text in WRITTEN_FOR if kind == "none"] + ALLOWED)
def test_allows_ordinary_questions(text: str) -> None:
    assert advice.check(normalise(text)).outcome is Outcome.ALLOW


def test_a_question_for_the_way_to_claim_is_no_question_for_the_outcome() -> None:
    text = "how much is child benefit and how do i claim?"

    assert advice.check(normalise(text)).outcome is Outcome.ALLOW
    assert advice.check(normalise("do i have a claim?")).detail == "outcome"

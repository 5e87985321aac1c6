import pytest

from guardrails.example_files import load_half
from guardrails.normalised import normalise
from guardrails.rules import neutrality
from guardrails.verdict import Category, Outcome

KINDS = {"politics", "opinion", "prediction"}
# The half that rules are written for; `enquiry-eval run` reports on the other.
WRITTEN_FOR = load_half("reviewed_routes", "fit")

ALLOWED = [
    "The council said the first bill was wrong. Is that right?",
    "When should we leave the scheme?",
    "How do I vote Labour out of my ballot if I made a mistake on the form?",
    "What does the government pay for childcare?",
    "Will the State Pension go up in April?",
    "How do I contact the Prime Minister?",
    "Will my benefits stop if I move in with my partner?",
    "Who wins if two candidates have the same number of votes?",
    "Pryd mae'r etholiad nesaf?",
]


@pytest.mark.parametrize("text", [text for kind, text in WRITTEN_FOR if kind in KINDS])
def test_finds_what_the_rule_was_written_for(text: str) -> None:
    verdict = neutrality.check(normalise(text))

    assert (verdict.outcome, verdict.category) == (Outcome.SIGNPOST, Category.OUT_OF_SCOPE)


@pytest.mark.parametrize(
    "text", ["will labour scrap winter fuel", "Will the Tories bring back hanging?"]
)
def test_nobody_foretells_what_a_party_will_do(text: str) -> None:
    assert neutrality.check(normalise(text)).category is Category.OUT_OF_SCOPE


@pytest.mark.parametrize("text", [text for kind, text in WRITTEN_FOR if kind == "none"] + ALLOWED)
def test_allows_ordinary_questions(text: str) -> None:
    assert neutrality.check(normalise(text)).outcome is Outcome.ALLOW

import pytest

from guardrails import Category, Outcome, QuestionPolicy, check_question
from guardrails.normalised import normalise
from guardrails.rules import hidden_characters


@pytest.mark.parametrize(
    "text",
    [
        "pass\u200bport",
        "\u202epassport",
        "passport\U000e0069\U000e0067\U000e006e\U000e006f\U000e0072\U000e0065",
        "\ufeffpass\u2060port",
    ],
    ids=["zero width", "bidi override", "tag characters", "joiners"],
)
def test_removes_what_nobody_can_see(text: str) -> None:
    verdict = hidden_characters.check(normalise(text))

    assert (verdict.outcome, verdict.category) == (Outcome.REDACT, Category.HIDDEN_TEXT)
    kept = check_question(text, QuestionPolicy((hidden_characters.check,))).redacted_text
    assert kept == "passport"


@pytest.mark.parametrize(
    "text", ["How much is a passport?", "Faint mae'n ei gostio? £94.50", "naïve café 🏠", "a\nb\tc"]
)
def test_allows_ordinary_text(text: str) -> None:
    assert hidden_characters.check(normalise(text)).outcome is Outcome.ALLOW


def test_a_question_with_hidden_characters_goes_on() -> None:
    checked = check_question("pass\u200bport", QuestionPolicy((hidden_characters.check,)))

    assert checked.deciding is None

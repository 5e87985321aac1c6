"""Personal data of every kind, made up by the benchmark's own generator, a few of each kind."""

import pytest

from eval.benchmarks.guards.harmless_numbers import harmless_questions
from eval.benchmarks.guards.identifiers import KINDS, sentences
from eval.benchmarks.guards.personal_data import is_removed
from guardrails import QuestionPolicy, check_question
from guardrails.personal_data.money import passes_iban_check, passes_luhn
from guardrails.personal_data.public_numbers import passes_nhs_check, passes_utr_check


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"titled_name"}))
def test_each_kind_is_removed_from_what_people_type(kind: str, policy: QuestionPolicy) -> None:
    told = list(sentences(kind, 60, seed=23))

    missed = [one.sentence for one in told if not is_removed(one, policy)]

    assert len(missed) <= 1, missed


def test_a_name_after_a_title_is_removed_when_it_has_a_capital(
    policy: QuestionPolicy,
) -> None:
    told = [t for t in sentences("titled_name", 60, seed=23) if t.sentence[0].isupper()]

    assert [t.sentence for t in told if not is_removed(t, policy)] == []


def test_questions_full_of_numbers_lose_nothing(policy: QuestionPolicy) -> None:
    asked = harmless_questions()

    assert len(asked) > 300
    assert [text for text in asked if check_question(text, policy).findings] == []


@pytest.mark.parametrize(
    ("kind", "is_right"),
    [
        ("nhs", passes_nhs_check),
        ("chi", passes_nhs_check),
        ("utr", passes_utr_check),
        ("card", passes_luhn),
        ("iban", passes_iban_check),
    ],
)
def test_made_up_numbers_have_the_check_digit_of_their_form(kind: str, is_right: object) -> None:
    for told in sentences(kind, 40):
        plain = "".join(c for c in told.value.upper() if c.isalnum())
        assert is_right(plain)  # type: ignore[operator]


def test_the_same_seed_makes_the_same_sentences() -> None:
    first, again, other = (list(sentences("nhs", 5, seed=seed)) for seed in (1, 1, 2))

    assert first == again
    assert first != other

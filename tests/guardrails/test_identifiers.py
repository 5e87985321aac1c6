"""Personal data of every kind, made up by the benchmark's own generator, a few of each kind."""

import pytest

from eval.benchmarks.guards.harmless_numbers import distinct_harmless_questions, harmless_questions
from eval.benchmarks.guards.identifiers import KINDS, sentences
from eval.benchmarks.guards.personal_data import is_removed
from guardrails import QuestionPolicy, check_question
from guardrails.personal_data.check_digits import (
    passes_iban_check,
    passes_luhn,
    passes_nhs_check,
    passes_utr_check,
)


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

    assert len(distinct_harmless_questions()) >= 320
    assert len(asked) == 2 * len(distinct_harmless_questions())
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


@pytest.mark.parametrize(
    ("is_right", "number"),
    [
        (passes_nhs_check, "1111111111"),
        (passes_nhs_check, "9434765918"),
        (passes_nhs_check, "943476591"),
        (passes_utr_check, "2234567895"),
        (passes_utr_check, "123456789"),
        (passes_luhn, "0000000000000000"),
        (passes_luhn, "4111111111111112"),
        (passes_iban_check, "GB28NWBK60161331926819"),
        (passes_iban_check, "GB29NWBK6016133192681é"),
    ],
)
def test_wrong_check_digits_and_equal_digits_do_not_pass(is_right: object, number: str) -> None:
    assert not is_right(number)  # type: ignore[operator]


def test_the_same_seed_makes_the_same_sentences() -> None:
    first, again, other = (list(sentences("nhs", 5, seed=seed)) for seed in (1, 1, 2))

    assert first == again
    assert first != other

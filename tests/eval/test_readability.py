import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.readability import reading_age, syllables_of


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("cat", 1), ("fee", 1), ("take", 1), ("table", 2), ("passport", 2), ("benefit", 3),
        ("claimed", 1), ("wanted", 2), ("houses", 2), ("rates", 1), ("eligibility", 6), ("the", 1),
        ("you're", 1), ("pay", 1),
    ],
)  # fmt: skip
def test_syllables(word: str, syllables: int) -> None:
    assert syllables_of(word) == syllables


def test_the_formula_by_hand() -> None:
    # Six words, two sentences, six syllables: 0.39 * 3 + 11.8 * 1 - 15.59 = -2.62, so grade 0.
    assert reading_age("The cat sat. The dog ran. [1]") == 5

    # Eight words, one sentence, 17 syllables: 0.39 * 8 + 11.8 * 17 / 8 - 15.59 = 12.605.
    said = "Eligibility is determined by authorised local authority officers."
    syllables = sum(map(syllables_of, said.rstrip(".").split()))
    assert reading_age(said) == pytest.approx(0.39 * 8 + 11.8 * syllables / 8 - 15.59 + 5)


def test_plain_english_reads_younger() -> None:
    plain = "You can get help if you are ill. Ask your boss for the form."
    official = (
        "Entitlement to statutory remuneration is contingent upon notification of incapacity "
        "to the employing organisation in accordance with prescribed procedures."
    )

    assert reading_age(plain) < 9 < 18 < reading_age(official)


@given(st.text(max_size=300))
def test_any_text_has_an_age(text: str) -> None:
    assert reading_age(text) >= 5

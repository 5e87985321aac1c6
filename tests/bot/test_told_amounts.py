"""The amount a question tells leads to what the guidance says of just that amount."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quoting.told_amounts import BEYOND_LIMIT, IN_RANGE, SAME, amount_fit, amounts_told
from bot.services import Services
from tests.bot.asking import ask
from tests.bot.conftest import index_of

PAGES = {
    "levy": (
        "title: Boat levy",
        "You pay the boat levy when you buy a boat for more than £40,000. The boat levy took the "
        "place of the boat levy stamp.\n\n## Rates\n\nThe rates are:\n\n| Price | Rate |\n|---|---|\n"
        "| Up to £40,000 | 0% |\n| £40,001 to £90,000 | 3% |\n| Above £90,000 | 7% |\n\n"
        "For a price of £70,000 you pay £900.",
    ),
    "bins": ("title: Bins", "Put your bins out by 6am."),
}


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("how much LBTT on 280000", (280_000.0,)),
        ("a house of £295,000", (295_000.0,)),
        ("my pension is 40k", (40_000.0,)),
        ("a home for £1.5 million", (1_500_000.0,)),
        ("small claim of £800", (800.0,)),
        ("I was born in 1954 and retired in 2019", ()),
        ("I am 67 with 3 children", ()),
        ("call 0300 200 3300", ()),
        ("form SA100 and 1257L", ()),
        ("PO box 12345-678", ()),
        ("", ()),
    ],
)
def test_reads_the_amounts_of_a_question(question: str, amounts: tuple[float, ...]) -> None:
    assert amounts_told(question) == amounts


@pytest.mark.parametrize(
    ("amount", "text", "fit"),
    [
        (280_000, "For a home of £280,000 you pay nothing on the first £145,000.", SAME),
        (300_000, "£225,001 to £400,000 | 6%", IN_RANGE),
        (800, "£500.01 to £1,000 | £70", IN_RANGE),
        (1_200_000, "£750,001 to £1.5 million | 10%", IN_RANGE),
        (40_000, "If your own income is over £35,000 a year it is taken back.", BEYOND_LIMIT),
        (12_000, "You have £16,000 or less in savings.", BEYOND_LIMIT),
        (22_000, "A bursary of up to £2,000 if your income is below £21,000.", 0.0),
        (22_000, "Apply online within 30 days.", 0.0),
    ],
)
def test_tells_what_speaks_of_an_amount(amount: float, text: str, fit: float) -> None:
    assert amount_fit((amount,), text) == fit


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read(question: str, text: str) -> None:
    assert all(amount >= 500 for amount in amounts_told(question))
    assert 0 <= amount_fit(amounts_told(question), text) <= SAME


@given(st.integers(min_value=3_000, max_value=9_999_999))
def test_an_amount_is_the_same_however_it_is_written(amount: int) -> None:
    written = (f"£{amount:,}", f"{amount:,}", f"£{amount}", f"{amount}")

    assert {amounts_told(f"I paid {text} for it") for text in written} == {(float(amount),)}


@pytest.fixture
def taxed(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    index = index_of(PAGES, tmp_path_factory.mktemp("amounts"))
    yield replace(services, index=index)
    index.close()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("question", "led_by"),
    [
        ("how much boat levy on 70000", "For a price of £70,000 you pay £900."),
        ("boat levy on a boat for £55,000", "£40,001 to £90,000"),
    ],
)
async def test_the_amount_that_was_told_leads(question: str, led_by: str, taxed: Services) -> None:
    answer = await ask(question, taxed)

    shown = [" ".join((b.text, *(c for row in b.rows for c in row))) for b in answer.blocks]
    assert not shown[0].startswith("You pay the boat levy")
    assert any(led_by in text for text in shown)

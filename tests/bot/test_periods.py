from datetime import date

import pytest

from bot.quoting.periods import Period, ended, holds_day, periods_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("from 6 April 2026 to 5 April 2027", date(2026, 4, 6), date(2027, 4, 5)),
        ("1 April 2025 to 31 March 2026", date(2025, 4, 1), date(2026, 3, 31)),
        ("in the 2024 to 2025 tax year", date(2024, 4, 6), date(2025, 4, 5)),
        ("tax year 2024/25", date(2024, 4, 6), date(2025, 4, 5)),
        ("The most you can get for 2026 to 2027", date(2026, 4, 1), date(2027, 8, 31)),
        ("blwyddyn dreth 2024 i 2025", date(2024, 4, 6), date(2025, 4, 5)),
        ("o 6 Ebrill 2026 tan 5 Ebrill 2027", date(2026, 4, 6), date(2027, 4, 5)),
    ],
)
def test_reads_the_year_that_figures_are_for(text: str, start: date, end: date) -> None:
    assert periods_of(text) == (Period(start, end),)


@pytest.mark.parametrize(
    "text",
    [
        "born between 1950 and 1955",
        "call 0300 2000 2100",
        "£2000 to £2100",
        "in 2025",
        "from 2010 to 2019",
        "30 February 2026 to 31 March 2026",
        "6 Foo 2026 to 5 Bar 2027",
    ],
)
def test_reads_no_year_where_there_is_none(text: str) -> None:
    assert periods_of(text) == ()


def test_is_over_only_when_every_period_is() -> None:
    past = periods_of("2024 to 2025 tax year")
    now = periods_of("2026 to 2027 tax year")

    assert ended(past, TODAY) == past[0]
    assert ended((*past, *now), TODAY) is None
    assert ended((), TODAY) is None


def test_the_tax_year_turns_on_6_april() -> None:
    year = periods_of("2025 to 2026 tax year")

    assert ended(year, date(2026, 4, 5)) is None
    assert ended(year, date(2026, 4, 6)) == year[0]


def test_a_tax_year_holds_its_days() -> None:
    year = periods_of("2024 to 2025 tax year")

    assert holds_day(year, date(2024, 4, 6))
    assert holds_day(year, date(2025, 4, 5))
    assert not holds_day(year, date(2025, 4, 6))
    assert not holds_day((), date(2025, 4, 6))

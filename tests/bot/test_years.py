from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quoting.dates import time_in_words
from bot.quoting.years import time_asked

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much was the State Pension in 2015?", "2015"),
        (
            "What was the personal allowance for 2019-20?",
            "the time from 6 April 2019 to 5 April 2020",
        ),
        ("tax rates 2024/25", "the time from 6 April 2024 to 5 April 2025"),
        ("What are the 2023 rates of Child Benefit?", "2023"),
        (
            "What was the fee in the 2021 to 2022 tax year?",
            "the time from 6 April 2021 to 5 April 2022",
        ),
        ("Faint oedd y dreth yn 2018?", "2018"),
        ("What will the State Pension be in 2030?", "2030"),
        ("what's the passport fee for 2022", "2022"),
        ("what was the library fee last year", "2025"),
        ("council tax band D next year", "2027"),
        ("What was the allowance last tax year?", "the time from 6 April 2025 to 5 April 2026"),
        ("how much is a permit this year", "2026"),
        ("the fee in April 2027", "April 2027"),
        ("How much will it be in March 2028?", "March 2028"),
        ("how much will the rate be next April", "April 2027"),
        ("how much did it cost last December", "December 2025"),
        ("what was the fine a year ago", "2025"),
        ("how much was a permit two years ago?", "2024"),
        ("Faint oedd y ffi y llynedd?", "2025"),
        ("faint fydd y ffi y flwyddyn nesaf", "2027"),
        ("Faint yw'r ffi eleni?", "2026"),
        ("how much could I earn last year", "2025"),
    ],
)
def test_reads_the_time_of_the_figures(question: str, said: str) -> None:
    time = time_asked(question, TODAY)

    assert time is not None
    assert time_in_words(time.first, time.last, "en") == said
    assert time.first <= time.day <= time.last


@pytest.mark.parametrize(
    "question",
    [
        "How much State Pension do I get if I was born in 1955?",
        "How much is vehicle tax for a car registered in 2015?",
        "How do I renew a passport issued in 2015?",
        "Who won the election in 2024?",
        "How much is a passport?",
        "What do I need if I moved here in 2015?",
        "How much is a home worth £2015?",
        "I moved here last year, how much is a permit?",
        "How much is the fee if I was ill last year?",
        "my husband died two years ago. How much do I get?",
        "Can I claim for last year?",
        "How much is a permit next door?",
    ],
)
def test_a_time_in_a_story_is_not_the_time_of_the_figures(question: str) -> None:
    assert time_asked(question, TODAY) is None


def test_a_follow_up_asks_for_what_it_leans_on() -> None:
    before = "How much is a parking permit?"

    assert time_asked("And when was that last year?", TODAY) is None
    time = time_asked("And when was that last year?", TODAY, leans_on=before)
    assert time is not None
    assert time.first == date(2025, 1, 1)


@pytest.mark.parametrize(("today", "began"), [(date(2026, 4, 5), 2025), (date(2026, 4, 6), 2026)])
def test_the_tax_year_turns_on_6_april(today: date, began: int) -> None:
    time = time_asked("how much is it this tax year", today)

    assert time is not None
    assert time.first == date(began, 4, 6)


def test_figures_of_the_present_year_must_be_right_today() -> None:
    time = time_asked("What is the fee in 2026?", TODAY)

    assert time is not None
    assert time.day == TODAY


@given(
    today=st.dates(date(2000, 1, 1), date(2090, 12, 31)),
    said=st.sampled_from(
        ["last year", "next year", "this tax year", "next May", "last May", "two years ago"]
    ),
)
def test_a_time_holds_the_day_that_counts(today: date, said: str) -> None:
    time = time_asked(f"how much is it {said}", today)

    assert time is not None
    assert time.first <= time.day <= time.last

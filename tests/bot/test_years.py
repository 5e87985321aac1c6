import pytest

from bot.quoting.years import year_asked


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("How much was the State Pension in 2015?", 2015),
        ("What was the personal allowance for 2019-20?", 2019),
        ("tax rates 2024/25", 2024),
        ("What are the 2023 rates of Child Benefit?", 2023),
        ("What was the fee in the 2021 to 2022 tax year?", 2021),
        ("Faint oedd y dreth yn 2018?", 2018),
        ("What will the State Pension be in 2030?", 2030),
        ("what's the passport fee for 2022", 2022),
    ],
)
def test_reads_the_year_of_the_figures(question: str, year: int) -> None:
    assert year_asked(question) == year


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
    ],
)
def test_a_year_in_a_story_is_not_the_year_of_the_figures(question: str) -> None:
    assert year_asked(question) is None

"""For which time the figures that a question asks for should be, when it says so."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.quoting.dates import month_of
from bot.retrieval.wanted import asks_amount

_TAX_YEAR = re.compile(r"\b((?:19|20)\d\d)\s?(?:[-–/]|to)\s?((?:19|20)?\d\d)\b")
_NAMED_MONTH = re.compile(
    r"\b(?:in|for|from|since|ym mis|ym|mis)\s+([A-Z]\w{2,9})\s+((?:19|20)\d\d)\b"
)
# "in 2015", "for 2015", "2015 rates"; never "born in 1955" or "a car registered in 2015".
_YEAR = re.compile(
    r"(?<!born )(?<!registered )(?<!built )(?<!bought )(?<!married )(?<!moved )(?<!retired )"
    r"(?<!issued )(?<!made )(?<!started )(?<!began )"
    r"\b(?:in|for|during|of|yn|ar gyfer)\s+((?:19|20)\d\d)\b"
    r"|\b((?:19|20)\d\d)(?='?s?\s+(?:rates?|figures?|amounts?|prices?|fees?|allowances?)\b)",
    re.IGNORECASE,
)
_AGO = re.compile(r"\b(a|one|two|three|four|five|\d)\s+years?\s+ago\b", re.IGNORECASE)
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_NEAR_MONTH = re.compile(r"\b(last|next)\s+([A-Z][a-z]{2,8})\b")
_TAX = r"(?:(?:tax|financial) )"
# How many years from the present one; a tax year and a year of the calendar differ in the present.
_NEAR_YEARS = (
    (
        -1,
        rf"\b(?:last|previous|the past) {_TAX}?year(?:['’]?s)?\b|\bllynedd\b|"
        r"\bflwyddyn (?:dreth )?ddiwethaf\b|\bflwyddyn yn ôl\b",
    ),
    (1, rf"\bnext {_TAX}?year(?:['’]?s)?\b|\b[bf]lwyddyn (?:dreth )?nesa[f]?\b"),
    (0, rf"\bthis {_TAX}?year(?:['’]?s)?\b|\beleni\b"),
)
_NEAR_YEAR = tuple((years, re.compile(names, re.IGNORECASE)) for years, names in _NEAR_YEARS)
_OF_TAX = re.compile(r"\b(?:tax|financial) year|\b[bf]lwyddyn dreth", re.IGNORECASE)
# "What will the State Pension be in 2030?" asks for an amount without a word of money.
_ASKS_VALUE = re.compile(
    r"\bwhat(?:['’]s| is| was| were| are| will)\b|\bbeth (?:fydd|oedd|yw)\b", re.IGNORECASE
)
# "minimum wage next year" asks for it, too: there is no story in it.
_TELLS = re.compile(
    r"\b(?:i|i['’]\w+|we|my|our|me|us|he|she|his|her|they|their|who|when|where|why|how|can|could|"
    r"do|does|did|should|must|may|have|has|had|if|mae|fy|oes|alla|allaf|sut|pryd|ble|pwy|os)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:.?!]\s|\b(?:if|when|because|since|but|os|pan|oherwydd|ond)\b", re.IGNORECASE
)
_STORY = re.compile(r"\b(?:i|we|he|she|they|my|our|his|her)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """The time in which wanted figures were or will be right.

    Attributes:
        first: First day of it.
        last: Last day of it.
        day: The day on which the figures must be right. Of a year it is one in autumn: by then tax
            years, council years and school years have all begun; of the present one it is today.
    """

    first: date
    last: date
    day: date


def time_asked(question: str, today: date, *, leans_on: str = "") -> TimeAsked | None:
    """Return the time for which a question wants figures; None when it names none.

    Only questions for an amount or a value are read, and messages that name nothing but a thing and
    a time, because a time elsewhere is part of a story ("I moved last year, how much ...").
    Known misses: years in words; "since April".

    Args:
        question: What is asked.
        today: The day it is asked.
        leans_on: Earlier turns that it leans on: "and last year?" asks for what they ask.
    """
    whole = f"{leans_on} {question}"
    if not (asks_amount(whole) or _ASKS_VALUE.search(whole) or not _TELLS.search(question)):
        return None
    return next(
        (found for read in _READERS if (found := read(question, today)) is not None),
        None,
    )


def _tax_year_named(question: str, today: date) -> TimeAsked | None:
    found = _TAX_YEAR.search(question)
    # "2026-11" is a month and "2010 to 2019" a decade.
    if not found or (int(found[1]) + 1) % 100 != int(found[2]) % 100:
        return None
    return _tax_year(int(found[1]), today)


def _month_named(question: str, today: date) -> TimeAsked | None:  # noqa: ARG001
    found = _NAMED_MONTH.search(question)
    month = month_of(found[1]) if found else None
    return _month(int(found[2]), month) if found and month else None


def _month_near(question: str, today: date) -> TimeAsked | None:
    found = _asked(_NEAR_MONTH, question)
    month = month_of(found[2]) if found else None
    if not found or not month:
        return None
    if found[1].lower() == "next":
        return _month(today.year + (month <= today.month), month)
    return _month(today.year - (month >= today.month), month)


def _year_named(question: str, today: date) -> TimeAsked | None:
    found = _YEAR.search(question)
    return _year(int(found[1] or found[2]), today) if found else None


def _year_near(question: str, today: date) -> TimeAsked | None:
    for years, pattern in _NEAR_YEAR:
        if found := _asked(pattern, question):
            if _OF_TAX.search(found[0]):
                began = today.year - (today < date(today.year, 4, 6))
                return _tax_year(began + years, today)
            return _year(today.year + years, today)
    return None


def _years_ago(question: str, today: date) -> TimeAsked | None:
    found = _asked(_AGO, question)
    if not found:
        return None
    years = _NUMBERS.get(found[1].lower()) or int(found[1])
    return _year(today.year - years, today)


def _asked(pattern: re.Pattern[str], question: str) -> re.Match[str] | None:
    """Return where a pattern stands in a question, unless it tells somebody's story there."""
    for found in pattern.finditer(question):
        before = _CLAUSE.split(question[: found.start()])[-1]
        clause = before + _CLAUSE.split(question[found.start() :])[0]
        if not _STORY.search(clause) or asks_amount(clause) or _ASKS_VALUE.search(clause):
            return found
    return None


def _year(year: int, today: date) -> TimeAsked:
    return _within(date(year, 1, 1), date(year, 12, 31), date(year, 10, 1), today)


def _tax_year(began: int, today: date) -> TimeAsked:
    return _within(date(began, 4, 6), date(began + 1, 4, 5), date(began, 10, 1), today)


def _month(year: int, month: int) -> TimeAsked:
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    # New rates come on a day of the month.
    return TimeAsked(first, last, last)


def _within(first: date, last: date, day: date, today: date) -> TimeAsked:
    return TimeAsked(first, last, today if first <= today <= last else day)


_READERS: tuple[Callable[[str, date], TimeAsked | None], ...] = (
    _tax_year_named,
    _month_named,
    _month_near,
    _year_named,
    _year_near,
    _years_ago,
)

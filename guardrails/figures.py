"""The figures of a text: amounts, percentages, dates, periods and plain numbers, made comparable.

Known misses: figures written out above twelve except tens, arithmetic ("half of that"), currency
other than pounds. How often wrong figures slip through, and right ones are refused, is measured on
question-answer pairs by `tests/guardrails/measure.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

_NUMBER_WORDS = MappingProxyType(
    {
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40,
        "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
        "dau": 2, "dwy": 2, "tri": 3, "tair": 3, "pedwar": 4, "pedair": 4, "pump": 5, "chwech": 6,
        "saith": 7, "wyth": 8, "naw": 9, "deg": 10,
    }
)  # fmt: skip
_MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "january jan ionawr", "february feb chwefror", "march mar mawrth",
                "april apr ebrill", "may mai", "june jun mehefin", "july jul gorffennaf",
                "august aug awst", "september sep sept medi", "october oct hydref",
                "november nov tachwedd", "december dec rhagfyr",
            ),
            start=1,
        )
        for name in names.split()
    }
)  # fmt: skip
_UNITS = MappingProxyType(
    {
        word: unit
        for unit, words in {
            "day": "day days diwrnod dyddiau",
            "week": "week weeks wythnos wythnosau",
            "month": "month months mis misoedd",
            "year": "year years yr yrs blwyddyn mlynedd blynyddoedd oed",
            "hour": "hour hours hrs awr oriau",
            "minute": "minute minutes mins munud munudau",
            "mile": "mile miles milltir",
            "%": "% percent",
            "pound": "pounds punt",
            "pence": "p pence ceiniog",
        }.items()
        for word in words.split()
    }
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})\b(?:,? (?P<year>\d{{4}}))?"
    rf"|\b(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year2>\d{{4}}))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<pound>£ ?)?(?<![\w.])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale> ?(?:million|billion|thousand|m|bn|k)\b)?"
    r"(?:st|nd|rd|th)?(?:(?: |-|(?=[%p]))(?P<unit>per cent|[%a-z]+))?",
    re.IGNORECASE,
)
_WORD_NUMBER = re.compile(
    rf"\b(?P<word>{'|'.join(_NUMBER_WORDS)})[ -](?P<unit>[a-z]+)", re.IGNORECASE
)
_LONG_NUMBER = re.compile(r"(?<![\w£.,])0\d{2,4}(?: ?\d{2,6}){1,4}(?!\w)")
_SCALES = MappingProxyType(
    {
        "thousand": 1_000, "k": 1_000, "million": 1_000_000, "m": 1_000_000,
        "billion": 1_000_000_000, "bn": 1_000_000_000,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        value: A number ("1250.5"), a day of the year ("6/4") or a phone number's digits.
        unit: `pound`, `%`, `week`, ...; empty when none is written.
    """

    value: str
    unit: str = ""


def figures_in(text: str) -> frozenset[Figure]:
    """Return all figures of a text."""
    return frozenset(_figures(text))


def is_stated(figure: Figure, stated: frozenset[Figure]) -> bool:
    """Whether a figure is among those stated: same value, and no other unit."""
    units = {other.unit for other in stated if other.value == figure.value}
    return bool(units) and (not figure.unit or figure.unit in units or "" in units)


def _figures(text: str) -> Iterator[Figure]:
    rest = text
    for found in _DATE.finditer(text):
        day, month = found["day"] or found["day2"], found["month"] or found["month2"]
        yield Figure(f"{int(day)}/{_MONTHS[month.casefold()]}")
        if year := found["year"] or found["year2"]:
            yield Figure(year)
    rest = _DATE.sub(" ", rest)
    for found in _LONG_NUMBER.finditer(rest):
        yield Figure(found[0].replace(" ", ""))
    rest = _LONG_NUMBER.sub(" ", rest)
    for found in _NUMBER.finditer(rest):
        yield Figure(_value(found["number"], found["scale"]), _unit(found))
    for found in _WORD_NUMBER.finditer(rest):
        if unit := _UNITS.get(found["unit"].casefold(), ""):
            yield Figure(str(_NUMBER_WORDS[found["word"].casefold()]), unit)


def _value(number: str, scale: str | None) -> str:
    value = Decimal(number.replace(",", "")) * _SCALES.get((scale or "").strip().casefold(), 1)
    return f"{value.normalize():f}"


def _unit(found: re.Match[str]) -> str:
    if found["pound"]:
        return "pound"
    written = (found["unit"] or "").casefold()
    return "%" if written == "per cent" else _UNITS.get(written, "")

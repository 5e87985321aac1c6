"""Dates and times of validity in words, in English and Welsh. Content designers edit this file."""

from datetime import date
from types import MappingProxyType
from typing import Literal

_ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)
_WELSH_MONTHS = (
    "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"
)
_MONTHS = MappingProxyType({"en": _ENGLISH_MONTHS.split(), "cy": _WELSH_MONTHS.split()})
OUT_OF_DATE = MappingProxyType(
    {
        "en": "Part of this was right {period}, and may have changed.",
        "cy": "Roedd rhan o hyn yn gywir {period}, a gall fod wedi newid.",
    }
)

OTHER_TIME = MappingProxyType(
    {
        "en": "You asked about {time}. What is shown here is right {period}.",
        "cy": "Fe wnaethoch chi ofyn am {time}. Mae’r hyn sydd yma yn gywir {period}.",
    }
)
TIME_NOT_SAID = MappingProxyType(
    {
        "en": "You asked about {time}. The guidance does not say when what is shown here is right.",
        "cy": (
            "Fe wnaethoch chi ofyn am {time}. Nid yw’r canllawiau’n dweud pryd mae’r hyn sydd yma "
            "yn gywir."
        ),
    }
)
THE_TIME = MappingProxyType(
    {"en": "the time from {start} to {end}", "cy": "y cyfnod o {start} tan {end}"}
)

BETWEEN = MappingProxyType(
    {"en": "from {start} to {end}", "cy": "o {start} tan {end}"},
)
UNTIL = MappingProxyType({"en": "until {end}", "cy": "tan {end}"})
SINCE = MappingProxyType({"en": "from {start}", "cy": "o {start}"})


RIGHT = MappingProxyType({"en": "right {period}", "cy": "yn gywir {period}"})
UPDATED = MappingProxyType({"en": "updated {day}", "cy": "diweddarwyd {day}"})


def period_in_words(start: date | None, end: date | None, language: Literal["en", "cy"]) -> str:
    """Return a time of validity in words, "until 5 April 2026"; empty for none."""
    if start is None and end is None:
        return ""
    form = BETWEEN if start and end else UNTIL if end else SINCE
    return form[language].format(start=day(start, language), end=day(end, language))


def time_in_words(first: date, last: date, language: Literal["en", "cy"]) -> str:
    """Return a time in words: "2027", "April 2027", "the time from 6 April 2025 to 5 April 2026".

    Args:
        first: First day of a year of the calendar, of a month, or any other.
        last: Last day of it.
        language: Of the words.
    """
    if (first.year, first.month, first.day) == (last.year, 1, 1) and last.month == 12:
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_MONTHS[language][first.month - 1]} {first.year}"
    return THE_TIME[language].format(start=day(first, language), end=day(last, language))


def month_of(name: str) -> int | None:
    """Return the number of a month by its English or Welsh name, whole or first three letters."""
    for names in _MONTHS.values():
        for number, month in enumerate(names, start=1):
            if name in (month, month[:3]):
                return number
    return None


def day(when: date | None, language: Literal["en", "cy"]) -> str:
    """Return a date in words, "5 April 2026"; empty for none."""
    return f"{when.day} {_MONTHS[language][when.month - 1]} {when.year}" if when else ""

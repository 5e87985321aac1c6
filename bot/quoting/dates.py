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

OTHER_YEAR = MappingProxyType(
    {
        "en": "You asked about {year}. What is shown here is right {period}.",
        "cy": "Fe wnaethoch chi ofyn am {year}. Mae’r hyn sydd yma yn gywir {period}.",
    }
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

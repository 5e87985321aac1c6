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


def day(when: date | None, language: Literal["en", "cy"]) -> str:
    """Return a date in words, "5 April 2026"; empty for none."""
    return f"{when.day} {_MONTHS[language][when.month - 1]} {when.year}" if when else ""

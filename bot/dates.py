"""Dates in words, in English and Welsh."""

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


def day(when: date | None, language: Literal["en", "cy"]) -> str:
    """Return a date in words, "5 April 2026"; empty for none."""
    return f"{when.day} {_MONTHS[language][when.month - 1]} {when.year}" if when else ""

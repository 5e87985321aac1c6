"""Which time the figures of a text are for, as far as its own words tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.quoting.dates import month_of

_MONTH = r"([A-Z][a-z]{2,9})"
_RANGE = re.compile(
    rf"\b(\d{{1,2}}) {_MONTH} (20\d\d) (?:to|until|and|tan|hyd|i) (\d{{1,2}}) {_MONTH} (20\d\d)\b"
)
_YEARS = re.compile(r"\b(20\d\d)\s?(?:[-–/]|to|i)\s?(?:20)?(\d\d)\b")
_TAX_YEAR = re.compile(r"\btax year|\bblwyddyn dreth|\bflwyddyn dreth", re.IGNORECASE)
_TAX_YEAR_ENDS = (4, 5)
# "2026 to 2027" alone may be a tax, council or school year: it ends with the last of them.
_ANY_YEAR_ENDS = (8, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day for which a text says its figures are right."""

    start: date
    end: date


def periods_of(text: str) -> tuple[Period, ...]:
    """Return the periods of about a year that a text names, in no order; may be empty.

    "6 April 2026 to 5 April 2027", "2026 to 2027", "2026/27". Known misses: "from April 2024"
    without an end; a year alone.
    """
    if "20" not in text:
        return ()
    found = [_of_days(match) for match in _RANGE.finditer(text)]
    is_tax_year = _TAX_YEAR.search(text) is not None
    found += [_of_years(match, is_tax_year=is_tax_year) for match in _YEARS.finditer(text)]
    return tuple(period for period in found if period is not None)


def ended(periods: Sequence[Period], today: date) -> Period | None:
    """Return the last of some periods when all are over; None when one is not, or none is named."""
    if not periods or any(period.end >= today for period in periods):
        return None
    return max(periods, key=lambda period: period.end)


def holds_day(periods: Sequence[Period], day: date) -> bool:
    """Whether a day lies in one of some periods."""
    return any(period.start <= day <= period.end for period in periods)


def _of_days(match: re.Match[str]) -> Period | None:
    first_day, first_month, first_year, last_day, last_month, last_year = match.groups()
    start, end = month_of(first_month), month_of(last_month)
    if start is None or end is None:
        return None
    try:
        return Period(
            date(int(first_year), start, int(first_day)), date(int(last_year), end, int(last_day))
        )
    except ValueError:
        return None


def _of_years(match: re.Match[str], *, is_tax_year: bool) -> Period | None:
    year = int(match[1])
    if (year + 1) % 100 != int(match[2]):
        return None
    month, last_day = _TAX_YEAR_ENDS if is_tax_year else _ANY_YEAR_ENDS
    return Period(date(year, 4, 6 if is_tax_year else 1), date(year + 1, month, last_day))

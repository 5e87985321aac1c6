"""The amount a question tells, and what the guidance says of just that amount.

"How much LBTT on 280000?" is answered by the worked example for £280,000 and by the row for
£250,001 to £325,000; "a pension of 40k" by what is for an income over £35,000.
"""

import re
from functools import lru_cache

# What a unit gains, in the unit of unit scores: for the very amount, for a range that holds it, and
# for a limit it is beyond or below. Chosen by hand and left alone: on the sample guidance and on
# ConditionalQA so few questions tell an amount that halves of them differ by chance (ADR 0045).
SAME = 2.0
IN_RANGE = 1.5
BEYOND_LIMIT = 0.5
_LEAST = 500.0

_NUMBER = r"£?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?(?:k|m|million)\b)?"
# A telephone number goes on behind a space.
_AMOUNT = re.compile(rf"(?<![\w.,/-])(?<!\d ){_NUMBER}(?![\w/%-])(?! \d)", re.IGNORECASE)
_RANGE = re.compile(rf"(?P<low>{_NUMBER})\s?(?:to|and|-|–)\s?(?P<high>{_NUMBER})", re.IGNORECASE)
_AT_MOST = re.compile(
    rf"\b(?:up to|below|under|less than|at most|no more than|hyd at|o dan)\s(?P<limit>{_NUMBER})"
    rf"|(?P<or_less>{_NUMBER})\sor (?:less|under|below)",
    re.IGNORECASE,
)
_OVER = re.compile(
    rf"\b(?:over|above|more than|at least|dros)\s(?P<limit>{_NUMBER})"
    rf"|(?P<or_more>{_NUMBER})\sor (?:more|over|above)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIMES = {"k": 1e3, "m": 1e6, "million": 1e6}
_PARTS = re.compile(r"(?P<figure>[\d,.]+)\s?(?P<times>k|million|m)?$", re.IGNORECASE)


@lru_cache(maxsize=256)
def amounts_told(question: str) -> tuple[float, ...]:
    """Return the amounts of money of at least £500 that a question tells.

    Known misses: amounts in words ("two hundred thousand"), and "2000", which may be a year.
    """
    told = (found[0].strip() for found in _AMOUNT.finditer(question))
    values = (_value(text) for text in told if not _YEAR.fullmatch(text))
    return tuple(value for value in values if value >= _LEAST)


def amount_fit(amounts: tuple[float, ...], text: str) -> float:
    """Return what a unit gains for speaking of an amount that was told; 0 for nothing."""
    return max((_fit(amount, text) for amount in amounts), default=0.0)


def _fit(amount: float, text: str) -> float:
    if any(_value(found[0]) == amount for found in _AMOUNT.finditer(text)):
        return SAME
    if any(_value(r["low"]) <= amount <= _value(r["high"]) for r in _RANGE.finditer(text)):
        return IN_RANGE
    most = (_value(found["limit"] or found["or_less"]) for found in _AT_MOST.finditer(text))
    over = (_value(found["limit"] or found["or_more"]) for found in _OVER.finditer(text))
    is_about = any(amount <= limit for limit in most) or any(amount >= limit for limit in over)
    return BEYOND_LIMIT if is_about else 0.0


def _value(written: str) -> float:
    parts = _PARTS.search(written.replace("£", "").strip())
    if parts is None:
        return 0.0
    figure = parts["figure"].strip(".,").replace(",", "")
    return float(figure or 0) * _TIMES.get((parts["times"] or "").lower(), 1.0)

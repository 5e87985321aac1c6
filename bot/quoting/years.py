"""Which year the figures that a question asks for should be of, when it says so."""

import re

from bot.retrieval.wanted import asks_amount

_TAX_YEAR = re.compile(r"\b((?:19|20)\d\d)\s?(?:[-–/]|to)\s?(?:(?:19|20)?\d\d)\b")
# "in 2015", "for 2015", "2015 rates"; never "born in 1955" or "a car registered in 2015".
_YEAR = re.compile(
    r"(?<!born )(?<!registered )(?<!built )(?<!bought )(?<!married )(?<!moved )(?<!retired )"
    r"(?<!issued )(?<!made )(?<!started )(?<!began )"
    r"\b(?:in|for|during|of|yn|ar gyfer)\s+((?:19|20)\d\d)\b"
    r"|\b((?:19|20)\d\d)(?='?s?\s+(?:rates?|figures?|amounts?|prices?|fees?|allowances?)\b)",
    re.IGNORECASE,
)
# "What will the State Pension be in 2030?" asks for an amount without a word of money.
_ASKS_VALUE = re.compile(
    r"\bwhat(?:['’]s| is| was| were| are| will)\b|\bbeth (?:fydd|oedd|yw)\b", re.IGNORECASE
)


def year_asked(question: str) -> int | None:
    """Return the year in which the wanted figures were or will be right; None when none is named.

    A tax year counts as the year it begins in. Only questions for an amount or a value are read,
    because a year elsewhere is part of somebody's story. Known misses: years in words; "last year".
    """
    if not (asks_amount(question) or _ASKS_VALUE.search(question)):
        return None
    if found := _TAX_YEAR.search(question):
        return int(found.group(1))
    if found := _YEAR.search(question):
        return int(found.group(1) or found.group(2))
    return None

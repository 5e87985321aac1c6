"""Whether a text holds the kind of thing a question asks for: an amount, or a time.

"How much is it?" and "How long does it take?" name no word of the sentence that answers them; the
kind of figure does.
"""

import re

_ASKS_AMOUNT = re.compile(
    r"\b(?:how much|costs?|price|fees?|rates?|amounts?|percent|percentage|"
    r"maximum|minimum|max|limit|cost|costio|pris|ffi|t[âa]l)\b|"
    r"\b(?:ydw i|ydyn ni|rhaid)\b[^.?]{0,12}\b[dt]alu\b|"
    r"\bfaint\b(?! o (?:amser|rybudd|wyliau))|"
    # Who pays a fine, or gets an allowance, need not ask how much it is.
    r"\b(?:what|which)\b.*\b(?:fine|penalty|allowance|charges?)\b|"
    r"^(?:the )?(?:\w+[ '’]){0,3}?(?:fine|penalty|charges?)\b(?! notice)|"
    r"\b(?:fine|penalty|charged?) (?:for|if)\b",
    re.IGNORECASE,
)
# "When" asks only where a verb or the end follows it: "when I start a job" tells.
WHEN = (
    r"when(?=['’]?s\b| (?:is|are|was|were|do|does|did|will|would|can|could|should|must|shall|has|"
    r"have|to|am)\b|\W*$)"
)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_HOW = r"how (?:long|soon|quickly|often|old|many (?:days|weeks|months|years|hours))"
_ASKS_TIME = re.compile(
    rf"\b(?:(?:{_HOW}|"
    r"how much (?:\w+ ){0,2}(?:notice|time|leave|holiday)|"
    r"deadline|cut[- ]?off|notice|due|until|by what date|age|pryd|oed|oedran|dyddiad cau|"
    r"[pb]a mor (?:hir|hen|fuan|gyflym|aml)|(?:derfyn|terfyn) amser|faint o (?:amser|rybudd)|"
    r"sawl (?:diwrnod|wythnos|mis|blwyddyn))\b|"
    rf"{WHEN})",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"£\s?\d|\d\s?%|\d+p\b|\bfree\b|am ddim", re.IGNORECASE)
_TIME = re.compile(
    r"\b\d+(?:\.\d+)?\s+(?:working |school |calendar |full )?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|diwrnod|wythnos|mis|mlynedd|oed)\b"
    rf"|\b\d{{1,2}} (?:{_MONTH})\b|\bstraight away\b|\bat once\b",
    re.IGNORECASE,
)

_HOW_LONG = re.compile(r"\bhow (?:long|many (?:days|weeks|months|years|hours))\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow many (?P<unit>day|week|month|year|hour|minute)s\b", re.IGNORECASE)
_LOOKING_BACK = re.compile(
    r"\b(?:last|past|previous) (?:\d+(?: to |-))?\d+ (?:day|week|month|year)s?\b", re.IGNORECASE
)
_ASKS_WHEN = re.compile(
    rf"\b(?:{_HOW}|what age|when (?:is|are|does|do|will|can|must|should))\b", re.IGNORECASE
)
# "Every Monday", "as soon as you know", "in November" and "the day after" say when, too.
_SAYS_WHEN = re.compile(
    rf"\b(?:{_MONTH}|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|daily|weekly|monthly|yearly|"
    r"annually|until|before|after|once|immediately|as soon as|"
    r"[\w-]+[ -](?:hours?|days?|weeks?|months?|years?))\b",
    re.IGNORECASE,
)


def asks_amount(question: str) -> bool:
    """Whether a question asks for an amount of money or a share."""
    return _ASKS_AMOUNT.search(question) is not None


def asks_time(question: str) -> bool:
    """Whether a question asks for a date, a length of time or an age."""
    return _ASKS_TIME.search(question) is not None


def holds_asked_time(question: str, text: str) -> bool:
    """Whether a text states a time of the kind a question asks for.

    "How many days" is told in days, and what was "in the last 2 years" is no answer to "how long".
    """
    told = _LOOKING_BACK.sub(" ", text) if _HOW_LONG.search(question) else text
    if unit := _HOW_MANY.search(question):
        return re.search(rf"\d[ -](?:[a-z]+ )?{unit['unit']}", told, re.IGNORECASE) is not None
    return holds_time(told)


def asks_when(question: str) -> bool:
    """Whether a question asks outright for a time: "how long does it last", "when is it due"."""
    return _ASKS_WHEN.search(question) is not None


def says_when(text: str) -> bool:
    """Whether a text says when or how long, be it in figures or in words."""
    told = _LOOKING_BACK.sub(" ", text)
    return holds_time(told) or _SAYS_WHEN.search(told) is not None


def holds_amount(text: str) -> bool:
    """Whether a text states an amount of money or a share."""
    return _AMOUNT.search(text) is not None


def holds_time(text: str) -> bool:
    """Whether a text states a date, a length of time or an age."""
    return _TIME.search(text) is not None

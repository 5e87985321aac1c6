"""Whether two sentences say the same and differ in the figure.

Known misses: a sentence against a row of a table; sentences in quite different words.
"""

import re

_FIGURE = re.compile(r"£\s?\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?\s?%|\b\d[\d,]*(?:\.\d+)?\b")
# A date or a year says when a figure is right; it is not the figure.
_DATE = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|"
    r"Tachwedd|Rhagfyr)(?: 20\d\d)?\b|\b20\d\d(?:\s?(?:to|-|–|/)\s?(?:20)?\d\d)?\b"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
# Share of words in common from which two sentences are about the same.
MIN_SHARED = 0.6


def figures_of(text: str) -> frozenset[str]:
    """Return the figures of a text without dates, "£1,250.00" as "1250"."""
    found = _FIGURE.findall(_DATE.sub(" ", text))
    return frozenset(_plain(figure) for figure in found)


def disagrees(text: str, other: str) -> bool:
    """Whether two sentences say the same of different figures."""
    mine, theirs = figures_of(text), figures_of(other)
    if not mine or not theirs or mine <= theirs or theirs <= mine:
        return False
    words, others = _words(text), _words(other)
    return len(words & others) >= MIN_SHARED * len(words | others)


def _plain(figure: str) -> str:
    digits = re.sub(r"[£,\s]", "", figure)
    return re.sub(r"\.0+(?=%?$)", "", digits)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_DATE.sub(" ", text).lower()))

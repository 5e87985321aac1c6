"""Where somebody comes from, works or used to live, told apart from where they live now.

"I live in England but work in Scotland" names two nations, and lives in one. The words are in
`origins.toml`.

Known misses: other words for it ("my office is in Wales"); whoever asks about two nations without
saying where they live is asked which one is meant.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from bot.phrases import any_of

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_FEW_WORDS = r"(?:[\s,]+(?!liv|byw\b)[\w'’-]+){0,3}?"
_IN_WORDS = r"(?:in|at|near|yn|yng|ym)"
_SIDE = r"(?:(?:the|north|south|east|west|yr)\s+)*"


def without_origins(text: str, places: str) -> str:
    """Return a text without the places that somebody comes from, works in or used to live in.

    Args:
        text: What was said.
        places: A regular expression of the names of places.
    """
    table = _table()
    events = not any_of(table["registered"]).search(text)
    coming = any_of(table["lives"]).search(text) is not None
    return " ".join(_pattern(places, events=events, coming=coming).sub(" ", text).split())


def is_around_a_place(text: str) -> bool:
    """Whether a text has only words that stand around a place, or none: "I am living in"."""
    around = set(_table()["around"].split())
    return all(word in around for word in _WORD.findall(text.lower().replace("’", "'")))


@cache
def _pattern(places: str, *, events: bool, coming: bool) -> re.Pattern[str]:
    table = _table()
    deeds = [*table["elsewhere"], *(table["events"] if events else ())]
    before = "".join(rf"(?<!\b{re.escape(word)}\s)" for word in table["now"])
    moving = "".join(rf"(?<!\b{re.escape(word)}\s)" for word in table["still"])
    some = rf"(?:{places})(?:[\s,]+(?:(?:and|a|ac)\s+(?:{_IN_WORDS}\s+)?)?(?:{places}))*"
    came = rf"{moving}\b(?:{_either(table['from'])})\s+{_SIDE}{some}|" if coming else ""
    return re.compile(
        rf"{before}\b(?:{_either(deeds)})\b{_FEW_WORDS}[\s,]+{_IN_WORDS}\s+{_SIDE}{some}|{came}"
        rf"\b(?:{_either(table['whose'])})\s+(?:{_either(table['of_nations'])})\b",
        re.IGNORECASE,
    )


def _either(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("bot.understanding").joinpath("origins.toml").read_text("utf-8"))

"""What the pages say around an answer, in English and Welsh: `bot/page_wording.toml`."""

import math
import tomllib
from importlib.resources import files
from typing import Literal

Language = Literal["en", "cy"]
Words = dict[str, "str | Words"]


def _in(language: Language, table: dict[str, object]) -> Words:
    """Return a table of pairs, however deep, with the words of one language."""
    chosen: Words = {}
    for name, inner in table.items():
        if not isinstance(inner, dict):
            message = f"{name!r} in page_wording.toml must be a table with `en` and `cy`."
            raise TypeError(message)
        chosen[name] = inner[language] if language in inner else _in(language, inner)
    return chosen


_TABLE = tomllib.loads(files("bot").joinpath("page_wording.toml").read_text("utf-8"))
WORDS: dict[Language, Words] = {"en": _in("en", _TABLE), "cy": _in("cy", _TABLE)}
"""By language, the words by the names of the file."""


def said(language: Language, *names: str, **blanks: object) -> str:
    """Return the words under a name, filled in.

    Raises:
        KeyError: The file has no such words.
    """
    found: str | Words = WORDS[language]
    for name in names:
        if isinstance(found, str):
            raise KeyError(name)
        found = found[name]
    if not isinstance(found, str):
        raise KeyError(names)
    return found.format(**blanks)


def wait_in_words(seconds: int, language: Language) -> str:
    """Return how long to wait, never less than that: seconds, whole minutes or whole hours."""
    if seconds < 60:
        return _amount("seconds", seconds, language)
    minutes = math.ceil(seconds / 60)
    if minutes < 60:
        return _amount("minutes", minutes, language)
    return _amount("hours", math.ceil(minutes / 60), language)


def hours_in_words(hours: int, language: Language) -> str:
    """Return a number of hours; whole days from two days on."""
    if hours >= 48 and hours % 24 == 0:
        return _amount("days", hours // 24, language)
    return _amount("hours", hours, language)


def _amount(unit: str, number: int, language: Language) -> str:
    of_its_own = f"{unit}_{number}"
    name = of_its_own if of_its_own in _TABLE["time"] else unit
    return said(language, "time", name, n=f"{number:,}")

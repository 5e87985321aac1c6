"""Which towns, counties and boroughs of the UK a text names.

The nations' own names are none: a council may be asked about with "in England". The tables are
`places.toml` and that of `nations.py`.

Known misses: places in neither table, and postcodes.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from bot.retrieval.query import Locale
from bot.understanding.nations import places_of_nations, without_nation

_WORDS = re.compile(r"\w")
# Not "my doctor is in Leeds": that says something.
_IN = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )\b(?:in|at|near|around|yn|yng|ym)\s+$", re.IGNORECASE
)
# "Bin collection Leeds", but not "moving to Leeds".
_NAMES_THE_THING = re.compile(
    r"(?<!\bto)(?<!\bfrom)(?<!\bof)(?<!\bis)(?<!\bor)(?<!\band)(?<!\bfor)(?<!\bin)(?<!\bat)(?<=\w)\s+$",
    re.IGNORECASE,
)
_LAST = re.compile(r"\W*$")
_LITTLE_WORDS = frozenset({"of", "on", "the", "upon", "y"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a council may serve.

    Attributes:
        en, cy: What it is called.
        forms: All its names, in lower case.
    """

    en: str
    cy: str
    forms: tuple[str, ...]

    def called_in(self, language: Locale) -> str:
        """Return its name in a language."""
        return self.cy if language == "cy" else self.en


def places_in(text: str) -> tuple[Place, ...]:
    """Return the places that a text names, in its order and each once; may be empty."""
    found = (match.group(match.lastgroup or 0) for match in _named(text))
    return tuple(dict.fromkeys(_places()[" ".join(name.lower().split())] for name in found))


def without_where(text: str) -> str:
    """Return a text without "in Scotland" and "in Leeds"; the text itself where nothing is left."""
    rest = without_nation(text)
    for found in reversed(list(_named(rest))):
        before, after = rest[: found.start(found.lastgroup or 0)], rest[found.end() :]
        is_last = _LAST.match(after) and _NAMES_THE_THING.search(before)
        if where := _IN.search(before) or is_last:
            rest = f"{before[: where.start()]} {after}"
    return " ".join(rest.split()) if _WORDS.search(rest) else text


def _named(text: str) -> Iterable[re.Match[str]]:
    return _pattern().finditer(text.replace("’", "'"))


@cache
def _pattern() -> re.Pattern[str]:
    table = _tables()
    words = table["after_a_word"].split()
    plain = _any_of(name for name in _names() if name not in words)
    word, capital = _any_of(words), _any_of(name.title() for name in words)
    leads, lives, ends = (_any_of(table[key].split()) for key in ("leads", "lives", "ends"))
    told = (
        rf"(?P<plain>(?i:{plain}))|(?i:{lives})\s+(?P<home>(?i:{word}))|"
        rf"(?i:{leads})\s+(?P<capital>{capital})|"
        rf"(?P<council>(?i:{word}))(?=\s+(?i:(?:(?:city|town|borough|district)\s+)?council))"
    )
    return re.compile(rf"(?<![\w-])(?:{told})(?!\w)(?!\s+(?i:{ends})\b)")


@cache
def _places() -> MappingProxyType[str, Place]:
    table = _tables()
    names: dict[str, Place] = {}
    for group in table["named_twice"]:
        spoken = [name.replace("_", " ") for name in group]
        place = Place(spoken[0], spoken[1], tuple(dict.fromkeys(n.lower() for n in spoken)))
        names |= dict.fromkeys(place.forms, place)
    for name in (*places_of_nations(), *table["towns"].split(), *table["after_a_word"].split()):
        plain = name.replace("_", " ")
        if name not in table["not_places"].split():
            names.setdefault(plain, Place(_written(plain), _written(plain), (plain,)))
    return MappingProxyType(names)


def _names() -> Iterable[str]:
    return (name.replace(" ", "_") for name in _places())


def _written(name: str) -> str:
    return " ".join(
        word if word in _LITTLE_WORDS else f"{word[0].upper()}{word[1:]}" for word in name.split()
    )


def _any_of(names: Iterable[str]) -> str:
    # The longest first: "milton keynes" before a "milton".
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace("_", r"\s+") for name in ordered)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("bot.understanding").joinpath("places.toml").read_text("utf-8"))

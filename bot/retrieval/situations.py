"""What happens in people's lives, in the words of guidance.

"What do I do when my mum dies?" names a mother, and pages about parents come first: it is the event
that tells the service, whoever it happened to. The table is `situations.toml`.

Known misses: a death told without the word ("he is gone"), other languages than English and Welsh.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.phrases import ANY, any_of, beginning_with

_WHOSE = r"(?:my|our|his|her|their|the)\s+(?:[\w-]+\s+){0,2}?"
# Not "my mum's keys". The apostrophe is written so because those of phrases may be left out.
_NOTHING_OF_THEIRS = r"(?!\w|[\u0027\u2019]s\b)"
_SOMEONE = r"(?:someone|somebody|a\s+(?:relative|parent|friend|neighbour))"


@dataclass(frozen=True, slots=True)
class Situation:
    """Something that happens to people.

    Attributes:
        says: Matches how people tell it.
        beside: Matches what must be told as well; None for nothing.
        means: The words of guidance; empty where they would lead away from what is asked.
        holds: Matches guidance that is about it; None where any may be.
        closer: The same, told more precisely, perhaps of fewer people; the first that is told takes
            its place.
        is_asked: Whether a question is about it, and not only told around.
    """

    says: re.Pattern[str]
    beside: re.Pattern[str] | None
    means: str
    holds: re.Pattern[str] | None
    closer: tuple["Situation", ...] = ()
    is_asked: bool = False


def situations_in(text: str) -> tuple[Situation, ...]:
    """Return the situations that a text tells, in English or Welsh."""
    told = (situation for situation in _situations() if _is_told(situation, text))
    return tuple(
        next((closer for closer in situation.closer if _is_told(closer, text)), situation)
        for situation in told
    )


def with_situations(text: str, among: Sequence[Situation] | None = None) -> str:
    """Return a text with the guidance's words after it for each situation that it tells.

    Args:
        text: What was written.
        among: Only these; of them also those that a question is about, wherever they were told.
    """
    told = situations_in(text)
    if among is not None:
        told = tuple(situation for situation in among if situation.is_asked or situation in told)
    return " ".join((text, *in_words_of_guidance(told)))


def without_what_happened(text: str) -> str:
    """Return a text without who died and that they did: "what do I get after my [dad died]"."""
    return " ".join(_who_died().sub(" ", text).split())


def in_words_of_guidance(told: Iterable[Situation]) -> Iterator[str]:
    """Yield the guidance's words for situations, in brackets; not of one that has none."""
    return (f"({situation.means})" for situation in told if situation.means)


def without_names(text: str) -> str:
    """Return a text without the words between somebody and their death: "my mum [Ann Lee] died"."""
    return _named_dead().sub(r"\g<who> \g<dies>", text)


def _is_told(situation: Situation, text: str) -> bool:
    if not situation.says.search(text):
        return False
    return situation.beside is None or situation.beside.search(text) is not None


@cache
def _situations() -> tuple[Situation, ...]:
    return tuple(_situation(entry) for entry in _table()["situation"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("bot.retrieval").joinpath("situations.toml").read_text("utf-8"))


def _situation(entry: Mapping[str, Any]) -> Situation:
    return Situation(
        says=any_of(entry["says"], _placeholders()),
        beside=any_of(entry["with"]) if "with" in entry else None,
        means=entry["means"],
        holds=beginning_with(entry["holds"]) if "holds" in entry else None,
        closer=tuple(
            _situation({"says": entry["says"], **closer}) for closer in entry.get("closer", ())
        ),
        is_asked=entry.get("asked", False),
    )


@cache
def _named_dead() -> re.Pattern[str]:
    words = _people()
    return re.compile(
        rf"\b(?P<who>{words.mortal})(?:{words.between}){{1,3}}?\s+(?P<dies>{words.dies})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _who_died() -> re.Pattern[str]:
    people = _table()["people"]
    who = " ".join((people["kin"], people["others"], people["children"])).split()
    return re.compile(rf"(?<!\w)(?:{_either(who)}|{_either(people['dies'])})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _People:
    """Regular expressions of who is told about and of what happened to them."""

    relative: str
    mortal: str
    between: str
    dies: str


@cache
def _people() -> _People:
    people = _table()["people"]
    kin = _either(people["kin"].split())
    others, children = _either(people["others"].split()), _either(people["children"].split())
    never = _either(people["between_never"].split())
    return _People(
        rf"(?:{_WHOSE}(?:{kin}|{others}|disabled\s+{children})|{kin}){_NOTHING_OF_THEIRS}",
        rf"(?:{_WHOSE}(?:{kin}|{others}|{children})|{kin}|he|she|{_SOMEONE}){_NOTHING_OF_THEIRS}",
        rf"\s+(?!{never}\b)[\w-]+",
        _either(people["dies"]),
    )


@cache
def _placeholders() -> Mapping[str, str]:
    """Return what stands in braces, as regular expressions; see the head of the table."""
    people, table = _people(), _table()["people"]
    dies = rf"(?:{people.between}){{0,3}}?\s+{people.dies}"
    partner = rf"(?:{_WHOSE})?{_either(table['partners'].split())}{_NOTHING_OF_THEIRS}"
    perthnasau = _either(table["perthnasau"].split())
    return {
        "{somebody dies}": rf"{people.mortal}{dies}",
        "{partner dies}": rf"{partner}{dies}",
        "{somebody}": rf"(?:{people.relative}|{_SOMEONE}|him|her|them)",
        "{relative}": rf"(?:{people.relative}|a\s+(?:relative|friend|neighbour))",
        "{partner}": partner,
        "{perthynas}": rf"(?:(?:fy|ei|ein|eu)\s+{perthnasau}|{_either(table['heb_fy'].split())})",
        "{cymar}": rf"fy\s+{_either(table['cymar'].split())}",
        "{baby}": rf"(?:my|our|her|their|the|a)\s+(?:unborn\s+)?baby{_NOTHING_OF_THEIRS}",
        "{then}": rf"(?=\s*(?:[^\w\s]|\d|$)|\s+{_either(table['then'].split())}\b)",
        **ANY,
    }


def _either(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, ordered))})"

"""What happens in people's lives, in the words of guidance.

"What do I do when my mum dies?" names a mother, and pages about parents come first: it is the event
that tells the service, whoever it happened to. The table is `situations.toml`.

Known miss: other languages than English.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.phrases import any_of, beginning_with

_SOMEBODY = (
    r"(?:(?:my|our|his|her|their|the)\s+(?:[\w-]+\s+){0,2}?(?:mum|mam|mom|mother|dad|father|parents?|"
    r"husband|wife|partner|spouse|boyfriend|girlfriend|fianc[eé]e?|nan|nana|gran|granny|grandma|"
    r"grandad|grandpa|grandmother|grandfather|brother|sister|aunt|auntie|uncle|friend|neighbour|"
    r"relative|mother-in-law|father-in-law|disabled (?:son|daughter|child))|"
    r"someone|somebody|a (?:relative|friend|neighbour)|him|her|them)"
)
_PARTNER = (
    r"(?:(?:my|our|his|her|their|the)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:husband|hubby|wife|partner|spouse|fianc[eé]e?))"
)
_PLACEHOLDERS = {"{somebody}": _SOMEBODY, "{partner}": _PARTNER}


@dataclass(frozen=True, slots=True)
class Situation:
    """Something that happens to people.

    Attributes:
        says: Matches how people tell it.
        beside: Matches what must be told as well; None for nothing.
        means: The words of guidance.
        holds: Matches guidance that is about it; None where any may be.
        closer: The same, told more precisely, perhaps of fewer people; the first that is told takes
            its place.
    """

    says: re.Pattern[str]
    beside: re.Pattern[str] | None
    means: str
    holds: re.Pattern[str] | None
    closer: tuple["Situation", ...] = ()


def situations_in(text: str) -> tuple[Situation, ...]:
    """Return the situations that a text tells."""
    told = (situation for situation in _situations() if _is_told(situation, text))
    return tuple(
        next((closer for closer in situation.closer if _is_told(closer, text)), situation)
        for situation in told
    )


def with_situations(text: str) -> str:
    """Return a text with the guidance's words after it for each situation that it tells."""
    return " ".join((text, *(f"({situation.means})" for situation in situations_in(text))))


def _is_told(situation: Situation, text: str) -> bool:
    if not situation.says.search(text):
        return False
    return situation.beside is None or situation.beside.search(text) is not None


@cache
def _situations() -> tuple[Situation, ...]:
    table = tomllib.loads(files("bot.retrieval").joinpath("situations.toml").read_text("utf-8"))
    return tuple(_situation(entry) for entry in table["situation"])


def _situation(entry: Mapping[str, Any]) -> Situation:
    return Situation(
        says=any_of(entry["says"], _PLACEHOLDERS),
        beside=any_of(entry["with"]) if "with" in entry else None,
        means=entry["means"],
        holds=beginning_with(entry["holds"]) if "holds" in entry else None,
        closer=tuple(
            _situation({"says": entry["says"], **closer}) for closer in entry.get("closer", ())
        ),
    )

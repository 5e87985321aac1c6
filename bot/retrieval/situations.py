"""What happens in people's lives, in the words of guidance.

"What do I do when my mum dies?" names a mother, and pages about parents come first: it is the event
that tells the service, whoever it happened to. The table is `situations.toml`.

Known miss: other languages than English.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SOMEBODY = (
    r"(?:(?:my|our|his|her|their|the)\s+(?:[\w-]+\s+){0,2}?(?:mum|mam|mom|mother|dad|father|parents?|"
    r"husband|wife|partner|spouse|boyfriend|girlfriend|fianc[eé]e?|nan|nana|gran|granny|grandma|"
    r"grandad|grandpa|grandmother|grandfather|brother|sister|aunt|auntie|uncle|friend|neighbour|"
    r"relative|mother-in-law|father-in-law|disabled (?:son|daughter|child))|"
    r"someone|somebody|a (?:relative|friend|neighbour)|him|her|them)"
)


@dataclass(frozen=True, slots=True)
class Situation:
    """Something that happens to people.

    Attributes:
        says: Matches how people tell it.
        beside: Matches what must be told as well; None for nothing.
        means: The words of guidance.
    """

    says: re.Pattern[str]
    beside: re.Pattern[str] | None
    means: str


def with_situations(text: str) -> str:
    """Return a text with the guidance's words after it for each situation that it tells."""
    told = [
        situation.means
        for situation in _situations()
        if situation.says.search(text) and (not situation.beside or situation.beside.search(text))
    ]
    return " ".join((text, *(f"({means})" for means in told)))


@cache
def _situations() -> tuple[Situation, ...]:
    table = tomllib.loads(files("bot.retrieval").joinpath("situations.toml").read_text("utf-8"))
    return tuple(
        Situation(
            says=_any_of(entry["says"]),
            beside=_any_of(entry["with"]) if "with" in entry else None,
            means=entry["means"],
        )
        for entry in table["situation"]
    )


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    somebody = re.escape("{somebody}")
    patterns = (
        re.escape(phrase).replace(somebody, _SOMEBODY).replace(r"\ ", r"\s+") for phrase in phrases
    )
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)

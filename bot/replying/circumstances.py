"""What a question tells that decides the answer: self-employed, in prison, abroad, to be stopped.

"Can self-employed people get sick pay?" is nearest to what employees are told, and that is no
answer to it. The table is `circumstances.toml`.

Known misses: what is told in other words, or only in the story before the question; other languages
than English.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.phrases import any_of, beginning_with


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Something about the person that guidance must speak of to answer.

    Attributes:
        says: Matches how people tell it.
        holds: Matches guidance that speaks of it.
    """

    says: re.Pattern[str]
    holds: re.Pattern[str]


def circumstances_in(question: str) -> tuple[Circumstance, ...]:
    """Return the circumstances that a question tells."""
    return tuple(told for told in _circumstances() if told.says.search(question))


@cache
def _circumstances() -> tuple[Circumstance, ...]:
    table = tomllib.loads(files("bot.replying").joinpath("circumstances.toml").read_text("utf-8"))
    return tuple(
        Circumstance(any_of(row["says"]), beginning_with(row["holds"])) for row in table.values()
    )

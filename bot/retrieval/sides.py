"""From which side a question is asked, where guidance has two: worker and employer, say.

A page for employers fits "Can my boss sack me for being ill?" and is written for somebody else.
The table is `sides.toml`; which pages are for whom, `ingestion.audience` finds at build time.

Known misses: who tells nothing of themselves ("how much is sick pay"); other languages.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from bot.phrases import any_of
from ingestion.document import PageDetails


@dataclass(frozen=True, slots=True)
class _Side:
    facing: str
    audience: str
    says: re.Pattern[str]


def is_for_the_other_side(page: PageDetails, text: str) -> bool:
    """Whether a page is for people who face the one who wrote a text: employers, for a worker."""
    return page.audience in AUDIENCES and page.audience in _audiences_facing(text)


def is_for_others(page: PageDetails, text: str) -> bool:
    """Whether a page is for one side only, and a text does not tell that its writer is on it."""
    return page.audience in AUDIENCES and page.audience not in _own_audiences(text)


def _audiences_facing(text: str) -> frozenset[str]:
    sides = _sides()
    return frozenset(sides[sides[name].facing].audience for name in _told(text))


def _own_audiences(text: str) -> frozenset[str]:
    return frozenset(_sides()[name].audience for name in _told(text))


@lru_cache(maxsize=1024)
def _told(text: str) -> frozenset[str]:
    """Return the sides a text is told from; who names both may be on either."""
    plain = text.replace("’", "'")
    said = {name for name, side in _sides().items() if side.says.search(plain)}
    return frozenset(name for name in said if _sides()[name].facing not in said)


@cache
def _sides() -> MappingProxyType[str, _Side]:
    table = tomllib.loads(files("bot.retrieval").joinpath("sides.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            name: _Side(row["facing"], row["audience"], any_of(row["says"]))
            for name, row in table.items()
        }
    )


AUDIENCES = frozenset(side.audience for side in _sides().values()) - {""}
"""What pages for one side only call their audience."""

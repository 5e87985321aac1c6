"""Whom a page speaks to, where it does not say so itself: employers, landlords, creditors.

"Tell your employee within 28 days" is no answer to somebody who asks what their boss must do. Which
phrases tell is data: `audiences.toml`.

Known misses: pages that speak of everybody in the third person; languages other than English.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from ingestion.document import Document

# A phrase once or twice may be an aside; once in a hundred words may be, on a long page.
_LEAST = 3
_WORDS_FOR_ONE = 100
_CLEARLY = 2


@dataclass(frozen=True, slots=True)
class _Audience:
    name: str
    title: re.Pattern[str]
    speaks: re.Pattern[str]
    other_side: re.Pattern[str]


def with_audience(document: Document) -> Document:
    """Return a document whose details say whom it is for, if its text tells or they did before."""
    if document.details.audience:
        return document
    return replace(document, details=replace(document.details, audience=audience_of(document)))


def audience_of(document: Document) -> str:
    """Return whom the text of a document speaks to, a table of `audiences.toml`; else empty."""
    text = "\n".join(_texts(document)).replace("’", "'")
    title = document.details.title.replace("’", "'")
    for audience in _audiences():
        said, by_others = (len(p.findall(text)) for p in (audience.speaks, audience.other_side))
        is_named = audience.title.search(title) is not None
        often = said >= _LEAST and said * _WORDS_FOR_ONE >= len(text.split())
        if (is_named or often) and said >= _CLEARLY * by_others:
            return audience.name
    return ""


def _texts(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield from section.heading_path[1:]
        for block in section.blocks:
            yield block.text
            yield from block.items
            for row in block.rows:
                yield from row


@cache
def _audiences() -> tuple[_Audience, ...]:
    table = tomllib.loads(files("ingestion").joinpath("audiences.toml").read_text("utf-8"))
    return tuple(
        _Audience(name, *(_any_of(row[key]) for key in ("title", "speaks", "other_side")))
        for name, row in table.items()
    )


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)

"""A passage as a language model reads it, and as what the model says is checked against it.

A figure of a table means nothing without its headings, nor a list item without its lead-in, so
both are written out: "Passport: Adult | Apply online: £94.50 | Apply on paper: £107".
"""

from collections.abc import Iterator
from itertools import groupby

from ingestion.passage import Passage, Unit, UnitKind

_MARKS = {UnitKind.LIST_ITEM: "- ", UnitKind.STEP: "- "}


def shown_text(passage: Passage) -> str:
    """Return the text of a passage with headings in each row and lead-ins before lists."""
    return "\n".join(_lines(passage))


def source_text(passage: Passage) -> str:
    """Return a passage as a source for checks: its headings and its text."""
    return "\n".join([*passage.heading_path, shown_text(passage)])


def _lines(passage: Passage) -> Iterator[str]:
    under: tuple[str, ...] = ()
    for _, run in groupby(passage.units, key=lambda unit: (unit.under, unit.block)):
        units = list(run)
        if units[0].under != under:
            under = units[0].under
            yield from under[-1:]
        if units[0].kind is UnitKind.SENTENCE:
            yield " ".join(unit.text for unit in units)
            continue
        if units[0].lead_in:
            yield units[0].lead_in
        yield from (_MARKS.get(unit.kind, "") + _line(unit) for unit in units)


def _line(unit: Unit) -> str:
    if len(unit.headers) != len(unit.cells) or not any(unit.headers):
        return unit.text
    pairs = zip(unit.headers, unit.cells, strict=True)
    return " | ".join(f"{header}: {cell}" if header else cell for header, cell in pairs if cell)

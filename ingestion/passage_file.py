"""Passages on disk: one JSON object a line, pages and units included."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from ingestion.document import PageDetails
from ingestion.passage import Passage

_PASSAGE = TypeAdapter(Passage)


def write_passages(path: Path, passages: Iterable[Passage]) -> None:
    """Write passages in order."""
    with path.open("wb") as stream:
        for passage in passages:
            stream.write(_PASSAGE.dump_json(passage) + b"\n")


def read_passages(path: Path) -> list[Passage]:
    """Return the passages in order.

    Raises:
        ValueError: A line is not a passage.
    """
    return list(iterate_passages(path))


def iterate_passages(path: Path) -> Iterator[Passage]:
    """Yield the passages in order; those of one page share its details.

    Raises:
        ValueError: A line is not a passage.
    """
    page: PageDetails | None = None
    with path.open("rb") as stream:
        for line in stream:
            passage = _PASSAGE.validate_json(line)
            if page == passage.page:
                passage = replace(passage, page=page)
            page = passage.page
            yield passage

"""Passages on disk: one JSON object a line, pages and units included."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter

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
    with path.open("rb") as stream:
        return [_PASSAGE.validate_json(line) for line in stream]

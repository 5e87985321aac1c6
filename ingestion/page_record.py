"""Pages of a version on disk: what was read, from where, and when; one JSON object a line.

From this file a later build keeps the last good text of a page that cannot be read, asks a server
only for what changed, and `explain` says how a page came to be as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from ingestion.document import Document

PAGES = "pages.jsonl"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page and the source it came from.

    Attributes:
        source: `Source.location`.
        document: The page as it was read.
    """

    source: str
    document: Document

    @property
    def key(self) -> tuple[str, str]:
        """What the page is to its source: location and origin."""
        return self.source, self.document.origin


_RECORD = TypeAdapter(PageRecord)


def write_pages(folder: Path, records: Iterable[PageRecord]) -> None:
    """Write records in order."""
    with (folder / PAGES).open("wb") as stream:
        for record in records:
            stream.write(_RECORD.dump_json(record) + b"\n")


def read_pages(folder: Path) -> Iterator[PageRecord]:
    """Yield the records of a version in order; nothing for a version without the file.

    Raises:
        ValueError: A line is not a record.
    """
    try:
        stream = (folder / PAGES).open("rb")
    except FileNotFoundError:
        return
    with stream:
        for line in stream:
            yield _RECORD.validate_json(line)

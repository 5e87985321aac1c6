"""A folder or a file of guidance as a source of a build."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from ingestion.document import Fetch
from ingestion.source import Found
from ingestion.sources.local_files import read_local


class Folder:
    """A folder, read with everything below it, or a single file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def location(self) -> str:
        """The last part of the path, so that a build elsewhere gives the same manifest."""
        return self._path.resolve().name

    def read(self, earlier: Mapping[str, Fetch]) -> Iterator[Found]:
        """Yield every page; files are always read again, because reading is cheap.

        Raises:
            SourceNotFoundError: There is no such file or folder.
        """
        yield from read_local(self._path)

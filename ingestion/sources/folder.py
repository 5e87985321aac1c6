"""Guidance in a folder or a single file."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from ingestion.document import Document, Fetch, Skipped
from ingestion.source import Found
from ingestion.sources.local_files import read_local
from ingestion.sources.source_settings import SourceSettings


class FolderSource:
    """A folder or a file."""

    def __init__(
        self, path: Path, *, location: str = "", settings: SourceSettings | None = None
    ) -> None:
        self.path = path
        # The last part of the path, so that a build on another machine gives the same manifest.
        self._location = location or path.resolve().name
        self._settings = settings or SourceSettings()

    @property
    def location(self) -> str:
        """Name as given to the build; the folder's own name without one."""
        return self._location

    @property
    def settings_digest(self) -> str:
        """Changes when what the owner says of the pages does; kept copies are out of date then."""
        return self._settings.digest

    def read(self, earlier: Mapping[str, Fetch]) -> Iterator[Found]:
        """Yield every page and what was skipped, in the order of the files' paths.

        Raises:
            SourceNotFoundError: There is no such file or folder.
        """
        for found in read_local(self.path):
            yield from self.taken(found)

    def taken(self, found: Document | Skipped) -> Iterator[Found]:
        """Yield what was read as the owner describes it; nothing when it is left out by name."""
        if not isinstance(found, Document):
            if self._settings.takes(found.origin):
                yield found
        elif self._settings.takes(found.origin, found.details.url):
            yield self._settings.describe(found)

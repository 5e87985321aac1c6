"""Guidance in a folder or a single file."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ingestion.document import Document, Fetch
from ingestion.source import Found
from ingestion.sources.local_files import read_local
from ingestion.sources.source_settings import SourceSettings


class FolderSource:
    """A folder or a file."""

    def __init__(
        self, path: Path, *, location: str = "", settings: SourceSettings | None = None
    ) -> None:
        self._path = path
        self._location = location or str(path)
        self._settings = settings or SourceSettings()

    @property
    def location(self) -> str:
        """Name or path as given to the build."""
        return self._location

    @property
    def settings_digest(self) -> str:
        """Changes when what the owner says of the pages does; kept copies are out of date then."""
        return self._settings.digest

    def read(self, earlier: Mapping[str, Fetch]) -> Iterator[Found]:  # noqa: ARG002, files are cheap to read again
        """Yield every page and what was skipped, in the order of the files' paths.

        Raises:
            SourceNotFoundError: There is no such file or folder.
        """
        for found in read_local(self._path):
            if not isinstance(found, Document):
                if self._settings.takes(found.origin):
                    yield found
            elif self._settings.takes(found.origin, found.details.url):
                yield self._settings.describe(self._with_digest(found))

    def _with_digest(self, document: Document) -> Document:
        if document.fetch.sha256:
            return document
        path = self._path / document.origin if self._path.is_dir() else self._path
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return document
        return replace(document, fetch=replace(document.fetch, sha256=digest))

"""Index versions on disk: immutable folders, and one small pointer to the published one.

<index>/versions/<version>/   manifest.json passages.jsonl *.npy chroma/ lexical/
<index>/published             name of the published version, replaced atomically
<index>/history               names of published versions, oldest first
<index>/build.lock            held while a build runs
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingestion.errors import (
    BuildInProgressError,
    IndexCorruptError,
    IndexNotFoundError,
    IndexNotWritableError,
)
from ingestion.manifest import Manifest

MANIFEST = "manifest.json"


class VersionStore:
    """The folder that holds index versions."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def names(self) -> list[str]:
        """Return the names of complete versions, oldest first."""
        folder = self.directory / "versions"
        if not folder.is_dir():
            return []
        return sorted(path.name for path in folder.iterdir() if (path / MANIFEST).is_file())

    def published(self) -> str | None:
        """Return the name of the published version, or None."""
        try:
            return (self.directory / "published").read_text("utf-8").strip() or None
        except FileNotFoundError:
            return None

    def path_of(self, version: str) -> Path:
        """Return the folder of a version.

        Raises:
            IndexNotFoundError: There is no such version.
        """
        path = self.directory / "versions" / version
        if not (path / MANIFEST).is_file():
            raise IndexNotFoundError(directory=self.directory, version=version)
        return path

    def manifest_of(self, version: str) -> Manifest:
        """Return a version's manifest.

        Raises:
            IndexCorruptError: It cannot be read.
        """
        path = self.path_of(version)
        try:
            return Manifest.model_validate_json((path / MANIFEST).read_bytes())
        except ValueError as error:
            reason = "its manifest cannot be read"
            raise IndexCorruptError(directory=path, reason=reason) from error

    def publish(self, version: str) -> None:
        """Make a version the published one, atomically.

        Raises:
            IndexNotFoundError: There is no such version.
            IndexNotWritableError: The pointer cannot be replaced.
        """
        self.path_of(version)
        history = [name for name in self._history() if name != version]
        with writing(self.directory):
            _replace(self.directory / "history", "\n".join([*history, version]) + "\n")
            _replace(self.directory / "published", version + "\n")

    def rollback(self) -> str:
        """Publish the version that was published before and return its name.

        Raises:
            IndexNotFoundError: There is no earlier version.
        """
        names = set(self.names())
        current = self.published()
        earlier = [name for name in self._history() if name in names and name != current]
        if not earlier:
            raise IndexNotFoundError(directory=self.directory, version="before the published one")
        with writing(self.directory):
            kept = [name for name in self._history() if name != current]
            _replace(self.directory / "history", "\n".join(kept) + "\n")
            _replace(self.directory / "published", earlier[-1] + "\n")
        return earlier[-1]

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the build lock; the operating system releases it when the process dies.

        Raises:
            BuildInProgressError: Another process holds it.
            IndexNotWritableError: The folder cannot be written.
        """
        with writing(self.directory):
            (self.directory / "versions").mkdir(parents=True, exist_ok=True)
            stream = (self.directory / "build.lock").open("a+", encoding="utf-8")
        with stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                stream.seek(0)
                holder = stream.read().strip() or "an unknown process"
                raise BuildInProgressError(directory=self.directory, holder=holder) from error
            stream.seek(0)
            stream.truncate()
            stream.write(f"process {os.getpid()}")
            stream.flush()
            yield

    def _history(self) -> list[str]:
        try:
            return (self.directory / "history").read_text("utf-8").split()
        except FileNotFoundError:
            return []


def check_files(path: Path, manifest: Manifest) -> None:
    """Compare a version's files with its manifest.

    Raises:
        IndexCorruptError: A file is missing or has other content.
    """
    for name, digest in manifest.files.items():
        file = path / name
        if not file.is_file():
            raise IndexCorruptError(directory=path, reason=f"the file {name} is missing")
        if digest_of(file) != digest:
            raise IndexCorruptError(directory=path, reason=f"the file {name} was changed")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Turn the operating system's refusal to write into one clear error.

    Raises:
        IndexNotWritableError: Read-only, full, or a file where a folder should be.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise IndexNotWritableError(directory=directory, reason=reason) from error


def _replace(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old or the new text, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)

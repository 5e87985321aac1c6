"""Index versions on disk: immutable folders, and one small pointer to the published one.

<index>/versions/<version>/   manifest.json build.json pages.jsonl passages.jsonl *.npy chroma/
                              lexical/
<index>/published             name of the published version, replaced atomically
<index>/history               names of published versions, oldest first
<index>/build.lock            held while a build runs
<index>/publish.lock          held while the pointer changes, so a rollback never waits for a build
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingestion.errors import (
    IndexCorruptError,
    IndexNotFoundError,
    IndexNotWritableError,
)
from ingestion.locks import build_lock, publish_lock
from ingestion.manifest import Manifest

MANIFEST = "manifest.json"
BUILD = "build.json"


class VersionStore:
    """The folder that holds index versions."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def names(self) -> list[str]:
        """Return the names of complete versions, oldest first."""
        folder = self.directory / "versions"
        if not folder.is_dir():
            return []
        return sorted(path.name for path in folder.iterdir() if _is_complete(path))

    def published(self) -> str | None:
        """Return the name of the published version, or None.

        Raises:
            IndexCorruptError: The pointer is there but cannot be read.
        """
        return "".join(self._lines("published")).strip() or None

    def history(self) -> list[str]:
        """Return the names of published versions that still exist, oldest first."""
        names = [line.strip() for line in self._lines("history")]
        return [name for name in names if name and _is_complete(self.directory / "versions" / name)]

    def _lines(self, name: str) -> list[str]:
        path = self.directory / name
        try:
            return path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            reason = f"the file {name!r} cannot be read ({type(error).__name__})"
            raise IndexCorruptError(directory=self.directory, reason=reason) from error

    def path_of(self, version: str) -> Path:
        """Return the folder of a version.

        Raises:
            IndexNotFoundError: There is no such version.
            IndexCorruptError: It has lost its manifest.
        """
        path = self.directory / "versions" / version
        if not _is_complete(path):
            if version and path.is_dir():
                reason = f"{MANIFEST} or {BUILD} is missing"
                raise IndexCorruptError(directory=path, reason=reason)
            raise IndexNotFoundError(directory=self.directory, version=version)
        return path

    def manifest_of(self, version: str) -> Manifest:
        """Return a version's manifest.

        Raises:
            IndexNotFoundError: There is no such version.
            IndexCorruptError: It cannot be read.
        """
        path = self.path_of(version)
        try:
            return Manifest.from_json((path / MANIFEST).read_bytes(), (path / BUILD).read_bytes())
        except ValueError as error:
            reason = "its manifest cannot be read"
            raise IndexCorruptError(directory=path, reason=reason) from error

    def readable_manifest(self, version: str | None) -> Manifest | None:
        """Return a version's manifest; None when there is no such version or it is damaged."""
        try:
            return self.manifest_of(version) if version else None
        except (IndexCorruptError, IndexNotFoundError):
            return None

    def publish(self, version: str) -> None:
        """Make a version the published one, atomically.

        Raises:
            IndexNotFoundError: There is no such version.
            IndexNotWritableError: The pointer cannot be replaced.
        """
        self.path_of(version)
        with writing(self.directory), publish_lock(self.directory):
            names = [name for name in self.history() if name != version]
            _replace(self.directory / "history", "\n".join([*names, version]) + "\n")
            _replace(self.directory / "published", version + "\n")

    def rollback(self) -> str:
        """Publish the version that was published before and return its name.

        Raises:
            IndexNotFoundError: There is no earlier version.
            IndexNotWritableError: The pointer cannot be replaced.
        """
        with writing(self.directory), publish_lock(self.directory):
            current = self.published()
            earlier = [name for name in self.history() if name != current]
            if not earlier:
                before = "before the published one"
                raise IndexNotFoundError(directory=self.directory, version=before)
            _replace(self.directory / "history", "\n".join(earlier) + "\n")
            _replace(self.directory / "published", earlier[-1] + "\n")
        return earlier[-1]

    def remove(self, version: str) -> int:
        """Delete a version and return the bytes that were freed.

        Its manifest goes first, so that a version that is half deleted is no version.

        Raises:
            IndexNotFoundError: There is no such version.
            IndexNotWritableError: It is the published one, or cannot be deleted.
        """
        path = self.path_of(version)
        with writing(self.directory), publish_lock(self.directory):
            if version == self.published():
                raise IndexNotWritableError(directory=path, reason="it is the published version")
            size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
            (path / MANIFEST).unlink()
            shutil.rmtree(path)
        return size

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the build lock; the operating system releases it when the process dies.

        Raises:
            BuildInProgressError: Another process holds it.
            IndexNotWritableError: The folder cannot be written.
        """
        with writing(self.directory):
            (self.directory / "versions").mkdir(parents=True, exist_ok=True)
        with build_lock(self.directory):
            yield


def _is_complete(path: Path) -> bool:
    hidden = path.name.startswith(".")
    return not hidden and (path / MANIFEST).is_file() and (path / BUILD).is_file()


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

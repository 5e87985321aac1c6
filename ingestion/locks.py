"""Locks of the index folder; the operating system releases them when a process dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingestion.errors import BuildInProgressError


@contextmanager
def build_lock(directory: Path) -> Iterator[None]:
    """Hold the lock of a build, or say at once who holds it.

    Raises:
        BuildInProgressError: Another process holds it.
        OSError: The folder cannot be written.
    """
    with (directory / "build.lock").open("a+", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            stream.seek(0)
            holder = stream.read().strip() or "an unknown process"
            raise BuildInProgressError(directory=directory, holder=holder) from error
        stream.seek(0)
        stream.truncate()
        stream.write(f"process {os.getpid()}")
        stream.flush()
        yield


@contextmanager
def publish_lock(directory: Path) -> Iterator[None]:
    """Wait for the lock of the pointer, which is held for milliseconds.

    Raises:
        OSError: The folder cannot be written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "publish.lock").open("a+", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield

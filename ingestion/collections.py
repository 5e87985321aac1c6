"""What a version needs from a vector database, embedded or served."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ingestion.embedding import Vectors


class Collection(Protocol):
    """The passage vectors of one version, open for reading."""

    def __len__(self) -> int: ...

    def ids(self) -> set[str]:
        """Return the ids of all stored passages."""
        ...

    def nearest(self, vectors: Vectors, limit: int) -> list[list[str]]:
        """Return ids of the passages closest to each vector, closest first.

        Args:
            vectors: Shape (n, dimension).
            limit: Most ids for each vector.
        """
        ...

    def close(self) -> None:
        """Release files and connections."""
        ...


class Collections(Protocol):
    """Where collections live: one for each version, so that versions never mix."""

    def write(self, folder: Path, version: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Write the collection of a new version; ids are stored in row order.

        Args:
            folder: The draft of the version.
            version: Its name.
            ids: One for each row.
            vectors: Shape (passages, dimension), unit length.

        Raises:
            VectorDatabaseError: It cannot be reached, or refuses.
        """
        ...

    def open(self, folder: Path, version: str) -> Collection:
        """Open the collection of a version.

        Raises:
            VectorDatabaseError: It cannot be reached, or has no such collection.
        """
        ...

    def remove(self, version: str) -> None:
        """Delete what a version keeps outside its folder.

        Raises:
            VectorDatabaseError: It cannot be reached.
        """
        ...

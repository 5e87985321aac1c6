"""Approximate nearest passages from an embedded Chroma collection (the only home of chromadb)."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.config import Settings
from numpy.typing import NDArray

from ingestion.embedding import Vectors

COLLECTION = "passages"
BATCH = 5_000


def write_collection(path: Path, passage_ids: Sequence[str], vectors: Vectors) -> None:
    """Write a new collection; ids are stored in row order.

    Args:
        path: A folder of its own; a path that was used before would break live readers.
        passage_ids: One for each row.
        vectors: Shape (passages, dimension), unit length.
    """
    client = _client(path)
    collection = client.create_collection(
        COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
    )
    for start in range(0, len(passage_ids), BATCH):
        rows = range(start, min(start + BATCH, len(passage_ids)))
        collection.add(
            ids=[passage_ids[row] for row in rows],
            embeddings=vectors[rows.start : rows.stop],
            metadatas=[{"row": row} for row in rows],
        )
    client.close()


class ChromaPassages:
    """Reads one collection."""

    def __init__(self, path: Path) -> None:
        self._client = _client(path)
        self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        self._size = int(self._collection.count())

    def __len__(self) -> int:
        return self._size

    def nearest(self, vector: Vectors, limit: int) -> NDArray[np.int32]:
        """Return rows of at most `limit` passages, closest first."""
        if not self._size or limit < 1:
            return np.zeros(0, dtype=np.int32)
        # Documents are not stored: a wrapper that drops results without one cannot lose any.
        found = self._collection.query(
            query_embeddings=[vector.tolist()],
            n_results=min(limit, self._size),
            include=["metadatas"],
        )
        metadatas = found["metadatas"] or [[]]
        return np.array([int(str(row["row"])) for row in metadatas[0]], dtype=np.int32)

    def close(self) -> None:
        """Release the files."""
        self._client.close()


def _client(path: Path) -> Client:
    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    client = chromadb.PersistentClient(path=str(path), settings=settings)
    return cast("Client", client)  # its declared type lacks close()

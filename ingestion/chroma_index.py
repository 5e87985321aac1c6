"""Passage vectors in Chroma, embedded or on a server (the only home of chromadb)."""

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError

from ingestion.embedding import Vectors
from ingestion.errors import VectorDatabaseError

COLLECTION = "passages"
BATCH = 5_000
ASKED_AT_ONCE = 500
# Measured on 10,000 clustered vectors of 384 components: recall@20 .989 against .841 with Chroma's
# defaults (16, 100, 100), for 0.3 ms more a query and 0.08 ms more a passage written.
GRAPH = CreateHNSWConfiguration(
    space="cosine", max_neighbors=32, ef_construction=200, ef_search=200
)


class EmbeddedChroma:
    """A database of its own inside each version's folder."""

    def write(self, folder: Path, version: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Write the collection of a new version; see `Collections`."""
        try:
            with _closing(_embedded(folder / "chroma")) as client:
                _fill(client, COLLECTION, ids, vectors)
        # A full disk is reported by Chroma in classes of its own; the caller names the folder.
        except ChromaError as error:
            reason = f"Chroma cannot write the vectors ({_short(error)})"
            raise OSError(None, reason) from error

    def open(self, folder: Path, version: str) -> "ChromaPassages":
        """Open the collection of a version; see `Collections`."""
        return ChromaPassages(_embedded(folder / "chroma"), COLLECTION)

    def remove(self, version: str) -> None:
        """Do nothing: the collection goes with the version's folder."""


class ChromaServer:
    """One collection for each version on a Chroma server that several machines share."""

    def __init__(self, url: str) -> None:
        self._url = url

    def write(self, folder: Path, version: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Write the collection of a new version; see `Collections`."""
        name = _name_on_server(version)
        with self._asking():
            client = _served(self._url)
            # What a build that was killed left behind.
            if any(collection.name == name for collection in client.list_collections()):
                client.delete_collection(name)
            _fill(client, name, ids, vectors)

    def open(self, folder: Path, version: str) -> "ChromaPassages":
        """Open the collection of a version; see `Collections`."""
        with self._asking():
            return ChromaPassages(_served(self._url), _name_on_server(version), shared=True)

    def remove(self, version: str) -> None:
        """Delete the collection of a version; see `Collections`."""
        with self._asking(), suppress(NotFoundError):
            _served(self._url).delete_collection(_name_on_server(version))

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        # The client raises ValueError, its own errors and those of httpx.
        except Exception as error:
            raise VectorDatabaseError(url=self._url, reason=_short(error)) from error


class ChromaPassages:
    """Reads one collection."""

    def __init__(self, client: Client, name: str, *, shared: bool = False) -> None:
        self._client = client
        self._shared = shared
        try:
            self._collection = client.get_collection(name, embedding_function=None)
            self._size = int(self._collection.count())
        except Exception:
            self.close()
            raise

    def __len__(self) -> int:
        return self._size

    def ids(self) -> set[str]:
        """Return the ids of all stored passages."""
        found: set[str] = set()
        for page in range(math.ceil(self._size / BATCH)):
            found.update(self._collection.get(limit=BATCH, offset=page * BATCH, include=[])["ids"])
        return found

    def nearest(self, vectors: Vectors, limit: int) -> list[list[str]]:
        """Return for each vector the ids of at most `limit` passages, closest first."""
        most = min(limit, self._size)
        found: list[list[str]] = [] if most > 0 else [[] for _ in vectors]
        for start in range(0, len(vectors) if most > 0 else 0, ASKED_AT_ONCE):
            # Ids only: half the time of a query that brings metadata along.
            found += self._collection.query(
                query_embeddings=np.asarray(vectors[start : start + ASKED_AT_ONCE]),
                n_results=most,
                include=[],
            )["ids"]
        return found

    def close(self) -> None:
        """Release files; the connection to a server is shared and stays."""
        if not self._shared:
            self._client.close()


def _fill(client: Client, name: str, ids: Sequence[str], vectors: Vectors) -> None:
    collection = client.create_collection(
        name, configuration={"hnsw": GRAPH}, embedding_function=None
    )
    for start in range(0, len(ids), BATCH):
        rows = range(start, min(start + BATCH, len(ids)))
        collection.add(
            ids=[ids[row] for row in rows],
            embeddings=np.asarray(vectors[rows.start : rows.stop]),
        )


@contextmanager
def _closing(client: Client) -> Iterator[Client]:
    try:
        yield client
    finally:
        client.close()


def _embedded(path: Path) -> Client:
    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    client = chromadb.PersistentClient(path=str(path), settings=settings)
    return cast("Client", client)  # its declared type lacks close()


@cache
def _served(url: str) -> Client:
    """Return the one connection of this process to a server: its client never closes its own."""
    parts = urlsplit(url)
    client = chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or (443 if parts.scheme == "https" else 8000),
        ssl=parts.scheme == "https",
        settings=Settings(anonymized_telemetry=False),
    )
    return cast("Client", client)  # its declared type lacks close()


def _name_on_server(version: str) -> str:
    """Return a name that Chroma allows: 3 to 512 of [a-zA-Z0-9._-]."""
    return "enquiry-" + re.sub(r"[^a-zA-Z0-9._-]", "-", version)


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:200] or type(error).__name__

"""Embed a text of an enquiry once, although the guardrails and the search both read it."""

import hashlib
import threading
from collections.abc import Sequence

import numpy as np

from ingestion.embedding import Embedder, Vectors

# Enquiries between their check and their search at one moment; more only embed again.
MOST_KEPT = 64


class SharedVectors:
    """An embedder whose vectors are handed on, once.

    What the guardrails embed is kept until the search asks for it, and forgotten then. Only
    digests and vectors are kept, never a text. An embedder gives a text the same vector every
    time, so that answers are the same whether or not something was kept.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[bytes, Vectors] = {}
        self._lock = threading.Lock()
        self.name = embedder.name
        self.dimension = embedder.dimension

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages; see `Embedder`."""
        return self._embedder.embed_passages(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions, taking over what was kept; see `Embedder`."""
        taken = [self._take(text) for text in texts]
        missing = [text for text, vector in zip(texts, taken, strict=True) if vector is None]
        found = iter(self._embedder.embed_queries(missing))
        rows = [next(found) if vector is None else vector for vector in taken]
        return np.array(rows, dtype=np.float32).reshape(-1, self.dimension)

    def embed_and_keep(self, texts: Sequence[str]) -> Vectors:
        """Embed questions and keep their vectors for the search."""
        vectors = self._embedder.embed_queries(texts)
        with self._lock:
            for text, vector in zip(texts, vectors, strict=True):
                self._kept[_digest(text)] = vector
            for oldest in list(self._kept)[:-MOST_KEPT]:
                del self._kept[oldest]
        return vectors

    def _take(self, text: str) -> Vectors | None:
        with self._lock:
            return self._kept.pop(_digest(text), None)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

"""What the index needs from an embedding model, whichever library provides it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns text into unit-length vectors of a fixed dimension."""

    @property
    def name(self) -> str:
        """Model name and revision, as recorded in the index manifest."""
        ...

    @property
    def dimension(self) -> int:
        """Number of components in every vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32 vectors of shape (len(texts), dimension), unit length, in order."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 vectors of shape (len(texts), dimension), unit length, in order."""
        ...

"""One index version, opened for reading: implements the PassageIndex port."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingestion.collections import Collection
from ingestion.document import PageDetails
from ingestion.embedding import Vectors
from ingestion.lexical_index import LexicalIndex
from ingestion.manifest import Manifest
from ingestion.passage import Passage, Unit
from ingestion.passage_index import LexicalField


class OpenedIndex:
    """Reads a version directory; vectors stay memory-mapped."""

    def __init__(
        self,
        directory: Path,
        manifest: Manifest,
        passages: Sequence[Passage],
        collection: Collection,
    ) -> None:
        self.manifest = manifest
        self.passages = tuple(passages)
        self.units: tuple[Unit, ...] = tuple(unit for p in self.passages for unit in p.units)
        rows = {p.page.url: None for p in self.passages}
        number_of = {url: row for row, url in enumerate(rows)}
        details = {p.page.url: p.page for p in self.passages}
        self.pages: tuple[PageDetails, ...] = tuple(details[url] for url in number_of)
        self.page_of_passage: NDArray[np.int32] = np.array(
            [number_of[p.page.url] for p in self.passages], dtype=np.int32
        )
        self.passage_of_unit: NDArray[np.int32] = np.repeat(
            np.arange(len(self.passages), dtype=np.int32), [len(p.units) for p in self.passages]
        )
        self.passage_vectors: Vectors = _mapped(directory / "passage_vectors.npy")
        self.unit_vectors: Vectors = _mapped(directory / "unit_vectors.npy")
        self.title_vectors: Vectors = _mapped(directory / "title_vectors.npy")
        self._lexical = LexicalIndex(directory / "lexical")
        self._collection = collection
        self._row_of = {p.passage_id: row for row, p in enumerate(self.passages)}

    @property
    def stored_vectors(self) -> int:
        """Number of vectors in the vector database."""
        return len(self._collection)

    def stored_ids(self) -> set[str]:
        """Ids of the passages in the vector database."""
        return self._collection.ids()

    def nearest_of_each(self, vectors: Vectors) -> NDArray[np.int32]:
        """Return for each vector of shape (n, dimension) the row of the closest passage."""
        return np.array(
            [rows[0] if rows.size else -1 for rows in self.nearest_passages(vectors, 1)], np.int32
        )

    def nearest_passages(self, vectors: Vectors, limit: int) -> list[NDArray[np.int32]]:
        """Return rows of the closest passages of each vector; see `PassageIndex`."""
        return [
            # What the vector database holds by mistake is for the audit, not for citizens.
            np.array([self._row_of[i] for i in ids if i in self._row_of], dtype=np.int32)
            for ids in self._collection.nearest(vectors, limit)
        ]

    def lexical_scores(self, words: Iterable[str], field: LexicalField) -> NDArray[np.float32]:
        """Return BM25 scores of every row of a field; see `PassageIndex`."""
        return self._lexical.scores(words, field)

    def holding(
        self, words: Iterable[str], field: LexicalField, rows: NDArray[np.int32]
    ) -> NDArray[np.bool_]:
        """Return which rows of a field hold which words; see `PassageIndex`."""
        return self._lexical.holding(words, field, rows)

    @property
    def largest_weight(self) -> float:
        """Weight of a word that no passage holds; see `PassageIndex`."""
        return self._lexical.largest_weight

    def well_spelt(self, text: str) -> str:
        """Return a text without slips; see `PassageIndex`."""
        return self._lexical.well_spelt(text)

    def word_weights(self, text: str) -> dict[str, float]:
        """Return content words with their weights; see `PassageIndex`."""
        return self._lexical.word_weights(text)

    def close(self) -> None:
        """Release files."""
        self._collection.close()


def _mapped(path: Path) -> Vectors:
    # As a plain array: `memmap` pays for its class again with every slice.
    return np.asarray(np.load(path, mmap_mode="r"))

"""What the bot needs from an opened index version, whichever libraries provide it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingestion.document import PageDetails
from ingestion.embedding import Vectors
from ingestion.manifest import Manifest
from ingestion.passage import Passage, Unit


class LexicalField(StrEnum):
    """The text a lexical score is computed over."""

    PASSAGE = "passage"
    PAGE = "page"
    TITLE = "title"
    UNIT = "unit"


class PassageIndex(Protocol):
    """One immutable index version, opened for reading; safe to share between threads.

    Rows are positions: row `i` of `passages` has row `i` of `passage_vectors`, and so on.
    Pages are in order of first passage, passages in page order, units in passage order.
    """

    @property
    def manifest(self) -> Manifest:
        """What the version was built with."""
        ...

    @property
    def pages(self) -> Sequence[PageDetails]:
        """Every page."""
        ...

    @property
    def passages(self) -> Sequence[Passage]:
        """Every passage."""
        ...

    @property
    def units(self) -> Sequence[Unit]:
        """Every unit."""
        ...

    @property
    def page_of_passage(self) -> NDArray[np.int32]:
        """Row of each passage's page, shape (passages,), ascending."""
        ...

    @property
    def passage_of_unit(self) -> NDArray[np.int32]:
        """Row of each unit's passage, shape (units,), ascending."""
        ...

    @property
    def passage_vectors(self) -> Vectors:
        """Shape (passages, dimension), unit length; memory-mapped."""
        ...

    @property
    def unit_vectors(self) -> Vectors:
        """Shape (units, dimension), unit length; memory-mapped."""
        ...

    @property
    def title_vectors(self) -> Vectors:
        """Vectors of page titles, shape (pages, dimension), unit length."""
        ...

    def nearest_passages(self, vectors: Vectors, limit: int) -> list[NDArray[np.int32]]:
        """Return for each vector rows of at most `limit` passages, closest first.

        Approximate: the exact similarity is `passage_vectors[row] @ vector`.

        Args:
            vectors: Shape (n, dimension), unit length.
            limit: Most rows for each vector.
        """
        ...

    def lexical_scores(self, words: Iterable[str], field: LexicalField) -> NDArray[np.float32]:
        """Return BM25 scores of every row of a field; 0 where no word matches.

        Args:
            words: As `word_weights` gives them: each counts once.
            field: What the rows are rows of.
        """
        ...

    def holding(
        self, words: Iterable[str], field: LexicalField, rows: NDArray[np.int32]
    ) -> NDArray[np.bool_]:
        """Return which of some rows of a field hold which words, shape (words, rows).

        Unlike a score this knows only whether a word is there.

        Args:
            words: As `word_weights` gives them, in the order of the result.
            field: What the rows are rows of.
            rows: The rows to look at, in the order of the result.
        """
        ...

    @property
    def largest_weight(self) -> float:
        """The weight of a word that no passage holds: more than any other word has."""
        ...

    def word_weights(self, text: str) -> dict[str, float]:
        """Return the stemmed content words of a text with their inverse document frequency.

        Misspelt words are read as the words of the index they were meant to be. In a fixed order,
        so that sums of their scores are the same to the last bit.

        Frequencies are over passages. A word that is in no passage has the largest weight the
        index can give, so that "how much of this question does the index know" can be computed.
        """
        ...

    def well_spelt(self, text: str) -> str:
        """Return an English text with misspelt words as the index writes them, in lower case."""
        ...

    def close(self) -> None:
        """Release files and connections; the index must not be used afterwards."""
        ...

"""Questions with the passages that answer them and passages that only look as if they did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.evidence_metrics import same_words
from eval.question_set import Item
from ingestion.embedding import Embedder, Vectors
from ingestion.passage_index import PassageIndex

HARD_NEGATIVES = 5
_AT_ONCE = 64

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One question to learn from.

    Attributes:
        question: What the citizen wrote, all messages of a conversation together.
        right: Rows of the passages that hold a quotation that answers; where none is known, the
            passage of a right page that the untrained model likes best.
        wrong: Rows of the passages of other pages that the untrained model likes best.
        pages: Numbers of the right pages.
    """

    question: str
    right: tuple[int, ...]
    wrong: tuple[int, ...]
    pages: frozenset[int]


def question_of(item: Item) -> str:
    """Return the citizen's messages of an item, as one text."""
    return " ".join(turn.content for turn in item.turns if turn.role == "user")


def page_numbers(index: PassageIndex) -> Mapping[str, int]:
    """Return the number of each page by its address."""
    return {page.url: number for number, page in enumerate(index.pages)}


def lessons_of(items: Sequence[Item], index: PassageIndex, embedder: Embedder) -> list[Lesson]:
    """Return a lesson for each item with a right page in the index.

    Args:
        items: Questions with right pages, and quotations where known.
        index: The index to take passages from.
        embedder: The model that built it, untrained.
    """
    numbers = page_numbers(index)
    known = [
        (item, pages)
        for item in items
        if (pages := frozenset(numbers[url] for url in item.pages if url in numbers))
    ]
    lessons = []
    for start in range(0, len(known), _AT_ONCE):
        part = known[start : start + _AT_ONCE]
        vectors = embedder.embed_queries([question_of(item) for item, _ in part])
        likes = vectors @ np.asarray(index.passage_vectors, dtype=np.float32).T
        lessons += [
            _lesson(item, pages, index, scores)
            for (item, pages), scores in zip(part, likes, strict=True)
        ]
    return lessons


def _lesson(item: Item, pages: frozenset[int], index: PassageIndex, scores: Vectors) -> Lesson:
    of_page = np.asarray(index.page_of_passage)
    on_right_page = np.isin(of_page, list(pages))
    candidates = np.flatnonzero(on_right_page)
    quoted = tuple(int(row) for row in candidates if _holds_any(index, int(row), item.quotes))
    best = int(candidates[np.argmax(scores[candidates])])
    elsewhere = np.where(on_right_page, -np.inf, scores)
    wrong = np.argsort(-elsewhere, kind="stable")[:HARD_NEGATIVES]
    wrong = wrong[np.isfinite(elsewhere[wrong])]
    return Lesson(question_of(item), quoted or (best,), tuple(map(int, wrong)), pages)


def _holds_any(index: PassageIndex, row: int, quotes: Sequence[str]) -> bool:
    units = index.passages[row].units
    return any(same_words(unit.text, quote) for unit in units for quote in quotes)

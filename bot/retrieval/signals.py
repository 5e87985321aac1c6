"""Lexical and vector signals of candidate pages and units.

Dense signals are cosine similarities in [-1, 1]. Lexical signals are BM25 scores divided by the
largest score any row could reach for the same words (the sum of their inverse document
frequencies), so they lie in [0, 1] and read as "the share of the question this text holds".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.lexical_signals import (
    AskedWords,
    asked_words,
    lexical_shares,
    rarest_missed,
    share_held,
    shares_with_title,
)
from bot.retrieval.query import Query
from bot.retrieval.wanted import asks_amount, asks_time, holds_amount, holds_time
from ingestion.embedding import Vectors
from ingestion.passage import Unit, UnitKind
from ingestion.passage_index import LexicalField, PassageIndex

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]

_LISTED = (UnitKind.LIST_ITEM, UnitKind.STEP)
FORMS = ("question", "both")
PAGE_SIGNALS = tuple(
    f"{measure}.{form}"
    for measure in (
        "dense_passage",
        "dense_unit",
        "dense_title",
        "bm25_passage",
        "bm25_page",
        "bm25_title",
    )
    for form in FORMS
)
COVERAGE_SIGNALS = tuple(
    f"{measure}.{form}"
    for form in ("question", "both")
    for measure in ("held_by_page", "rarest_missed_by_page", "held_by_passage")
)
UNIT_SIGNALS = (
    *(
        f"{measure}.{form}"
        for measure in ("dense_unit", "dense_passage", "held_with_title", "bm25_passage")
        for form in FORMS
    ),
    "page_gap",
    "page_share",
    "is_list_item",
    "is_table_row",
    "log_words",
    "opens_passage",
    "amount_wanted",
    "time_wanted",
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows under consideration, with the per-row scores that page and unit signals share.

    Attributes:
        pages: Page rows, ascending.
        passages: Passage rows of those pages, ascending.
        units: Unit rows of those pages, ascending.
        page_signals: Shape (pages, page signals).
        page_coverage: Shape (pages, coverage signals).
        dense_passage: Cosine per form, shape (passages, 2).
        dense_unit: Cosine per form, shape (units, 2).
        bm25_passage: Share per form, shape (passages, 2).
        asked: The words of the query, read once.
    """

    pages: Rows
    passages: Rows
    units: Rows
    page_signals: Floats
    page_coverage: Floats
    dense_passage: Floats
    dense_unit: Floats
    bm25_passage: Floats
    asked: AskedWords


def gather(query: Query, vectors: Vectors, index: PassageIndex, *, limit: int) -> Candidates:
    """Collect candidate pages from every retriever and compute their signals.

    Args:
        query: What is searched for.
        vectors: Its forms embedded, shape (2, dimension).
        index: The opened index version.
        limit: Passages to take from each retriever and form.
    """
    asked = asked_words(query, index)
    shares = lexical_shares(asked, index, LexicalField.PASSAGE)
    found = index.nearest_passages(_distinct(vectors), limit)
    found += [_best_rows(column, limit) for column in shares.T]
    pages = np.unique(index.page_of_passage[np.unique(np.concatenate(found))])
    passages = rows_within(index.page_of_passage, pages)
    units = rows_within(index.passage_of_unit, passages)
    page_of_passage = np.searchsorted(pages, index.page_of_passage[passages])
    page_of_unit = page_of_passage[np.searchsorted(passages, index.passage_of_unit[units])]
    dense_passage = index.passage_vectors[passages] @ vectors.T
    dense_unit = index.unit_vectors[units] @ vectors.T
    bm25_passage = shares[passages]
    signals = [
        _best_per_page(dense_passage, page_of_passage, len(pages)),
        _best_per_page(dense_unit, page_of_unit, len(pages)),
        index.title_vectors[pages] @ vectors.T,
        _best_per_page(bm25_passage, page_of_passage, len(pages)),
        lexical_shares(asked, index, LexicalField.PAGE, pages),
        lexical_shares(asked, index, LexicalField.TITLE, pages),
    ]
    return Candidates(
        pages=pages,
        passages=passages,
        units=units,
        page_signals=np.concatenate(signals, axis=1, dtype=np.float32),
        page_coverage=_coverage(asked, index, pages, passages, page_of_passage),
        dense_passage=dense_passage,
        dense_unit=dense_unit,
        bm25_passage=bm25_passage,
        asked=asked,
    )


def _coverage(
    asked: AskedWords,
    index: PassageIndex,
    pages: Rows,
    passages: Rows,
    page_of_passage: NDArray[np.intp],
) -> Floats:
    columns = []
    for weights in (form[0] for form in asked):
        by_page = index.holding(weights, LexicalField.PAGE, pages)
        by_passage = share_held(weights, index.holding(weights, LexicalField.PASSAGE, passages))
        columns += [
            share_held(weights, by_page),
            rarest_missed(weights, by_page) / np.float32(index.largest_weight),
            _best_per_page(by_passage[:, None], page_of_passage, len(pages))[:, 0],
        ]
    return np.stack(columns, axis=1)


def unit_signals(
    query: Query, found: Candidates, index: PassageIndex, rows: Rows, page_scores: Floats
) -> Floats:
    """Compute the signals of some candidate units.

    Args:
        query: What is searched for.
        found: The candidates the rows come from.
        index: The opened index version.
        rows: Unit rows, a subset of `found.units`.
        page_scores: Fused score of each row's page, shape (rows,).

    Returns:
        Shape (rows, unit signals).
    """
    in_units = np.searchsorted(found.units, rows)
    passages = index.passage_of_unit[rows]
    in_passages = np.searchsorted(found.passages, passages)
    gap = page_scores - page_scores.max()
    units = [index.units[row] for row in rows]
    opens = (rows == 0) | (passages != index.passage_of_unit[rows - 1])
    columns = [
        found.dense_unit[in_units],
        found.dense_passage[in_passages],
        shares_with_title(found.asked, index, rows, index.page_of_passage[passages]),
        found.bm25_passage[in_passages],
        gap[:, None],
        np.log1p(np.exp(gap))[:, None],
        np.array(
            [[unit.kind is UnitKind.LIST_ITEM or unit.kind is UnitKind.STEP] for unit in units]
        ),
        np.array([[unit.kind is UnitKind.TABLE_ROW] for unit in units]),
        np.log1p([[unit.text.count(" ") + 1] for unit in units]),
        opens[:, None],
        _holding(units, holds_amount, wanted=asks_amount(query.question)),
        _holding(units, holds_time, wanted=asks_time(query.question)),
    ]
    return np.concatenate(columns, axis=1, dtype=np.float32)


def _distinct(vectors: Vectors) -> Vectors:
    """Return the vectors without repetition: a question without a story is one text."""
    rows = [v for n, v in enumerate(vectors) if not any(np.array_equal(v, w) for w in vectors[:n])]
    return np.stack(rows)


def rows_within(parent_of_row: Rows, parents: Rows) -> Rows:
    """Return the rows whose parent is one of `parents`; both arguments ascending."""
    starts = np.searchsorted(parent_of_row, parents, side="left")
    ends = np.searchsorted(parent_of_row, parents, side="right")
    lengths = ends - starts
    offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    rows: Rows = (np.repeat(starts, lengths) + offsets).astype(np.int32)
    return rows


def _holding(units: Sequence[Unit], holds: Callable[[str], bool], *, wanted: bool) -> Floats:
    """Return a column of 1 where a wanted thing is held, -1 where it is not, 0 if not wanted."""
    if not wanted:
        return np.zeros((len(units), 1), dtype=np.float32)
    return np.array([[1.0 if holds(unit.text) else -1.0] for unit in units], dtype=np.float32)


def _best_rows(scores: Floats, limit: int) -> Rows:
    if len(scores) <= limit:
        return np.flatnonzero(scores).astype(np.int32)
    best = np.argpartition(-scores, limit)[:limit]
    return np.asarray(best[scores[best] > 0], dtype=np.int32)


def _best_per_page(scores: Floats, page: NDArray[np.intp], pages: int) -> Floats:
    best = np.full((pages, scores.shape[1]), -1.0, dtype=np.float32)
    np.maximum.at(best, page, scores)
    return best

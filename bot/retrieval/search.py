"""From a query to ranked evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.calibration import Calibration
from bot.retrieval.confidence import confidence, confidence_signals
from bot.retrieval.evidence import Evidence, PageCandidate, UnitCandidate
from bot.retrieval.fusion import fuse
from bot.retrieval.query import Query
from bot.retrieval.signals import (
    PAGE_SIGNALS,
    UNIT_SIGNALS,
    Candidates,
    gather,
    rows_within,
    unit_signals,
)
from bot.retrieval.suitability import demotion, for_another_nation
from ingestion.embedding import Vectors
from ingestion.passage_index import PassageIndex

NO_EVIDENCE = Evidence(
    pages=(), units=(), confidence=0.0, service_confidence=0.0, confidence_signals={}
)


@dataclass(frozen=True, slots=True)
class Depth:
    """How far retrieval looks.

    Attributes:
        passages_per_retriever: Passages taken from each retriever for each form of the query.
        pages_quoted: Best pages whose units are scored.
    """

    passages_per_retriever: int = 100
    pages_quoted: int = 8


def find_evidence(
    query: Query,
    vectors: Vectors,
    index: PassageIndex,
    calibration: Calibration,
    *,
    today: date,
    depth: Depth = Depth(),  # frozen, so a shared default is safe
) -> Evidence:
    """Return candidate pages and units with a calibrated confidence.

    Args:
        query: What is searched for.
        vectors: Its two forms embedded, shape (2, dimension).
        index: The opened index version.
        calibration: Fitted weights.
        today: For validity; passed in so that answers can be replayed.
        depth: How far to look.

    Returns:
        Pages and units by falling score; empty when the index holds nothing that can be searched.
    """
    if not index.passages:
        return NO_EVIDENCE
    found = gather(query, vectors, index, limit=depth.passages_per_retriever)
    every = _rank_pages(query, found, index, calibration, today)
    pages = tuple(page for page in every if _is_of(query.publisher, page, index))
    others = tuple(page for page in every if not _is_of(query.publisher, page, index))
    if not pages:
        return replace(NO_EVIDENCE, of_others=others)
    values = confidence_signals(pages)
    without_nations = confidence_signals(_rivals(pages, index))
    units = _rank_units(query, found, index, calibration, pages[: depth.pages_quoted])
    return Evidence(
        pages=pages,
        units=units,
        confidence=confidence(values, calibration.confidence_weights),
        service_confidence=confidence(without_nations, calibration.confidence_weights),
        confidence_signals=values,
        of_others=others,
    )


def _is_of(publisher: str, page: PageCandidate, index: PassageIndex) -> bool:
    return not publisher or index.pages[page.row].publisher == publisher


def _rank_pages(
    query: Query,
    found: Candidates,
    index: PassageIndex,
    calibration: Calibration,
    today: date,
) -> tuple[PageCandidate, ...]:
    scores = fuse(found.page_signals, PAGE_SIGNALS, calibration.page_weights)
    candidates = []
    rows = zip(found.pages, scores, found.page_signals, found.page_coverage, strict=True)
    for row, score, signals, coverage in rows:
        page = index.pages[row]
        off = demotion(page, query, today)
        candidates.append(PageCandidate(int(row), float(score) - off, signals, off, coverage))
    return tuple(sorted(candidates, key=lambda page: (-page.score, page.row)))


def _rivals(pages: Sequence[PageCandidate], index: PassageIndex) -> list[PageCandidate]:
    """Return the best page and its rivals: not the same service in other nations."""
    best = index.pages[pages[0].row].nation
    return [page for page in pages if not for_another_nation(index.pages[page.row].nation, best)]


def _rank_units(
    query: Query,
    found: Candidates,
    index: PassageIndex,
    calibration: Calibration,
    pages: Sequence[PageCandidate],
) -> tuple[UnitCandidate, ...]:
    score_of_page = {page.row: page.score for page in pages}
    chosen = np.array(sorted(score_of_page), dtype=np.int32)
    rows = rows_within(index.passage_of_unit, rows_within(index.page_of_passage, chosen))
    page_rows = index.page_of_passage[index.passage_of_unit[rows]]
    page_scores = np.array([score_of_page[int(row)] for row in page_rows], dtype=np.float32)
    signals = unit_signals(query, found, index, rows, page_scores)
    scores = fuse(signals, UNIT_SIGNALS, calibration.unit_weights)
    order: NDArray[np.intp] = np.lexsort((rows, -scores))
    return tuple(
        UnitCandidate(
            row=int(rows[i]),
            passage=int(index.passage_of_unit[rows[i]]),
            page=int(page_rows[i]),
            score=float(scores[i]),
            signals=signals[i],
        )
        for i in order
    )

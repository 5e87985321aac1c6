"""Pages on the same thing for another nation, each with its own name.

"Eviction notices in England" and "Renting a home in Wales" have no likeness of names, and a section
of the second answers who lives in Wales and asks how much notice a landlord must give.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from bot.replying.elsewhere import SAME_SERVICE, elsewhere, shares_of_asked
from bot.retrieval import Calibration, Evidence, PageCandidate, Query
from bot.retrieval.confidence import confidence, confidence_signals
from bot.retrieval.suitability import (
    OTHER_NATION,
    SAME_SUBJECT,
    applies_to,
    for_another_nation,
)
from ingestion.passage_index import PassageIndex

# Share of the question's words, by weight, that a counterpart must hold. On 75 questions about a
# nation without guidance no page as like by title held more than .49 (2026-11).
HELD = 0.5


def counterparts(
    query: Query, page: PageCandidate, among: Sequence[PageCandidate], index: PassageIndex
) -> list[PageCandidate]:
    """Return pages on the same subject as one, for none of its nations, that hold what is asked.

    Args:
        query: What was searched for.
        page: The page whose counterparts are wanted.
        among: The pages to look through.
        index: The opened index version.
    """
    nation, titles = index.pages[page.row].nation, index.title_vectors
    like = [
        other
        for other in among
        if for_another_nation(index.pages[other.row].nation, nation)
        and float(titles[other.row] @ titles[page.row]) >= SAME_SUBJECT
    ]
    shares = shares_of_asked(query, like, index)
    return [other for other, share in zip(like, shares, strict=True) if share >= HELD]


def surely_answering(
    query: Query,
    among: Sequence[PageCandidate],
    evidence: Evidence,
    index: PassageIndex,
    calibration: Calibration,
) -> list[PageCandidate]:
    """Return counterparts with another name that answer the question for their own nations.

    Those with a name like the best page's are told from it by their scores.

    Args:
        query: What was searched for.
        among: The pages to look through.
        evidence: What retrieval found: the best page, and what each is sure in comparison with.
        index: The opened index version.
        calibration: Fitted weights and thresholds.
    """
    best, titles = evidence.pages[0], index.title_vectors
    return [
        other
        for other in counterparts(query, best, among, index)
        if float(titles[other.row] @ titles[best.row]) < SAME_SERVICE
        and confidence(_signals_of(other, evidence, index), calibration.confidence_weights)
        >= calibration.answer_threshold
    ]


def for_the_citizens_nation(
    query: Query, evidence: Evidence, index: PassageIndex, calibration: Calibration
) -> Evidence:
    """Return evidence led by the page of the citizen's nation, where others have another one.

    Unchanged where no page of other nations fits far better, or where none stands for it.

    Args:
        query: What was searched for.
        evidence: What retrieval found.
        index: The opened index version.
        calibration: Fitted thresholds.
    """
    nation, page = query.nation, elsewhere(query, evidence, index)
    if nation is None or page is None:
        return evidence
    found = counterparts(query, page, evidence.pages, index)
    own = next((other for other in found if applies_to(index.pages[other.row], nation)), None)
    if own is None:
        return evidence
    values = _signals_of(own, evidence, index)
    sure = confidence(values, calibration.confidence_weights)
    if _is_the_same(query, own, page, index):
        sure = max(sure, calibration.partial_threshold)
    units = tuple(unit for unit in evidence.units if unit.page == own.row)
    if not units or sure < calibration.partial_threshold:
        return evidence
    # It stands for the other page, so it counts as much.
    leading = replace(own, score=max(own.score, page.score + OTHER_NATION))
    return replace(
        evidence,
        pages=(leading, *(other for other in evidence.pages if other is not own)),
        units=units,
        confidence=sure,
        service_confidence=sure,
        confidence_signals=values,
    )


def _is_the_same(
    query: Query, page: PageCandidate, other: PageCandidate, index: PassageIndex
) -> bool:
    """Whether a page is the same service in another nation and holds everything that was asked."""
    likeness = float(index.title_vectors[page.row] @ index.title_vectors[other.row])
    (share,) = shares_of_asked(query, (page,), index)
    return likeness >= SAME_SERVICE and math.isclose(share, 1.0, rel_tol=1e-6)


def _signals_of(page: PageCandidate, evidence: Evidence, index: PassageIndex) -> dict[str, float]:
    """Return how sure it is that a page answers, by signal, among what fits its nations less."""
    nation = index.pages[page.row].nation
    behind = (
        other
        for other in evidence.pages
        if other.score < page.score
        and not for_another_nation(index.pages[other.row].nation, nation)
    )
    return confidence_signals([page, *behind])

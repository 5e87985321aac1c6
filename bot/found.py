"""What retrieval found, as evaluation and explanation read it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from bot.answer import Found, RankedPage, RankedUnit
from bot.retrieval import Evidence, PageCandidate, Query
from bot.retrieval.signals import PAGE_SIGNALS, UNIT_SIGNALS
from bot.retrieval.suitability import demotions
from ingestion.passage_index import PassageIndex


def found_of(query: Query, evidence: Evidence, index: PassageIndex, today: date) -> Found:
    """Return the candidates of an enquiry with the signals that ranked them."""
    return Found(
        list_pages=partial(_pages, evidence.pages, evidence, index),
        list_units=partial(_units, evidence, index),
        page_signals=PAGE_SIGNALS,
        unit_signals=UNIT_SIGNALS,
        confidence=evidence.confidence,
        confidence_signals=evidence.confidence_signals,
        list_left_out=partial(_left_out, evidence, index),
        list_reasons=partial(_reasons, query, evidence, index, today),
    )


def _left_out(evidence: Evidence, index: PassageIndex) -> tuple[RankedPage, ...]:
    return _pages((*evidence.copies, *evidence.of_others), evidence, index)


def _reasons(
    query: Query, evidence: Evidence, index: PassageIndex, today: date
) -> dict[str, dict[str, float]]:
    pages = (index.pages[p.row] for p in (*evidence.pages, *evidence.copies, *evidence.of_others))
    return {
        page.url: {reason: by for reason, by in demotions(page, query, today).items() if by}
        for page in pages
    }


def _pages(
    pages: Sequence[PageCandidate], evidence: Evidence, index: PassageIndex
) -> tuple[RankedPage, ...]:
    others = {page.row for page in evidence.of_others}

    def why(row: int) -> str:
        if row in evidence.copy_of:
            return f"copy of {index.pages[evidence.copy_of[row]].url}"
        return f"other publisher: {index.pages[row].publisher}" if row in others else ""

    return tuple(
        RankedPage(
            index.pages[page.row].url,
            page.score,
            tuple(map(float, page.signals)),
            tuple(map(float, page.coverage)),
            page.demotion,
            why(page.row),
        )
        for page in pages
    )


def _units(evidence: Evidence, index: PassageIndex) -> tuple[RankedUnit, ...]:
    return tuple(
        RankedUnit(
            page_url=index.pages[unit.page].url,
            passage_id=index.passages[unit.passage].passage_id,
            text=index.units[unit.row].text,
            score=unit.score,
            signals=tuple(map(float, unit.signals)),
        )
        for unit in evidence.units
    )

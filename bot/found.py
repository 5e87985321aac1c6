"""What retrieval found, as evaluation and explanation read it."""

from functools import partial

from bot.answer import Found, RankedPage, RankedUnit
from bot.retrieval import Evidence
from bot.retrieval.signals import PAGE_SIGNALS, UNIT_SIGNALS
from ingestion.passage_index import PassageIndex


def found_of(evidence: Evidence, index: PassageIndex) -> Found:
    """Return the candidates of an enquiry with the signals that ranked them."""
    return Found(
        list_pages=partial(_pages, evidence, index),
        list_units=partial(_units, evidence, index),
        page_signals=PAGE_SIGNALS,
        unit_signals=UNIT_SIGNALS,
        confidence=evidence.confidence,
        confidence_signals=evidence.confidence_signals,
    )


def _pages(evidence: Evidence, index: PassageIndex) -> tuple[RankedPage, ...]:
    return tuple(
        RankedPage(
            index.pages[page.row].url,
            page.score,
            tuple(map(float, page.signals)),
            tuple(map(float, page.coverage)),
        )
        for page in evidence.pages
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

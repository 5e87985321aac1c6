"""What retrieval saw for each question of a set, in the form the fits need."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot import Found, Services
from bot.retrieval import Calibration
from eval.evidence_metrics import same_words
from eval.question_set import Item
from eval.targets import ask_locally

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observation:
    """One question and the signals of its candidates.

    Attributes:
        item: The question.
        pages: Addresses of candidate pages, best first.
        page_signals: Shape (pages, page signals).
        page_coverage: Shape (pages, coverage signals).
        demotions: What was taken off each page for language, nation, date or type, shape
            (pages,); below 0 for a page whose service was named.
        units: Texts of candidate units, best first.
        unit_pages: Address of each unit's page.
        unit_signals: Shape (units, unit signals).
    """

    item: Item
    pages: tuple[str, ...]
    page_signals: Floats
    page_coverage: Floats
    demotions: Floats
    units: tuple[str, ...]
    unit_pages: tuple[str, ...]
    unit_signals: Floats


async def observe(
    items: Iterable[Item], services: Services, report: Callable[[int], None] | None = None
) -> list[Observation]:
    """Ask every item and return what was found; items that end before the search are left out.

    Args:
        items: Questions.
        services: The bot to observe.
        report: Called with the number done, when given.
    """
    observations = []
    for number, item in enumerate(items, start=1):
        _, found = await ask_locally(item, services)
        if found is not None and found.pages:
            observations.append(_observation(item, found, services.calibration))
        if report is not None:
            report(number)
    return observations


def right_pages(seen: Observation) -> NDArray[np.bool_]:
    """Return which candidate pages are right, shape (pages,)."""
    return np.array([url in seen.item.pages for url in seen.pages])


def right_units(seen: Observation) -> NDArray[np.bool_]:
    """Return which candidate units hold gold words on a right page, shape (units,)."""
    return np.array(
        [
            page in seen.item.pages and _is_gold(text, seen.item.quotes)
            for text, page in zip(seen.units, seen.unit_pages, strict=True)
        ]
    )


def _is_gold(text: str, quotes: Sequence[str]) -> bool:
    return any(same_words(text, quote) for quote in quotes)


def _observation(item: Item, found: Found, calibration: Calibration) -> Observation:
    signals = np.array([page.signals for page in found.pages])
    weights = np.array([calibration.page_weights[name] for name in found.page_signals])
    scores = np.array([page.score for page in found.pages])
    return Observation(
        item=item,
        pages=tuple(page.url for page in found.pages),
        page_signals=signals,
        page_coverage=np.array([page.coverage for page in found.pages]),
        demotions=(signals @ weights - scores).round(3),
        units=tuple(unit.text for unit in found.units),
        unit_pages=tuple(unit.page_url for unit in found.units),
        unit_signals=np.array([unit.signals for unit in found.units]),
    )

"""The journey of a fit: observe, fit pages, observe again, fit units and confidence.

Pages are fitted first because the units that are looked at are those of the best pages.
"""

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot import Services
from bot.retrieval import Calibration, PageCandidate
from bot.retrieval.confidence import CONFIDENCE_SIGNALS, confidence, confidence_signals
from bot.retrieval.signals import PAGE_SIGNALS, UNIT_SIGNALS
from eval.abstention_metrics import threshold_for_coverage
from eval.fitting.listwise import fit_weights, stack
from eval.fitting.logistic import fit_confidence
from eval.fitting.observations import Observation, observe, right_pages, right_units
from eval.question_set import Item

Floats = NDArray[np.float64]
ANSWER_COVERAGE = 0.70
PARTIAL_COVERAGE = 0.85


Report = Callable[[str, int, int], None]


async def fit(
    items: Sequence[Item], services: Services, report: Report | None = None
) -> Calibration:
    """Return weights and thresholds fitted on some items.

    Args:
        items: Questions with right pages, and quotations where known.
        services: The bot, with the index the questions are about.
        report: Called with stage, done and total, when given.
    """
    usable = [item for item in items if item.qrels]
    start = _starting_point(services.calibration)
    total = len(usable)
    seen = await observe(usable, with_calibration(services, start), _to(report, "pages", total))
    pages = fit_weights(stack([(s.page_signals, right_pages(s)) for s in seen]), PAGE_SIGNALS)
    better = start.model_copy(update={"page_weights": pages})
    seen = await observe(usable, with_calibration(services, better), _to(report, "units", total))
    units = fit_weights(
        stack([(s.unit_signals, right_units(s)) for s in seen if s.item.quotes]), UNIT_SIGNALS
    )
    return _with_confidence(better.model_copy(update={"unit_weights": units}), seen)


def with_calibration(services: Services, calibration: Calibration) -> Services:
    """Return the same services with other weights."""
    return dataclasses.replace(services, calibration=calibration)


def confidences(
    seen: Sequence[Observation], calibration: Calibration
) -> tuple[list[float], list[float]]:
    """Return confidences with the right pages in the index, and with them taken out."""
    weights = calibration.confidence_weights
    present = [confidence(s, weights) for s in _confidence_rows(seen, calibration, drop=False)]
    taken_out = [confidence(s, weights) for s in _confidence_rows(seen, calibration, drop=True)]
    return present, taken_out


def _with_confidence(calibration: Calibration, seen: Sequence[Observation]) -> Calibration:
    def matrix(*, drop: bool) -> Floats:
        rows = _confidence_rows(seen, calibration, drop=drop)
        return np.array([[row[name] for name in CONFIDENCE_SIGNALS] for row in rows])

    weights = fit_confidence(matrix(drop=False), matrix(drop=True), CONFIDENCE_SIGNALS)
    fitted = calibration.model_copy(update={"confidence_weights": weights})
    present, _ = confidences(seen, fitted)
    return fitted.model_copy(
        update={
            "answer_threshold": threshold_for_coverage(present, ANSWER_COVERAGE),
            "partial_threshold": threshold_for_coverage(present, PARTIAL_COVERAGE),
        }
    )


def _confidence_rows(
    seen: Sequence[Observation], calibration: Calibration, *, drop: bool
) -> list[dict[str, float]]:
    weights = np.array([calibration.page_weights[name] for name in PAGE_SIGNALS])
    rows = []
    for s in seen:
        kept = ~right_pages(s) if drop else np.ones(len(s.pages), dtype=bool)
        signals = s.page_signals[kept].astype(np.float32)
        scores = signals @ weights.astype(np.float32)
        order = np.argsort(-scores, kind="stable")
        pages = [PageCandidate(int(i), float(scores[i]), signals[i], 0.0) for i in order[:6]]
        if pages:
            rows.append(confidence_signals(pages, pages[0]))
    return rows


def _starting_point(calibration: Calibration) -> Calibration:
    """Return equal weights: the first pass only collects signals."""
    return calibration.model_copy(
        update={
            "page_weights": dict.fromkeys(PAGE_SIGNALS, 1.0),
            "unit_weights": dict.fromkeys(UNIT_SIGNALS, 1.0),
            "answer_threshold": 0.0,
            "partial_threshold": 0.0,
        }
    )


def _to(report: Report | None, stage: str, total: int) -> Callable[[int], None] | None:
    return None if report is None else lambda done: report(stage, done, total)

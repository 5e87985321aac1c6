"""The journey of a fit: observe, fit pages, observe again, fit units and confidence.

Pages are fitted first because the units that are looked at are those of the best pages.
"""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot import Services
from bot.retrieval import Calibration, PageCandidate
from bot.retrieval.calibration import RiskPoint
from bot.retrieval.confidence import CONFIDENCE_SIGNALS, confidence, confidence_signals
from bot.retrieval.signals import PAGE_SIGNALS, UNIT_SIGNALS
from eval.abstention_metrics import threshold_for_coverage
from eval.errors import FitError
from eval.fitting.listwise import fit_weights, stack
from eval.fitting.logistic import fit_confidence
from eval.fitting.observations import Observation, observe, right_pages, right_units
from eval.halves import half_of
from eval.question_set import Item

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
ANSWER_COVERAGE = 0.80
PARTIAL_COVERAGE = 0.92
RISK_THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 20))


Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Questions, and a bot whose index they are about."""

    items: tuple[Item, ...]
    services: Services


async def fit(lessons: Sequence[Lesson], report: Report | None = None) -> Calibration:
    """Return weights and thresholds fitted on one or more question sets.

    Args:
        lessons: Question sets with right pages, and quotations where known. Long stories and
            short questions look different to a confidence; fit on both kinds to serve both.
        report: Called with stage, done and total, when given.
    """
    return (await fit_and_observe(lessons, report))[0]


async def fit_and_observe(
    lessons: Sequence[Lesson], report: Report | None = None
) -> tuple[Calibration, list[list[Observation]]]:
    """Return what `fit` returns, with what was seen of each set in its last pass."""
    start = _starting_point(lessons[0].services.calibration)
    seen = [s for found in await _observe_all(lessons, start, "pages", report) for s in found]
    lists = [(s.page_signals, right_pages(s)) for s in seen]
    better = start.model_copy(update={"page_weights": fit_weights(stack(lists), PAGE_SIGNALS)})
    sets = await _observe_all(lessons, better, "units", report)
    lists = [(s.unit_signals, right_units(s)) for found in sets for s in found if s.item.quotes]
    units = fit_weights(stack(lists), UNIT_SIGNALS)
    return _with_confidence(better.model_copy(update={"unit_weights": units}), sets), sets


async def fit_on_all(lessons: Sequence[Lesson], report: Report | None = None) -> Calibration:
    """Return weights fitted on every page, with thresholds and curve of pages not fitted on.

    The pages are split in two (`eval.halves`). Each half is judged by weights of the other half;
    thresholds and `risk_coverage` are the means over both, so that they are as honest as those of
    a fit on one half while the weights learn from everything (cross-fitting; Chernozhukov et al.,
    2018, "Double/debiased machine learning").

    Args:
        lessons: Question sets, whole.
        report: Called with stage, done and total, when given.

    Raises:
        FitError: All pages of a set are in one half, so none can be left out.
    """
    fitted, sets = await fit_and_observe(lessons, report)
    judged = [pair for half in (0, 1) for pair in _judged_unseen(sets, fitted, half)]
    present = [pair[0] for pair in judged]
    return fitted.model_copy(
        update={
            "answer_threshold": _mean_threshold(present, ANSWER_COVERAGE),
            "partial_threshold": _mean_threshold(present, PARTIAL_COVERAGE),
            "risk_coverage": _curve(judged),
        }
    )


def _judged_unseen(
    sets: Sequence[Sequence[Observation]], start: Calibration, fitted_half: int
) -> list[tuple[list[float], list[float]]]:
    """Return the confidences of one half of each set under weights of the other half."""
    seen = [[s for s in found if half_of(s.item) == fitted_half] for found in sets]
    if not all(seen):
        raise FitError(reason="a question set has too few pages to leave half of them out")
    lists = [(s.page_signals, right_pages(s)) for found in seen for s in found]
    pages = start.model_copy(update={"page_weights": fit_weights(stack(lists), PAGE_SIGNALS)})
    fitted = _with_confidence(pages, seen)
    unseen = ([s for s in found if half_of(s.item) != fitted_half] for found in sets)
    return [confidences(found, fitted) for found in unseen]


async def _observe_all(
    lessons: Sequence[Lesson], calibration: Calibration, stage: str, report: Report | None
) -> list[list[Observation]]:
    sets = []
    for lesson in lessons:
        services = with_calibration(lesson.services, calibration)
        sets.append(await observe(lesson.items, services, _to(report, stage, len(lesson.items))))
    return sets


def with_calibration(services: Services, calibration: Calibration) -> Services:
    """Return the same services with other weights."""
    return dataclasses.replace(services, calibration=calibration)


def confidences(
    seen: Sequence[Observation], calibration: Calibration
) -> tuple[list[float], list[float]]:
    """Return confidences of answerable questions, and of those the index does not answer.

    The second are the same questions with their pages taken out, and the questions of the set
    that no page answers.
    """
    weights = calibration.confidence_weights
    answerable, unanswerable = confidence_rows(seen, calibration)
    return (
        [confidence(row, weights) for row in answerable],
        [confidence(row, weights) for row in unanswerable],
    )


async def risk_coverage(
    lessons: Sequence[Lesson], calibration: Calibration, report: Report | None = None
) -> tuple[RiskPoint, ...]:
    """Return what each confidence threshold gives on questions that were not fitted on.

    Args:
        lessons: Question sets; every set counts the same, however large.
        calibration: The fitted weights.
        report: Called with stage, done and total, when given.
    """
    sets = await _observe_all(lessons, calibration, "risk", report)
    return _curve([confidences(seen, calibration) for seen in sets])


def _curve(judged: Sequence[tuple[list[float], list[float]]]) -> tuple[RiskPoint, ...]:
    return tuple(
        RiskPoint(
            threshold=threshold,
            coverage=_share_reaching(threshold, [present for present, _ in judged]),
            false_answers=_share_reaching(threshold, [taken_out for _, taken_out in judged]),
        )
        for threshold in RISK_THRESHOLDS
    )


def _share_reaching(threshold: float, sets: Sequence[Sequence[float]]) -> float:
    shares = [float((np.asarray(values) >= threshold).mean()) for values in sets if values]
    return round(float(np.mean(shares)), 4) if shares else 0.0


def _with_confidence(
    calibration: Calibration, sets: Sequence[Sequence[Observation]]
) -> Calibration:
    def matrix(rows: Sequence[dict[str, float]]) -> Floats:
        return np.array([[row[name] for name in CONFIDENCE_SIGNALS] for row in rows])

    pairs = [confidence_rows(seen, calibration) for seen in sets]
    weights = fit_confidence([(matrix(a), matrix(b)) for a, b in pairs], CONFIDENCE_SIGNALS)
    fitted = calibration.model_copy(update={"confidence_weights": weights})
    present = [confidences(seen, fitted)[0] for seen in sets]
    return fitted.model_copy(
        update={
            "answer_threshold": _mean_threshold(present, ANSWER_COVERAGE),
            "partial_threshold": _mean_threshold(present, PARTIAL_COVERAGE),
        }
    )


def _mean_threshold(sets: Sequence[Sequence[float]], coverage: float) -> float:
    """Return the mean of the sets' own thresholds: no set is drowned by a larger one."""
    return float(np.mean([threshold_for_coverage(values, coverage) for values in sets]))


def confidence_rows(
    seen: Sequence[Observation], calibration: Calibration
) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    """Return what the confidence of answerable questions is computed from, and of the others.

    The second are the same questions with their pages taken out, and the questions of the set
    that no page answers. Each row is as `confidence_signals` returns it.
    """
    weights = np.array([calibration.page_weights[name] for name in PAGE_SIGNALS], dtype=np.float32)
    answerable, unanswerable = [], []
    for s in seen:
        is_right = right_pages(s)
        if is_right.any():
            answerable.append(_row(s, np.ones(len(s.pages), dtype=bool), weights))
        if not is_right.all():
            unanswerable.append(_row(s, ~is_right, weights))
    return answerable, unanswerable


def _row(s: Observation, kept: NDArray[np.bool_], weights: Floats32) -> dict[str, float]:
    signals = s.page_signals[kept].astype(np.float32)
    scores = signals @ weights - s.demotions[kept]
    order = np.argsort(-scores, kind="stable")
    coverage = s.page_coverage[kept].astype(np.float32)
    pages = [
        PageCandidate(int(i), float(scores[i]), signals[i], 0.0, coverage[i]) for i in order[:6]
    ]
    return confidence_signals(pages)


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

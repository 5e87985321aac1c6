"""Finding pages and sentences on pages the weights were never fitted on, both ways round.

The fit is that of the shipped weights (real questions over real pages, and our own over the sample
guidance), with half of the pages of each set left out.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot import Services
from bot.retrieval import Calibration
from bot.retrieval.confidence import confidence
from bot.retrieval.signals import PAGE_SIGNALS
from bot.wiring import build_services
from eval.abstention_metrics import auroc, false_answers_at
from eval.benchmarks.running import conditionalqa_index, sample_index
from eval.fitting.fit import (
    Lesson,
    confidence_rows,
    confidences,
    fit,
    fit_and_observe,
    with_calibration,
)
from eval.fitting.logistic import fit_confidence
from eval.fitting.observations import Observation, observe
from eval.halves import split, usable_for_fit
from eval.importers.conditionalqa import import_conditionalqa
from eval.question_set import QuestionSet, find_question_set, load_question_set
from eval.report import summary
from eval.run import run_question_set
from eval.targets import LocalTarget

REPORTED = (
    "success_at_1",
    "recall_at_5",
    "mrr",
    "ndcg_at_5",
    "evidence_hit_at_3",
    "evidence_recall_at_5",
    "answered_from_right_page",
    "shows_evidence",
    "leads_with_evidence",
    "citation_precision",
    "citation_page_precision",
    "abstained",
    "status_family",
)


@dataclass(frozen=True, slots=True)
class Material:
    """A question set and a bot whose index it is about."""

    questions: QuestionSet
    services: Services


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return the figures of both halves; each is reported with weights fitted on the other."""
    materials = (conditionalqa(data, out), _sample(out))
    figures: dict[str, object] = {}
    for half in (0, 1):
        fitted, learned = asyncio.run(fit_and_observe(_lessons(materials, half)))
        figures[f"fitted_on_half_{half}"] = {
            material.questions.header.name: _figures(material, fitted, half, seen)
            for material, seen in zip(materials, learned, strict=True)
        }
    return figures


def conditionalqa(data: Path, out: Path) -> Material:
    """Return real questions and a bot that knows the pages they are about."""
    header, items = import_conditionalqa(data / "conditionalqa")
    services = build_services(index_directory=conditionalqa_index(data, out))
    return Material(QuestionSet(header=header, items=tuple(items), digest=""), services)


def _sample(out: Path) -> Material:
    questions = load_question_set(find_question_set("sample-guidance"))
    return Material(questions, build_services(index_directory=sample_index(out)))


def calibration_of_half(materials: Sequence[Material], half: int) -> Calibration:
    """Return weights fitted on one half of the pages of every set."""
    return asyncio.run(fit(_lessons(materials, half)))


def _lessons(materials: Sequence[Material], half: int) -> list[Lesson]:
    return [
        Lesson(tuple(split(usable_for_fit(m.questions.items), half)[0]), m.services)
        for m in materials
    ]


def _figures(
    material: Material, fitted: Calibration, half: int, learned: Sequence[Observation]
) -> dict[str, object]:
    unseen = tuple(split(material.questions.items, half)[1])
    changed = with_calibration(material.services, fitted)
    questions = material.questions.model_copy(update={"items": unseen})
    found = summary(asyncio.run(run_question_set(questions, LocalTarget(changed))), seed=7)
    seen = asyncio.run(observe(usable_for_fit(unseen), changed))
    present, taken_out = confidences(seen, fitted)
    return {
        "questions": len(unseen),
        **{name: round(found[name].value, 4) for name in REPORTED if name in found},
        "confidence_auroc": round(auroc(present, taken_out), 4),
        "false_answers_at_90_coverage": round(false_answers_at(present, taken_out, 0.9), 4),
        "false_answers_at_80_coverage": round(false_answers_at(present, taken_out, 0.8), 4),
        "auroc_of_page_signals_alone": round(_plain_auroc(learned, seen, fitted), 4),
    }


def _plain_auroc(
    learned: Sequence[Observation], unseen: Sequence[Observation], fitted: Calibration
) -> float:
    """Return the AUROC of the plainest model: logistic, on the signals of the best page alone.

    It tells how hard these pages are, for a comparison with figures from others.
    """
    names = tuple(f"best.{name}" for name in PAGE_SIGNALS)

    def matrix(rows: Sequence[dict[str, float]]) -> NDArray[np.float64]:
        return np.array([[row[name] for name in names] for row in rows])

    answered, taken_out = confidence_rows(learned, fitted)
    weights = fit_confidence([(matrix(answered), matrix(taken_out))], names)

    def judged(rows: Sequence[dict[str, float]]) -> list[float]:
        return [confidence({name: row[name] for name in names}, weights) for row in rows]

    return auroc(*map(judged, confidence_rows(unseen, fitted)))

"""Finding pages and sentences on pages the weights were never fitted on, both ways round."""

import asyncio
from pathlib import Path

from bot.wiring import build_services
from eval.abstention_metrics import auroc, false_answers_at
from eval.benchmarks.running import conditionalqa_index
from eval.fitting.fit import Lesson, confidences, fit, with_calibration
from eval.fitting.observations import observe
from eval.halves import split
from eval.importers.conditionalqa import import_conditionalqa
from eval.question_set import QuestionSet
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
    "citation_precision",
    "citation_page_precision",
)


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return the figures of both halves; each is reported with weights fitted on the other."""
    header, items = import_conditionalqa(data / "conditionalqa")
    services = build_services(index_directory=conditionalqa_index(data, out))
    figures: dict[str, object] = {}
    for fitted_half in (0, 1):
        fit_on, report_on = split(items, fitted_half)
        fitted = asyncio.run(fit([Lesson(tuple(fit_on), services)]))
        changed = with_calibration(services, fitted)
        questions = QuestionSet(header=header, items=tuple(report_on), digest="")
        run = asyncio.run(run_question_set(questions, LocalTarget(changed)))
        seen = asyncio.run(observe(report_on, changed))
        present, taken_out = confidences(seen, fitted)
        found = summary(run, seed=7)
        figures[f"fitted_on_half_{fitted_half}"] = {
            "fitted_questions": len(fit_on),
            "reported_questions": len(report_on),
            **{name: round(found[name].value, 4) for name in REPORTED},
            "confidence_auroc": round(auroc(present, taken_out), 4),
            "false_answers_at_90_coverage": round(false_answers_at(present, taken_out, 0.9), 4),
            "false_answers_at_80_coverage": round(false_answers_at(present, taken_out, 0.8), 4),
        }
    return figures

"""Are wrong figures of an answer caught, and right ones let through?"""

import re
from pathlib import Path

from eval.benchmarks.guards.rates import Row, rate, rows_of
from guardrails import Category, check_statement

FILES = ("halueval_qa_one-turn_data", "halueval_qa_multi-turn_data")
_FIGURE = re.compile(r"\d")


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return shares of answers with figures that are refused, by any check and by figures."""
    del out
    return {name: _measure(rows_of(data / "guardrails" / f"{name}.jsonl")) for name in FILES}


def _measure(rows: list[Row]) -> dict[str, object]:
    figures: dict[str, object] = {}
    for label, field in (("right", "right_answer"), ("wrong", "hallucinated_answer")):
        with_figures = [row for row in rows if _FIGURE.search(str(row[field]))]
        found = [
            check_statement(str(row[field]), [str(row["knowledge"])]).category
            for row in with_figures
        ]
        figures[f"{label}_answers_with_figures"] = {
            "refused": rate(len(found) - found.count(Category.NONE), len(found)),
            "refused_for_a_figure": rate(found.count(Category.UNSUPPORTED_FIGURE), len(found)),
        }
    return figures

"""How fast the commands answer `--help`, and what of the messy data is indexed."""

import json
from collections import Counter
from pathlib import Path
from statistics import median

from eval.benchmarks.running import run

REPEATS = 5
MESSY = ("va_guidance/2019-04-19", "govuk_content_items")


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return the seconds of `--help`, and pages, reasons and exit code of each messy folder."""
    figures: dict[str, object] = {}
    for room in ("bot", "ingestion", "eval"):
        seconds = [run(room, "--help").seconds for _ in range(REPEATS)]
        figures[f"help_{room}_seconds_median"] = round(median(seconds), 3)
    for folder in MESSY:
        if (data / folder).is_dir():
            figures[folder] = _index(data / folder, out / "messy" / folder)
    return figures


def _index(source: Path, index: Path) -> dict[str, object]:
    built = run("ingestion", "build", str(source), "--index", str(index), "--json")
    if built.code:
        return {"exit_code": built.code}
    summary = json.loads(built.output)
    reasons = Counter(skipped["reason"].partition("'")[0] for skipped in summary["skipped"])
    return {
        "exit_code": built.code,
        "pages": summary["pages"],
        "passages": summary["passages"],
        "skipped": len(summary["skipped"]),
        "reasons": dict(reasons.most_common()),
    }

"""How much a build costs beside embedding, and whether a rebuild embeds only what is new."""

import json
import shutil
from pathlib import Path

from eval.benchmarks.running import Finished, run

BEFORE, AFTER = "va_guidance/2019-04-19", "va_guidance/2019-09-24"
OVERRIDE = ("--force", "--reason", "the benchmark replaces half of the site at once")


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return seconds and ratios of a whole build, of a rebuild, and of a build of nothing new."""
    index = out / "rebuilding"
    shutil.rmtree(index, ignore_errors=True)
    whole = _build(data / "conditionalqa" / "pages", index / "conditionalqa")
    first = _build(data / BEFORE, index / "va")
    known = _texts(index / "va")
    second = _build(data / AFTER, index / "va", *OVERRIDE)
    new = _texts(index / "va") - known
    again = _build(data / AFTER, index / "va")
    return {
        "whole_build": _figures(whole),
        "first_build": _figures(first),
        "rebuild": {
            **_figures(second),
            "changes": second["changes"],
            "new_texts_counted_independently": len(new),
        },
        "nothing_new": {
            "embedded": again["embedded"],
            "seconds": again["seconds"],
            "same_root_hash": again["root_hash"] == second["root_hash"],
        },
    }


def _build(source: Path, index: Path, *options: str) -> dict[str, object]:
    done: Finished = run(
        "ingestion", "build", str(source), "--index", str(index), "--publish", "--json", *options
    )
    if done.code:
        message = f"building {source} ended with {done.code}: {done.errors}"
        raise RuntimeError(message)
    summary: dict[str, object] = json.loads(done.output)
    return summary


def _figures(summary: dict[str, object]) -> dict[str, object]:
    seconds = summary["seconds"]
    assert isinstance(seconds, dict)  # noqa: S101  # of the JSON that the command promises
    return {
        "pages": summary["pages"],
        "passages": summary["passages"],
        "embedded": summary["embedded"],
        "seconds": seconds,
        "ratio_to_embedding": round(seconds["total"] / max(seconds["embedding"], 1e-9), 3),
    }


def _texts(index: Path) -> set[str]:
    """Return what a version embeds, put together here from its passages, not by the product."""
    version = (index / "published").read_text("utf-8").strip()
    texts: set[str] = set()
    with (index / "versions" / version / "passages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            passage = json.loads(line)
            path, page = passage["heading_path"], passage["page"]
            texts.add("passage " + ". ".join(path) + ". " + passage["text"])
            texts.add("title " + page["title"] + "|" + page["description"])
            for unit in passage["units"]:
                parts = (path[0], path[-1], unit["lead_in"], unit["text"], *unit["headers"])
                texts.add("unit " + "|".join(parts))
    return texts

"""How much a build costs beside embedding, and whether a rebuild embeds only what is new."""

import json
import shutil
from pathlib import Path
from typing import Any

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


def texts_embedded(version: Path) -> set[str]:
    """Return every text that a version embeds, put together here from its file of passages.

    As decision 0003 says: a passage under its headings, a unit under page and heading with its
    lead-in and the headings of its columns, a title with its description.
    """
    texts: set[str] = set()
    with (version / "passages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            passage = json.loads(line)
            path, page = passage["heading_path"], passage["page"]
            texts.add(". ".join(path) + ". " + passage["text"])
            described = f"{page['title']}. {page['description']}"
            texts.add(described if page["description"] else page["title"])
            texts.update(_unit([*path, *unit["under"]], unit) for unit in passage["units"])
    return texts


def _unit(path: list[str], unit: dict[str, Any]) -> str:
    subject = path[0] if path[0] == path[-1] else f"{path[0]}, {path[-1]}"
    body, headers, cells = unit["text"], unit["headers"], unit["cells"]
    if headers and len(headers) == len(cells):
        body = "; ".join(f"{h}: {c}" for h, c in zip(headers, cells, strict=True) if c)
    return " ".join(part for part in (f"{subject}:", unit["lead_in"], body) if part)


def _texts(index: Path) -> set[str]:
    version = (index / "published").read_text("utf-8").strip()
    return texts_embedded(index / "versions" / version)

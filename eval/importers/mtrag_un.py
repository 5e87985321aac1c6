"""MTRAG-UN (IBM), government part: conversations whose last turn may have no answer.

Expected in the folder: `tasks.jsonl` with `id, turns, reference, answerability, relevant`, and
`corpus.jsonl` and `distractors.jsonl` with `_id, text` a line. The passages are written as pages
so that `enquiry-ingest build` can index them.
"""

import html
import json
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten
from typing import Any

from eval.errors import ImportFormatError
from eval.question_set import Answerability, Header, Item, Qrel, Turn

_ANSWERABILITY: dict[str, Answerability] = {
    "answerable": "answerable",
    "partial": "partial",
    "unanswerable": "unanswerable",
    "underspecified": "underspecified",
}
_STATUS = {
    "answerable": "answered",
    "partial": "answered",
    "unanswerable": "no_answer_not_found",
    "underspecified": "clarification",
}

_LONGEST_HEADING = 120


def import_mtrag_un(folder: Path) -> tuple[Header, list[Item]]:
    """Return a question set of the last turns of the conversations.

    Raises:
        ImportFormatError: The file is missing or a line lacks a field.
    """
    header = Header(
        name="mtrag-un-govt",
        licence="Apache-2.0",
        description="Last turns of government conversations, with answerability.",
    )
    return header, [_item(row) for row in _rows(folder / "tasks.jsonl")]


def write_pages(folder: Path, out: Path) -> int:
    """Write every passage as a page of HTML and return how many there are."""
    out.mkdir(parents=True, exist_ok=True)
    rows = [*_rows(folder / "corpus.jsonl"), *_rows(folder / "distractors.jsonl")]
    for number, row in enumerate(rows):
        (out / f"{number:05}.html").write_text(_page(row), "utf-8")
    return len(rows)


def address_of(passage_id: str) -> str:
    """Return the address that stands for a passage."""
    return f"https://mtrag.invalid/{passage_id}"


def _page(row: dict[str, Any]) -> str:
    # Many passages start in the middle of a page, with a blank line or with a whole paragraph.
    lines = [line.strip() for line in str(row["text"]).splitlines() if line.strip()]
    is_heading = len(lines) > 1 and len(lines[0]) <= _LONGEST_HEADING
    title = shorten(lines[0], _LONGEST_HEADING, placeholder=" …")
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines[is_heading:])
    return (
        f'<!doctype html><html lang="en"><head><title>{html.escape(title)}</title>'
        f'<link rel="canonical" href="{html.escape(address_of(str(row["_id"])))}"></head>'
        f"<body><main><h1>{html.escape(title)}</h1>\n{body}</main></body></html>\n"
    )


def _item(row: dict[str, Any]) -> Item:
    answerability = _ANSWERABILITY[str(row["answerability"]).lower()]
    return Item(
        id=str(row["id"]),
        turns=tuple(Turn(role=turn["role"], content=turn["content"]) for turn in row["turns"]),
        answerability=answerability,
        qrels=tuple(Qrel(url=address_of(str(passage))) for passage in row["relevant"]),
        ideal_answer=str(row["reference"]),
        expected_status=_STATUS[answerability],
        slices=("multi-turn",) if len(row["turns"]) > 1 else ("single-turn",),
        cluster=str(row["id"]).partition("<")[0],
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)
    except OSError as error:
        raise ImportFormatError(path=path, reason=error.strerror or "cannot be read") from error
    except ValueError as error:
        raise ImportFormatError(path=path, reason=f"not JSON lines ({error})") from error

"""ConditionalQA (Sun, Cohen and Salakhutdinov, ACL 2022): questions on GOV.UK pages.

Expected in the folder: `questions.jsonl` with `id, url, scenario, question, answerable, answers,
evidence` a line, and `pages/` with the pages as HTML.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.errors import ImportFormatError
from eval.question_set import Header, Item, Qrel, Turn


def import_conditionalqa(folder: Path) -> tuple[Header, list[Item]]:
    """Return a question set of the questions in a folder.

    Raises:
        ImportFormatError: The file is missing or a line lacks a field.
    """
    header = Header(
        name="conditionalqa",
        licence="Research use only, as its authors ask; pages under OGL v3",
        description="People's own questions, each with a scenario, on one GOV.UK page.",
    )
    return header, list(_items(folder / "questions.jsonl"))


def _items(path: Path) -> Iterator[Item]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise ImportFormatError(path=path, reason=error.strerror or "cannot be read") from error
    for number, line in enumerate(lines, start=1):
        try:
            yield _item(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            reason = f"line {number} is not a ConditionalQA question ({error!r})"
            raise ImportFormatError(path=path, reason=reason) from error


def _item(row: dict[str, Any]) -> Item:
    url = str(row["url"])
    quotes = [str(quote) for quote in row["evidence"]]
    answers = [str(answer["text"]) for answer in row["answers"]]
    return Item(
        id=str(row["id"]),
        turns=(Turn(role="user", content=f"{row['scenario']} {row['question']}".strip()),),
        answerability="answerable" if row["answerable"] else "unanswerable",
        qrels=tuple(Qrel(url=url, quote=quote) for quote in quotes) or (Qrel(url=url),),
        nuggets=tuple(answers),
        ideal_answer="; ".join(answers),
        expected_status="answered" if row["answerable"] else "no_answer_not_found",
        slices=("scenario",),
        cluster=url,
    )

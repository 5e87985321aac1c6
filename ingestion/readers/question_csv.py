"""Read a table of questions and answers (CSV)."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ingestion.document import Block, BlockKind, Document, PageDetails, Section, Skipped
from ingestion.readers.html import read_fragment
from ingestion.readers.html_extras import fragment_extras
from ingestion.readers.paged_text import Outline

MAX_ROWS = 20_000
_TAG = re.compile(r"</?(?:p|br|ul|ol|li|a|b|strong|em|i|div|span|table|h[1-6])\b[^<>]*>", re.I)
_DETAILS = ("publisher", "nation", "locale", "audience", "licence", "description")


def looks_like_questions(content: str) -> bool:
    """Whether the first line names a `question` and an `answer` column."""
    return {"question", "answer"} <= {name.strip().lower() for name in _header(content)}


def read_question_csv(
    content: str, *, origin: str, fallback_url: str
) -> Iterator[Document | Skipped]:
    """Yield a page for each address in the `url` column; rows without one share the file's page.

    Other columns are optional: `title`, `publisher`, `nation`, `locale`, `audience`, `licence`,
    `description`, `updated_at`, `valid_from`, `valid_to`.

    Args:
        content: Decoded text.
        origin: Where it came from, for reports.
        fallback_url: Address of the file.
    """
    pages: dict[str, list[dict[str, str]]] = {}
    rows = csv.DictReader(io.StringIO(content, newline=""), dialect=_dialect(content), strict=False)
    try:
        for number, row in enumerate(rows, start=2):
            entry = {str(k or "").strip().lower(): str(v or "").strip() for k, v in row.items()}
            if number > MAX_ROWS:
                yield Skipped(
                    origin, f"The table has more than {MAX_ROWS:,} rows; the rest is left out."
                )
                break
            if entry.get("question") and entry.get("answer"):
                pages.setdefault(entry.get("url") or fallback_url, []).append(entry)
            elif any(entry.values()):
                yield Skipped(f"{origin}, line {number}", "The row lacks a question or an answer.")
    except csv.Error as error:
        yield Skipped(origin, f"The table cannot be read: {error}.")
    if not pages:
        yield Skipped(origin, "The table holds no question with an answer.")
    for url, entries in pages.items():
        yield _page(url, entries, origin)


def _page(url: str, entries: list[dict[str, str]], origin: str) -> Document:
    first = entries[0]
    title = first.get("title") or (
        first["question"] if len(entries) == 1 else "Questions and answers"
    )
    details = PageDetails(
        url=url,
        title=title,
        updated_at=_date(first.get("updated_at")),
        valid_from=_date(first.get("valid_from")),
        valid_to=_date(first.get("valid_to")),
        **{name: first[name] for name in _DETAILS if first.get(name)},  # type: ignore[arg-type]
    )
    hidden: list[str] = []
    links: list[str] = []
    sections: list[Section] = []
    for entry in entries:
        path = (title,) if entry["question"] == title else (title, entry["question"])
        sections += (replace(s, heading_path=(*path, *s.heading_path[1:])) for s in _read(entry))
        unseen, targets = fragment_extras(entry["answer"])
        hidden += unseen
        links += targets
    return Document(
        details,
        tuple(sections),
        origin,
        remarks=tuple(_mistakes(entries)),
        hidden_text=tuple(hidden),
        links=tuple(dict.fromkeys(links)),
    )


def _read(entry: dict[str, str]) -> tuple[Section, ...]:
    """Return the text of an answer: lines, or the HTML that content systems export."""
    answer = entry["answer"]
    if _TAG.search(answer) and (found := read_fragment(answer, "")):
        return found
    outline = Outline("")
    for line in answer.splitlines():
        outline.paragraph(" ".join(line.split()))
    blocks = tuple(outline.blocks) or (Block(BlockKind.PARAGRAPH, answer),)
    return (Section(("",), "", blocks),)


def _mistakes(entries: list[dict[str, str]]) -> Iterator[str]:
    for name in ("updated_at", "valid_from", "valid_to"):
        for said in dict.fromkeys(entry.get(name) or "" for entry in entries):
            if said and _date(said) is None:
                yield f"{name} {said!r} is no date such as 2026-04-06; it was left out."


def _header(content: str) -> list[str]:
    first = (content.lstrip("\ufeff").splitlines() or [""])[0]
    try:
        return next(csv.reader([first], dialect=_dialect(content)), [])
    except csv.Error:
        return []


def _dialect(content: str) -> type[csv.Dialect]:
    first = (content.splitlines() or [""])[0]

    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Found


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None

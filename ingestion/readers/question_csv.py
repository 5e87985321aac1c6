"""Read a table of questions and answers (CSV)."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from ingestion.document import Block, BlockKind, Document, PageDetails, Section, Skipped
from ingestion.readers.paged_text import Outline

MAX_ROWS = 20_000
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
    sections = tuple(
        Section((title, entry["question"]), "", _blocks(entry["answer"]))
        if entry["question"] != title
        else Section((title,), "", _blocks(entry["answer"]))
        for entry in entries
    )
    return Document(details, sections, origin)


def _blocks(answer: str) -> tuple[Block, ...]:
    outline = Outline("")
    for line in answer.splitlines():
        outline.paragraph(" ".join(line.split()))
    return tuple(outline.blocks) or (Block(BlockKind.PARAGRAPH, answer),)


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

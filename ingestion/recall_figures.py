"""Measure, over a folder of real files, how many words each reader keeps.

The words that ought to be there are counted from the files by other means than the readers use:
the text of elements, of XML parts, of a second PDF library, of the raw file.
"""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from ingestion.content_recall import (
    ENOUGH,
    Recall,
    compare,
    seen_words,
    text_of_document,
    words_of,
)
from ingestion.document import Document
from ingestion.packed_recall import packed_words
from ingestion.readers.formats import decoded, read_content
from ingestion.sources.local_files import files_of

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_NUMBER = re.compile(r"^\s*\(?\d{1,2}[.)]\s", re.MULTILINE)
_LIQUID = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FormatFigures:
    """What the reader of one format kept.

    Attributes:
        pages: How many pages were read.
        words: Words that people see in their main parts.
        kept: Of them, how many the sections hold.
        foreign: Words of the sections that stand nowhere in the main parts.
        below: Pages with less than .98, with their share, worst first.
    """

    pages: int
    words: int
    kept: int
    foreign: int
    below: tuple[tuple[str, float], ...]

    @property
    def recall(self) -> float:
        """Kept words in [0, 1]; 1 when there are none."""
        return self.kept / self.words if self.words else 1.0


def measure(folder: Path) -> dict[str, FormatFigures]:
    """Return figures by format: `html`, `markdown`, `content item`, `pdf`, `docx`, `odt`, ...

    Raises:
        SourceNotFoundError: There is no such folder.
    """
    found: dict[str, list[tuple[str, Recall]]] = {}
    for path in files_of(folder):
        content = path.read_bytes()
        origin = path.relative_to(folder).as_posix()
        read = read_content(content, name=path.name, origin=origin, fallback_url="/")
        pages = [page for page in read if isinstance(page, Document)]
        if pages:
            kind = _kind(content, path.suffix.lower())
            found.setdefault(kind, []).append((origin, _recall(content, kind, pages)))
    return {kind: _figures(rows) for kind, rows in sorted(found.items())}


def _figures(rows: list[tuple[str, Recall]]) -> FormatFigures:
    low = sorted((row.share, origin) for origin, row in rows if row.share < ENOUGH)
    return FormatFigures(
        pages=len(rows),
        words=sum(row.words for _, row in rows),
        kept=sum(row.kept for _, row in rows),
        foreign=sum(row.foreign for _, row in rows),
        below=tuple((origin, round(share, 3)) for share, origin in low),
    )


def _recall(content: bytes, kind: str, pages: list[Document]) -> Recall:
    titles = " ".join(f"{page.details.title} {page.details.description}" for page in pages)
    if len(pages) == 1:
        return compare(_expected(content, kind), pages[0], also=titles)
    expected = _expected(content, kind)
    known = words_of(" ".join((titles, *map(text_of_document, pages))))
    foreign = sum(number for word, number in known.items() if word not in expected)
    words = expected.total()
    return Recall(words, words - (expected - known).total(), foreign)


def _kind(content: bytes, ending: str) -> str:
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "docx" if "word/document.xml" in archive.namelist() else "odt"
    kinds = {".json": "content item", ".csv": "questions", ".txt": "text"}
    kinds |= dict.fromkeys((".md", ".markdown"), "markdown")
    return kinds.get(ending, "html")


def _expected(content: bytes, kind: str) -> "Counter[str]":
    """Return the words that people see in a file's main part."""
    if kind == "pdf":
        from ingestion.readers.pdf import other_text  # noqa: PLC0415  # half a second to load

        return words_of(other_text(content))
    if kind in ("docx", "odt"):
        return packed_words(content)
    text = decoded(content) or ""
    if kind == "questions":
        text = " ".join(f"{row.get('question')} {row.get('answer')}" for row in _entries(text))
    html = _html(text, kind)
    if kind in ("questions", "text"):
        return words_of(_NUMBER.sub("", text))
    return seen_words(html, is_fragment=kind != "html") if html else Counter()


def _html(text: str, kind: str) -> str:
    """Return the HTML of a page; empty for what is none."""
    if kind == "markdown":
        body = _LIQUID.sub("", _FRONT_MATTER.sub("", text))
        return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(body))
    if kind == "content item":
        return "\n".join(_bodies(json.loads(text).get("details")))
    return text if kind == "html" else ""


def _entries(text: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(text, newline=""))


def _bodies(value: Any) -> Iterator[str]:
    """Yield the texts under `body` keys, the HTML of the several forms a body may have."""
    if isinstance(value, list):
        for entry in value:
            yield from _bodies(entry)
    elif isinstance(value, Mapping):
        body = value.get("body")
        if isinstance(body, list):
            html = (b["content"] for b in body if b.get("content_type") == "text/html")
            body = next(html, "")
        yield body if isinstance(body, str) else ""
        yield from (
            html for key, entry in value.items() if key != "body" for html in _bodies(entry)
        )

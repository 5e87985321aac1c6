"""Read a Word document (the only home of python-docx)."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from ingestion.document import Document, PageDetails, Skipped
from ingestion.readers.paged_text import Outline

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


def read_docx(content: bytes, *, origin: str, fallback_url: str) -> Document | Skipped:
    """Read a Word document; headers, footers, comments and hidden words are left out.

    Args:
        content: The file.
        origin: Where it came from, for reports.
        fallback_url: Its address.
    """
    try:
        document = docx.Document(io.BytesIO(content))
        things = list(_things(document))
        stated = (document.core_properties.title or "").strip()
    # Damaged files raise errors of many classes, of the library and of lxml.
    except Exception as error:  # noqa: BLE001
        return Skipped(origin, f"The Word document cannot be read ({type(error).__name__}).")
    title = _title(things, stated)
    if not title:
        return Skipped(origin, "The Word document holds no text.")
    outline = Outline(title)
    for style, thing in things:
        _add(style, thing, outline)
    outline.close()
    if not outline.sections:
        return Skipped(origin, "The Word document has a title but no text.")
    hidden = tuple(thing for style, thing in things if style == "hidden")
    details = PageDetails(fallback_url, title)
    return Document(details, tuple(outline.sections), origin, hidden_text=hidden)


def _title(things: Sequence[tuple[str | int, Any]], stated: str) -> str:
    """Return the title paragraph, else the first heading, else the stated title, else any text."""
    by_style = {"title": "", "heading": "", "text": ""}
    for style, thing in reversed(things):
        kind = "heading" if isinstance(style, int) else style
        if kind in by_style:
            by_style[kind] = thing
    return by_style["title"] or by_style["heading"] or stated or by_style["text"]


def _add(style: str | int, thing: Any, outline: Outline) -> None:
    if isinstance(style, int):
        outline.heading(style, thing)
    elif style == "table":
        outline.table(thing)
    elif style in ("list", "steps"):
        outline.item(thing, steps=style == "steps")
    elif style == "text":
        outline.paragraph(thing)


def _things(document: Any) -> Iterator[tuple[str | int, Any]]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield "table", [[_squeeze(cell.text) for cell in row.cells] for row in block.rows]
        elif isinstance(block, Paragraph):
            if hidden := _squeeze("".join(run.text for run in block.runs if run.font.hidden)):
                yield "hidden", hidden
            if text := _shown(block):
                yield _style(block), text


def _style(paragraph: Paragraph) -> str | int:
    name = (paragraph.style.name or "") if paragraph.style is not None else ""
    if match := _HEADING.match(name):
        return int(match[1])
    if name.lower() == "title":
        return "title"
    if name.lower().startswith("list number"):
        return "steps"
    properties = paragraph._p.pPr  # noqa: SLF001  # the library has no public name for numbering
    numbered = properties is not None and properties.numPr is not None
    return "list" if name.lower().startswith("list") or numbered else "text"


def _shown(paragraph: Paragraph) -> str:
    parts = []
    for piece in paragraph.iter_inner_content():
        runs = getattr(piece, "runs", [piece])
        parts += [run.text for run in runs if not run.font.hidden]
    return _squeeze("".join(parts))


def _squeeze(text: str) -> str:
    return " ".join(text.split())

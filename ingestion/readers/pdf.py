"""Read a PDF (the only home of pypdf and pdfplumber).

A PDF knows letters and places, not headings. The size most letters have is body text; larger or
bold short lines are headings. Lines that stand at the same height on many pages are headers and
footers and are left out.
"""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pypdf import PdfReader

from ingestion.document import Document, PageDetails, Skipped
from ingestion.readers.pdf_layout import Grid, Line, Thing, clean, in_reading_order
from ingestion.readers.pdf_sections import at_edge, sections_of_pages, title_of, without_margins

MAX_PAGES = 500
# A picture over half of a page is a scan when only a stamp or a number stands at its edge.
_PICTURE_SHARE = 0.5
_TINY = 2.0  # Points; nobody reads letters of 0.7 mm.
_NUMBERS = re.compile(r"\d+")
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    things: list[Thing]
    is_picture: bool
    hidden: str
    links: list[str]


def read_pdf(content: bytes, *, origin: str, fallback_url: str) -> Document | Skipped:
    """Read a PDF.

    Args:
        content: The file.
        origin: Where it came from, for reports.
        fallback_url: Its address.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return Skipped(origin, "The PDF is protected with a password.")
        count = len(reader.pages)
        stated = str(reader.metadata.title or "") if reader.metadata else ""
        language = str(reader.root_object.get("/Lang") or "").lower()
        if count > MAX_PAGES:
            return Skipped(origin, f"The PDF has {count} pages; the most is {MAX_PAGES}.")
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            pages = [_page(page) for page in pdf.pages]
    # Damaged files raise errors of many classes in both libraries.
    except Exception as error:  # noqa: BLE001
        return Skipped(
            origin,
            f"The PDF is damaged and cannot be read ({type(error).__name__}); export it anew.",
        )
    details = PageDetails(fallback_url, "", locale="cy" if language.startswith("cy") else "en")
    return _document(pages, stated, details, origin)


def other_text(content: bytes) -> str:
    """Return the text of a PDF as the other library finds it, without headers and footers.

    For measuring only: it keeps no columns, tables or headings.
    """
    pages = [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(content)).pages]
    edges = [{_NUMBERS.sub("#", line) for line in (*page[:2], *page[-2:])} for page in pages]
    seen = Counter(line for edge in edges for line in edge)
    furniture = {line for line, times in seen.items() if times >= max(2, len(pages) / 2)}
    return clean(
        " ".join(
            line
            for page in pages
            for number, line in enumerate(page)
            if 2 <= number < len(page) - 2 or _NUMBERS.sub("#", line) not in furniture
        )
    )


def _document(
    pages: Sequence[_Page], stated: str, details: PageDetails, origin: str
) -> Document | Skipped:
    pictures = [page.number for page in pages if page.is_picture]
    kept = without_margins([page.things for page in pages])
    title = title_of(kept, stated)
    sections = sections_of_pages(kept, title) if title else ()
    if not sections:
        what = "only pictures of text" if pictures else "no text"
        return Skipped(origin, f"The PDF holds {what}; publish it as a page, or scan it with OCR.")
    return Document(
        PageDetails(details.url, title, locale=details.locale),
        sections,
        origin,
        remarks=tuple(
            f"Page {n} is a picture without text; nobody can quote it." for n in pictures
        ),
        hidden_text=tuple(page.hidden for page in pages if page.hidden),
        links=tuple(dict.fromkeys(link for page in pages for link in page.links)),
    )


def _page(page: Any) -> _Page:
    tables = [table for table in page.find_tables() if _is_table(table)]
    boxes = [table.bbox for table in tables]
    outside = page.filter(lambda found: not _inside(found, boxes)) if boxes else page
    attributes = ["size", "fontname", "non_stroking_color"]
    words = outside.extract_words(extra_attrs=attributes, keep_blank_chars=False)
    ground = [shape for shape in (*page.rects, *page.curves) if _is_painted(shape)]
    grounds = [_box(shape) for shape in (*ground, *page.images)]
    seen = [word for word in words if not _is_unseen(word, grounds)]
    hidden = " ".join(word["text"] for word in words if _is_unseen(word, grounds))
    grids = [_grid(table, page.page_number) for table in tables]
    things = in_reading_order(seen, grids, page=page.page_number, height=float(page.height))
    is_picture = _is_picture(page, things)
    links = [str(link["uri"]) for link in page.hyperlinks if link.get("uri")]
    return _Page(page.page_number, [] if is_picture else things, is_picture, clean(hidden), links)


def _is_picture(page: Any, things: Sequence[Thing]) -> bool:
    if not page.images or any(isinstance(thing, Grid) for thing in things):
        return False
    if not things:
        return True
    areas = (max(0.0, i["x1"] - i["x0"]) * max(0.0, i["bottom"] - i["top"]) for i in page.images)
    covers = max(areas) >= _PICTURE_SHARE * float(page.width) * float(page.height)
    return covers and all(isinstance(thing, Line) and at_edge(thing) for thing in things)


def _is_table(table: Any) -> bool:
    """Whether a frame holds cells; one cell, or a column of them, is a box around text."""
    return len(table.rows) > 1 and len(table.rows[0].cells) > 1


def _grid(table: Any, number: int) -> Grid:
    """Return a table whose merged cells are repeated in every place that they cover."""
    texts = table.extract()
    by_box: dict[_Box, str] = {}
    for row, row_texts in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, row_texts, strict=True):
            if cell is not None:
                by_box[cell] = clean(text or "")
    columns = [_middle(column.cells, 0) for column in table.columns]
    heights = [_middle(row.cells, 1) for row in table.rows]
    rows = tuple(tuple(_text_at(by_box, x, y) for x in columns) for y in heights)
    # A heading over several columns needs the row below it to say which is which.
    first = [cell for cell in table.rows[0].cells if cell is not None]
    spans = 1 < len(first) < len(columns) and len(rows) > 2
    left, top, right, _ = table.bbox
    return Grid(number, top, left, right, rows, 2 if spans else None)


def _middle(cells: Sequence[_Box | None], axis: int) -> float:
    """Return the middle of the narrowest cell of a column (axis 0) or row (axis 1)."""
    narrow = min((cell for cell in cells if cell is not None), key=lambda c: c[axis + 2] - c[axis])
    return (narrow[axis] + narrow[axis + 2]) / 2


def _text_at(by_box: dict[_Box, str], x: float, y: float) -> str:
    for (left, top, right, bottom), text in by_box.items():
        if left <= x <= right and top <= y <= bottom:
            return text
    return ""


def _inside(found: dict[str, Any], boxes: Sequence[_Box]) -> bool:
    x = (found.get("x0", 0) + found.get("x1", 0)) / 2
    y = (found.get("top", 0) + found.get("bottom", 0)) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _box(shape: dict[str, Any]) -> _Box:
    return shape["x0"], shape["top"], shape["x1"], shape["bottom"]


def _is_unseen(word: dict[str, Any], grounds: Sequence[_Box]) -> bool:
    """Whether a word is too small to see, or white on the page's own white."""
    if word["size"] < _TINY:
        return True
    return _is_white(word["non_stroking_color"]) and not _inside(word, grounds)


def _is_painted(shape: dict[str, Any]) -> bool:
    return bool(shape.get("fill")) and not _is_white(shape.get("non_stroking_color"))


def _is_white(colour: Any) -> bool:
    """Whether a colour is white: all light in grey and RGB, no ink in CMYK."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4:
        return all(part < 0.02 for part in parts)
    return bool(parts) and all(part > 0.98 for part in parts)

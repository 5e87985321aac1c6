"""Read a PDF (the only home of pypdf and pdfplumber).

A PDF knows letters and places, not headings. The size most letters have is body text; larger or
bold short lines are headings. Lines that stand at the same height on many pages are headers and
footers and are left out.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pypdf import PdfReader

from ingestion.document import Document, PageDetails, Section, Skipped
from ingestion.readers.paged_text import Outline

MAX_PAGES = 500
# A heading is larger than body text by this factor, or bold and short. Our choice, on leaflets and
# letters of public bodies: running text is never larger, pull quotes may be.
_LARGER = 1.12
_SHORT_WORDS = 14
_REPEATED_SHARE = 0.5
_MARGIN_SHARE = 0.12
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00ad": ""}
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    bold: bool
    top: float
    bottom: float
    left: float
    share: float
    """Height on the page, 0 at the top and 1 at the bottom."""


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    lines: list[_Line]
    tables: list[tuple[float, list[list[str]]]]
    is_picture: bool


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
        if count > MAX_PAGES:
            return Skipped(origin, f"The PDF has {count} pages; the most is {MAX_PAGES}.")
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            pages = [_page(page) for page in pdf.pages]
    # Damaged files raise errors of many classes in both libraries.
    except Exception as error:  # noqa: BLE001
        return Skipped(origin, f"The PDF cannot be read ({type(error).__name__}).")
    return _document(pages, stated, origin=origin, url=fallback_url)


def _document(pages: Sequence[_Page], stated: str, *, origin: str, url: str) -> Document | Skipped:
    pictures = [page.number for page in pages if page.is_picture]
    remarks = tuple(f"Page {n} is a picture without text; nobody can quote it." for n in pictures)
    kept = _without_margins(pages)
    body = _body_size(kept)
    title = _title(kept, stated, body)
    sections = _sections(kept, title, body) if title else ()
    if not sections:
        what = "only pictures of text" if pictures else "no text"
        return Skipped(origin, f"The PDF holds {what}; publish it as a page, or scan it with OCR.")
    return Document(PageDetails(url, title), sections, origin, remarks=remarks)


def _page(page: Any) -> _Page:
    tables = page.find_tables()
    boxes = [table.bbox for table in tables]
    outside = page.filter(lambda found: not _inside(found, boxes)) if boxes else page
    words = outside.extract_words(extra_attrs=["size", "fontname"], keep_blank_chars=False)
    lines = list(_lines(words, float(page.height)))
    extracted = [
        (table.bbox[1], [[_clean(cell or "") for cell in row] for row in table.extract()])
        for table in tables
    ]
    is_picture = not lines and not extracted and bool(page.images)
    return _Page(page.page_number, lines, extracted, is_picture)


def _inside(found: dict[str, Any], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    x = (found.get("x0", 0) + found.get("x1", 0)) / 2
    y = (found.get("top", 0) + found.get("bottom", 0)) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _lines(words: Sequence[dict[str, Any]], height: float) -> Iterator[_Line]:
    row: list[dict[str, Any]] = []
    for word in words:
        if row and abs(word["top"] - row[-1]["top"]) > max(2.0, word["size"] * 0.4):
            yield _line(row, height)
            row = []
        row.append(word)
    if row:
        yield _line(row, height)


def _line(row: Sequence[dict[str, Any]], height: float) -> _Line:
    size = Counter(round(word["size"], 1) for word in row).most_common(1)[0][0]
    bold = all(re.search(r"bold|black|heavy", word["fontname"], re.IGNORECASE) for word in row)
    return _Line(
        _clean(" ".join(word["text"] for word in row)),
        size,
        bold,
        row[0]["top"],
        max(word["bottom"] for word in row),
        row[0]["x0"],
        row[0]["top"] / height,
    )


def _clean(text: str) -> str:
    # A bullet from a font without a table of letters comes as its number in the font.
    text = re.sub(r"^\(cid:\d+\)\s+", "• ", text)
    return " ".join(text.translate(_LIGATURES).split())


def _without_margins(pages: Sequence[_Page]) -> list[_Page]:
    """Leave out lines near the edge that stand on half of the pages, whatever their numbers say."""

    def key(line: _Line) -> tuple[str, int]:
        return re.sub(r"\d+", "#", line.text), round(line.share * 50)

    def at_edge(line: _Line) -> bool:
        return not _MARGIN_SHARE < line.share < 1 - _MARGIN_SHARE

    seen = Counter(key(line) for page in pages for line in page.lines if at_edge(line))
    enough = max(2, _REPEATED_SHARE * len(pages))

    def keeps(line: _Line) -> bool:
        lone_number = at_edge(line) and re.fullmatch(r"(?:page )?\d+(?: of \d+)?", line.text, re.I)
        return not lone_number and not (at_edge(line) and seen[key(line)] >= enough)

    return [
        _Page(p.number, [line for line in p.lines if keeps(line)], p.tables, p.is_picture)
        for p in pages
    ]


def _body_size(pages: Sequence[_Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _title(pages: Sequence[_Page], stated: str, body: float) -> str:
    lines = [line for page in pages[:2] for line in page.lines]
    largest = max((line.size for line in lines), default=0.0)
    if largest >= body * _LARGER:
        parts = []
        for line in lines:
            if line.size == largest:
                parts.append(line.text)
            elif parts:
                break
        return " ".join(parts)
    # Programs write the file's name, or their own, into this field.
    named = bool(re.search(r"\.\w{2,5}$|^(?:microsoft|untitled|document\d*$)", stated, re.I))
    return stated.strip() if stated.strip() and not named else (lines[0].text if lines else "")


def _sections(pages: Sequence[_Page], title: str, body: float) -> tuple[Section, ...]:
    outline = Outline(title)
    sizes = sorted({ln.size for p in pages for ln in p.lines if ln.size >= body * _LARGER})[::-1]
    for page in pages:
        outline.close()
        outline.anchor = f"page={page.number}"
        _read(page, outline, sizes, body, title)
    outline.close()
    return tuple(outline.sections)


def _read(page: _Page, outline: Outline, sizes: Sequence[float], body: float, title: str) -> None:
    paragraph: list[_Line] = []

    def flush() -> None:
        if paragraph:
            outline.paragraph(_joined(paragraph))
            paragraph.clear()

    things: list[tuple[float, _Line | list[list[str]]]] = [(line.top, line) for line in page.lines]
    things += page.tables
    for _, thing in sorted(things, key=lambda pair: pair[0]):
        if not isinstance(thing, _Line):
            flush()
            outline.table(thing)
        elif level := _level(thing, sizes, body):
            flush()
            if thing.text not in title:
                outline.heading(level, thing.text, f"page={page.number}")
        else:
            if paragraph and _starts_anew(thing, paragraph[-1]):
                flush()
            paragraph.append(thing)
    flush()


def _level(line: _Line, sizes: Sequence[float], body: float) -> int:
    if line.size in sizes:
        return sizes.index(line.size) + 1
    short = len(line.text.split()) <= _SHORT_WORDS and not line.text.endswith((".", ",", ";", ":"))
    return len(sizes) + 1 if line.bold and short and line.size >= body * 0.95 else 0


def _starts_anew(line: _Line, before: _Line) -> bool:
    gap = line.top - before.bottom
    marked = re.match(r"(?:[•▪◦‣●○■–*·\uf0b7-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s", line.text)
    return bool(marked) or gap > 0.6 * line.size or gap < -line.size


def _joined(lines: Sequence[_Line]) -> str:
    text = ""
    for line in lines:
        if re.search(r"[a-z]-$", text) and line.text[:1].islower():
            text = text[:-1] + line.text
        else:
            text = f"{text} {line.text}".strip()
    return text

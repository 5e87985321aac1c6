"""Sections of a PDF from its lines: headings by size, paragraphs across lines and pages."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingestion.document import Section
from ingestion.readers.paged_text import Outline, heading_rows
from ingestion.readers.pdf_layout import MARKER, Grid, Line, Thing

# A heading is larger than body text by this factor, or bold and short. Our choice, on leaflets and
# letters of public bodies: running text is never larger, pull quotes may be.
_LARGER = 1.12
_SHORT_WORDS = 14
_REPEATED_SHARE = 0.5
_MARGIN_SHARE = 0.12
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d+$")
_PAGE_NUMBER = re.compile(r"(?:page|tudalen)?\s*\d+(?:\s*(?:of|/|o)\s*\d+)?", re.IGNORECASE)
# Programs write the file's name, or their own, into the field for the title.
_NO_TITLE = re.compile(r"\.\w{2,5}$|^(?:microsoft|untitled|document ?\d*$|\(|slide \d)", re.I)


def at_edge(line: Line) -> bool:
    """Whether a line stands where headers and footers do."""
    return not _MARGIN_SHARE < line.share < 1 - _MARGIN_SHARE


def without_margins(pages: Sequence[Sequence[Thing]]) -> list[list[Thing]]:
    """Leave out lines near the edge that stand on half of the pages, and lines of contents."""

    def key(line: Line) -> tuple[str, int]:
        return re.sub(r"\d+", "#", line.text), round(line.share * 50)

    # By page: two columns may well begin alike.
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({key(line) for line in page if isinstance(line, Line) and at_edge(line)})
    enough = max(2, _REPEATED_SHARE * len(pages))

    def keeps(thing: Thing) -> bool:
        if isinstance(thing, Grid):
            return True
        if at_edge(thing) and (_PAGE_NUMBER.fullmatch(thing.text) or seen[key(thing)] >= enough):
            return False
        return not _CONTENTS.search(thing.text)

    return [[thing for thing in page if keeps(thing)] for page in pages]


def title_of(pages: Sequence[Sequence[Thing]], stated: str) -> str:
    """Return the largest line at the start, else the stated title, else the first line."""
    lines = [thing for page in pages[:2] for thing in page if isinstance(thing, Line)]
    largest = max((line.size for line in lines), default=0.0)
    if largest >= _body_size(pages) * _LARGER:
        parts: list[Line] = []
        for line in lines:
            if line.size == largest and (not parts or _is_next(line, parts[-1])):
                parts.append(line)
            elif parts:
                break
        return " ".join(line.text for line in parts)
    if stated.strip() and not _NO_TITLE.search(stated.strip()):
        return stated.strip()
    return lines[0].text if lines else ""


def sections_of_pages(pages: Sequence[Sequence[Thing]], title: str) -> tuple[Section, ...]:
    """Return the sections of all pages; each knows the page it begins on."""
    body = _body_size(pages)
    sizes = {t.size for page in pages for t in page if isinstance(t, Line)}
    larger = sorted((size for size in sizes if size >= body * _LARGER), reverse=True)
    reading = _Reading(Outline(title), larger, body)
    for page in pages:
        for thing in page:
            reading.read(thing)
    reading.flush()
    reading.outline.close()
    return tuple(reading.outline.sections)


@dataclass(slots=True)
class _Reading:
    outline: Outline
    sizes: Sequence[float]
    body: float
    heading: list[Line] = field(default_factory=list)
    paragraph: list[Line] = field(default_factory=list)
    table: Grid | None = None
    """The table read last, while nothing came after it."""
    head: tuple[tuple[str, ...], ...] = ()

    def read(self, thing: Thing) -> None:
        """Take one line or table."""
        if isinstance(thing, Grid):
            self.flush()
            self._read_table(thing)
            return
        self.table = None
        if self._level(thing):
            if self.paragraph or not self._goes_on_heading(thing):
                self.flush()
            self.heading.append(thing)
        else:
            if self.heading or (self.paragraph and _starts_anew(thing, self.paragraph[-1])):
                self.flush()
            self.paragraph.append(thing)

    def flush(self) -> None:
        """Write what is open: a heading, or a paragraph."""
        if self.heading:
            first = self.heading[0]
            text = " ".join(line.text for line in self.heading)
            if text not in self.outline.title:
                self.outline.heading(self._level(first), text, f"page={first.page}")
        elif self.paragraph:
            self._turn_to(self.paragraph[0].page)
            if (text := _joined(self.paragraph)) != self.outline.title:
                self.outline.paragraph(text)
        self.heading, self.paragraph = [], []

    def _read_table(self, grid: Grid) -> None:
        rows = list(grid.rows)
        before = self.table
        self._turn_to(grid.page)
        if before is not None and grid.page == before.page + 1 and self._goes_on(grid, before):
            # The rest of a table stands under the headings of the page before.
            repeated = tuple(rows[: len(self.head)]) == self.head
            rows = rows if repeated else [*self.head, *rows]
        else:
            headings = heading_rows(rows) if grid.headings is None else grid.headings
            self.head = tuple(rows[:headings])
        self.outline.table(rows, headings=len(self.head))
        self.table = grid

    def _goes_on(self, grid: Grid, before: Grid) -> bool:
        same_width = len(grid.rows[0]) == len(before.rows[0])
        return (
            same_width and abs(grid.left - before.left) < 6 and abs(grid.right - before.right) < 6
        )

    def _turn_to(self, page: int) -> None:
        anchor = f"page={page}"
        if self.outline.anchor != anchor:
            self.outline.close()
            self.outline.anchor = anchor

    def _level(self, line: Line) -> int:
        """Return the level of a heading; 0 for body text."""
        if line.size in self.sizes:
            return self.sizes.index(line.size) + 1
        short = len(line.text.split()) <= _SHORT_WORDS and line.text[-1:] not in (*".,;:", "")
        return len(self.sizes) + 1 if line.bold and short and line.size >= self.body * 0.95 else 0

    def _goes_on_heading(self, line: Line) -> bool:
        return bool(self.heading) and _is_next(line, self.heading[-1])


def _body_size(pages: Sequence[Sequence[Thing]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for thing in page:
            if isinstance(thing, Line):
                sizes[thing.size] += len(thing.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_next(line: Line, before: Line) -> bool:
    """Whether a line follows another of the same kind closely."""
    gap = line.top - before.bottom
    same = line.size == before.size and line.bold == before.bold and line.page == before.page
    return same and -0.5 * line.size < gap < 0.6 * line.size


def _starts_anew(line: Line, before: Line) -> bool:
    """Whether a line begins a paragraph; one that was cut by a column or page goes on."""
    if MARKER.match(line.text):
        return True
    gap = line.top - before.bottom
    moved = line.page != before.page or gap < -line.size
    if moved:
        return before.text[-1:] in (*".!?:;", "") or not line.text[:1].islower()
    return gap > 0.6 * line.size


def _joined(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        if re.search(r"[a-z]-$", text) and line.text[:1].islower():
            text = text[:-1] + line.text
        else:
            text = f"{text} {line.text}".strip()
    return text

"""Sections from a run of paragraphs: what PDF, Word, OpenDocument and plain text have in common."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingestion.document import Block, BlockKind, Section
from ingestion.sentences import split_sentences

_BULLET = re.compile(r"^[•▪◦‣●○■□–—*·\uf0b7-]\s+")
_NUMBER = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
# What stands in a value and not in a heading: an address, an amount, a telephone number.
_VALUE = re.compile(r"@|^[£€$]|(?:\d[\s-]?){7}|^\d[\d,.]*$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")


@dataclass(slots=True)
class Outline:
    """Sections as they are read; a heading closes the one before, items gather into lists."""

    title: str
    path: list[tuple[int, str]] = field(default_factory=list)
    anchor: str = ""
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    _around: dict[int, str] = field(default_factory=dict)
    """Items that introduce those below them, by level."""

    def heading(self, level: int, text: str, anchor: str = "") -> None:
        """Open a section, unless the heading only repeats the title.

        Args:
            level: 1 for the largest.
            text: As it stands there.
            anchor: Where a link to it leads.
        """
        self.close()
        self.path = [step for step in self.path if step[0] < level]
        if text.casefold() != self.title.casefold():
            self.path.append((level, text))
        self.anchor = anchor

    def paragraph(self, text: str) -> None:
        """Add a paragraph; one that begins with a bullet or a number is an item of a list."""
        bullet, number = _BULLET.match(text), _NUMBER.match(text)
        if bullet or number:
            marker = (bullet or number or [""])[0]
            self.item(text[len(marker) :], steps=bool(number))
        elif text:
            self.blocks.append(Block(BlockKind.PARAGRAPH, text))

    def item(self, text: str, *, steps: bool = False, level: int = 0) -> None:
        """Add an item to the list that is open, or open one under the sentence before it.

        Args:
            text: Without its bullet or number.
            steps: Whether the items are numbered.
            level: 0 for an item of the outermost list; inner items carry the words around them.
        """
        last = self.blocks[-1] if self.blocks else None
        is_open = last is not None and last.kind in (BlockKind.LIST, BlockKind.STEPS)
        if not is_open or level == 0:
            self._around.clear()
        around = " ".join(words for depth, words in sorted(self._around.items()) if depth < level)
        self._around = {d: words for d, words in self._around.items() if d < level}
        if text.endswith(":"):
            self._around[level] = text
        whole = f"{around} {text}".strip()
        # An inner list of another kind goes on with the outer one, whose item it belongs to.
        kind = BlockKind.STEPS if steps else BlockKind.LIST
        if last is not None and is_open and (last.kind is kind or level > 0):
            self.blocks[-1] = replace(last, items=(*last.items, whole))
        else:
            self.blocks.append(Block(kind, self._lead_in(), items=(whole,)))

    def table(self, rows: Iterable[Iterable[str]], *, headings: int | None = None) -> None:
        """Add a table; one of a single column is read as paragraphs.

        Args:
            rows: Cells by row.
            headings: How many rows at the top are headings; None when the file does not say.
        """
        cells = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
        cells = [row for row in cells if any(row)]
        if max(map(len, cells), default=0) <= 1:
            for row in cells:
                self.paragraph(row[0])
            return
        if headings is None:
            headings = heading_rows(cells)
        head, body = cells[:headings], cells[headings:]
        headers = tuple(" ".join(dict.fromkeys(filter(None, c))) for c in zip(*head, strict=False))
        if body or head:
            found = (headers, tuple(body)) if body else ((), tuple(head))
            self.blocks.append(
                Block(BlockKind.TABLE, self._lead_in(), headers=found[0], rows=found[1])
            )

    def close(self) -> None:
        """Keep what was read under the current heading."""
        if self.blocks:
            headings = (self.title, *(text for _, text in self.path))
            self.sections.append(Section(headings, self.anchor, tuple(self.blocks)))
        self.blocks = []
        self._around = {}

    def _lead_in(self) -> str:
        last = self.blocks[-1] if self.blocks else None
        introduces = (
            last is not None and last.kind is BlockKind.PARAGRAPH and last.text.endswith(":")
        )
        return split_sentences(last.text)[-1] if last is not None and introduces else ""


def heading_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return 1 when the first row names columns, else 0: a wrong heading turns an answer round."""
    if len(rows) < 2 or not all(rows[0]) or rows[0][0].endswith(":"):
        return 0
    return int(not any(_VALUE.search(cell) and not _YEAR.match(cell) for cell in rows[0]))

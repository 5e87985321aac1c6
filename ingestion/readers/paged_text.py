"""Sections from a run of paragraphs: what PDF, Word, OpenDocument and plain text have in common."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingestion.document import Block, BlockKind, Section
from ingestion.sentences import split_sentences

_BULLET = re.compile(r"^[•▪◦‣●○■□–—*·\uf0b7-]\s+")
_NUMBER = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")


@dataclass(slots=True)
class Outline:
    """Sections as they are read; a heading closes the one before, items gather into lists."""

    title: str
    path: list[tuple[int, str]] = field(default_factory=list)
    anchor: str = ""
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

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

    def item(self, text: str, *, steps: bool = False) -> None:
        """Add an item to the list that is open, or open one under the sentence before it."""
        kind = BlockKind.STEPS if steps else BlockKind.LIST
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.kind is kind:
            self.blocks[-1] = replace(last, items=(*last.items, text))
        else:
            self.blocks.append(Block(kind, self._lead_in(), items=(text,)))

    def table(self, rows: Iterable[Iterable[str]]) -> None:
        """Add a table; its first row are headings when it is filled and another row follows."""
        cells = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
        cells = [row for row in cells if any(row)]
        headers: tuple[str, ...] = ()
        if len(cells) > 1 and all(cells[0]):
            headers = cells.pop(0)
        if cells:
            self.blocks.append(
                Block(BlockKind.TABLE, self._lead_in(), headers=headers, rows=tuple(cells))
            )

    def close(self) -> None:
        """Keep what was read under the current heading."""
        if self.blocks:
            headings = (self.title, *(text for _, text in self.path))
            self.sections.append(Section(headings, self.anchor, tuple(self.blocks)))
        self.blocks = []

    def _lead_in(self) -> str:
        last = self.blocks[-1] if self.blocks else None
        introduces = (
            last is not None and last.kind is BlockKind.PARAGRAPH and last.text.endswith(":")
        )
        return split_sentences(last.text)[-1] if last is not None and introduces else ""

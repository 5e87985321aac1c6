"""Headings, paragraphs, lists and tables of an element, in reading order."""

from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from ingestion.document import Block, BlockKind, Section
from ingestion.readers.html_lists import definition_block, is_outline, list_block
from ingestion.readers.html_tables import is_layout, table_block
from ingestion.readers.html_text import (
    HEADINGS,
    LINE,
    LISTS,
    PROSE,
    holds_block,
    is_block,
    paragraphs_of,
    plain_lines,
    raw_text,
    squeeze,
    text_of,
)
from ingestion.readers.html_visibility import is_dropped
from ingestion.sentences import split_sentences


@dataclass(slots=True)
class _Outline:
    """Sections as they are read; a new heading closes the one before."""

    title: str
    path: list[tuple[int, str]] = field(default_factory=list)
    anchor: str = ""
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def heading(self, level: int, text: str, anchor: str) -> None:
        """Open a section, unless the heading only repeats the page title."""
        self.close()
        self.path = [step for step in self.path if step[0] < level]
        if text != self.title:
            self.path.append((level, text))
        self.anchor = anchor

    def close(self) -> None:
        """Keep what was read under the current heading."""
        if self.blocks:
            headings = (self.title, *(text for _, text in self.path))
            self.sections.append(Section(headings, self.anchor, tuple(self.blocks)))
        self.blocks = []

    def prose(self, text: str) -> None:
        """Append the paragraphs of a text, parted by empty lines."""
        for paragraph in paragraphs_of(text):
            self.add(Block(BlockKind.PARAGRAPH, paragraph))

    def add(self, block: Block) -> None:
        """Append a block; the sentence that introduces a list or table becomes its lead-in."""
        last = self.blocks[-1] if self.blocks else None
        introduced = (
            block.kind is not BlockKind.PARAGRAPH
            and not block.text
            and last is not None
            and last.kind is BlockKind.PARAGRAPH
            and last.text.endswith(":")
        )
        if introduced and last is not None:
            block = replace(block, text=split_sentences(last.text)[-1])
        self.blocks.append(block)


def sections_of(main: HtmlElement, title: str) -> tuple[Section, ...]:
    """Return the sections of an element, in reading order."""
    outline = _Outline(title)
    _walk(main, outline)
    outline.close()
    return tuple(outline.sections)


def _walk(element: HtmlElement, outline: _Outline) -> None:
    loose = [plain_lines(element.text or "")]
    for child in element:
        if is_block(child) or holds_block(child):
            _flush(loose, outline)
            _read_block(child, outline)
        elif child.tag == "br":
            loose.append(LINE)
        elif not is_dropped(child):
            loose.append(raw_text(child))
        if child.tail:
            loose.append(plain_lines(child.tail))
    _flush(loose, outline)


def _flush(loose: list[str], outline: _Outline) -> None:
    if text := "".join(loose).strip():
        outline.prose(text)
    loose.clear()


def _read_block(element: HtmlElement, outline: _Outline) -> None:
    if is_dropped(element):
        return
    if element.tag in HEADINGS:
        if text := text_of(element):
            outline.heading(int(element.tag[1]), text, element.get("id") or "")
    elif element.tag in PROSE and not holds_block(element):
        _read_prose(element, outline)
    elif (block := _block(element)) is not None:
        outline.add(block)
    else:
        _walk(element, outline)


def _block(element: HtmlElement) -> Block | None:
    """Return a list, a table or a list of terms; None for what is read part by part."""
    if element.tag in LISTS:
        return None if is_outline(element) else list_block(element)
    if element.tag == "table":
        return None if is_layout(element) else table_block(element)
    return definition_block(element) if element.tag == "dl" else None


def _read_prose(element: HtmlElement, outline: _Outline) -> None:
    text = raw_text(element)
    # A way to get in touch in govspeak: its name, then a number or an hour on each line.
    if LINE in text and element.tag == "p" and _is_contact(element):
        first, *lines = [line for part in text.split(LINE) if (line := squeeze(part))] or [""]
        if len(lines) > 1:
            outline.add(Block(BlockKind.LIST, first, items=tuple(lines)))
            return
    outline.prose(text)


def _is_contact(paragraph: HtmlElement) -> bool:
    parent = paragraph.getparent()
    names = set() if parent is None else set((parent.get("class") or "").split())
    return "contact" in names and "adr" not in (paragraph.get("class") or "").split()

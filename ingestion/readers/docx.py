"""Read a Word document (the only home of python-docx).

The library opens the file; its XML is walked here, because the library leaves out what stands in
content controls, tracked insertions, text boxes and footnotes.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from ingestion.document import Document, PageDetails, Skipped
from ingestion.packed_recall import with_packed_recall
from ingestion.readers.docx_styles import Kind, Styles
from ingestion.readers.docx_text import W, Words, value, words_of
from ingestion.readers.paged_text import Outline

_WRAPPERS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
_WRAPPED = frozenset(f"{W}{name}" for name in _WRAPPERS)
_GALLERY = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"
_MOST_COLUMNS = 60
# A bold line as short as this is a heading where nobody used the styles for headings.
_SHORT_WORDS = 14
_Table = tuple[list[list[str]], int | None]


@dataclass(slots=True)
class _Reading:
    """One document while it is read."""

    styles: Styles
    targets: dict[str, str]
    notes: dict[str, Any]
    hidden: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    things: list[tuple[Kind, str | _Table]] = field(default_factory=list)


def read_docx(content: bytes, *, origin: str, fallback_url: str) -> Document | Skipped:
    """Read a Word document; headers, footers, comments, contents and hidden words are left out.

    Args:
        content: The file.
        origin: Where it came from, for reports.
        fallback_url: Its address.
    """
    try:
        document = docx.Document(io.BytesIO(content))
        reading = _Reading(_styles(document), _targets(document), _notes(document))
        _read(document.element.body, reading)
        stated = (document.core_properties.title or "").strip()
        language = (document.core_properties.language or "").split("-")[0].lower()
    # Damaged files raise errors of many classes, of the library and of lxml.
    except Exception:  # noqa: BLE001
        return Skipped(origin, "The Word document is damaged; open it in Word and save it again.")
    title = _title(reading.things, stated)
    if not title:
        return Skipped(origin, "The Word document holds no text.")
    outline = Outline(title)
    for kind, thing in reading.things:
        _add(kind, thing, outline)
    outline.close()
    _add_notes(reading, outline)
    if not outline.sections:
        return Skipped(origin, "The Word document has a title but no text.")
    read = Document(
        PageDetails(fallback_url, title, locale="cy" if language == "cy" else "en"),
        tuple(outline.sections),
        origin,
        hidden_text=tuple(reading.hidden),
        links=tuple(dict.fromkeys(reading.links)),
    )
    return with_packed_recall(content, read)


def _title(things: Sequence[tuple[Kind, Any]], stated: str) -> str:
    """Return the title paragraph, else the first heading, else the stated title, else any text."""
    by_kind = {"title": "", "heading": "", "text": ""}
    for kind, thing in reversed(things):
        if kind.name in by_kind:
            by_kind[kind.name] = thing
    return by_kind["title"] or by_kind["heading"] or stated or by_kind["text"]


def _add(kind: Kind, thing: Any, outline: Outline) -> None:
    if kind.name == "heading":
        outline.heading(kind.level, thing)
    elif kind.name == "table":
        outline.table(thing[0], headings=thing[1])
    elif kind.name in ("list", "steps"):
        outline.item(thing, steps=kind.name == "steps", level=kind.level)
    elif kind.name == "text" and thing != outline.title:
        outline.paragraph(thing)


def _add_notes(reading: _Reading, outline: Outline) -> None:
    """Add footnotes at the end, where they interrupt nothing."""
    outline.path = []
    for number in dict.fromkeys(reading.noted):
        if (note := reading.notes.get(number)) is not None:
            paragraphs = (_words(p, reading).shown for p in note.iter(f"{W}p"))
            outline.paragraph(" ".join(filter(None, paragraphs)))
    outline.close()


def _read(parent: Any, reading: _Reading) -> None:
    """Gather paragraphs and tables in reading order."""
    _gather(parent, reading)
    if not any(kind.name == "heading" for kind, _ in reading.things):
        reading.things = [
            (Kind("heading", 2) if kind == _BOLD else kind, thing) for kind, thing in reading.things
        ]
    else:
        reading.things = [
            (Kind("text") if kind == _BOLD else kind, thing) for kind, thing in reading.things
        ]


_BOLD = Kind("bold")


def _gather(parent: Any, reading: _Reading) -> None:
    for element in parent:
        if element.tag == f"{W}p":
            _paragraph(element, reading)
        elif element.tag == f"{W}tbl":
            _table(element, reading)
        elif element.tag in _WRAPPED and "contents" not in value(element, _GALLERY).lower():
            _gather(element, reading)


def _paragraph(element: Any, reading: _Reading) -> None:
    words = _words(element, reading)
    kind = reading.styles.kind_of(element)
    if words.shown and kind.name != "contents":
        short = len(words.shown.split()) <= _SHORT_WORDS and words.shown[-1] not in ".,;:!"
        if kind.name == "text" and words.is_bold and short:
            kind = _BOLD
        reading.things.append((kind, words.shown))
    for box in words.boxes:
        _gather(box, reading)


def _words(paragraph: Any, reading: _Reading) -> Words:
    words = words_of(paragraph, reading.targets, reading.styles.hidden)
    reading.links += words.links
    reading.noted += words.notes
    if words.hidden:
        reading.hidden.append(words.hidden)
    return words


def _table(table: Any, reading: _Reading) -> None:
    """Add a table, or the paragraphs of a box that is drawn as a table of one cell."""
    cells = list(table.iter(f"{W}tc"))
    if len(cells) == 1 or next(table.iterdescendants(f"{W}tbl"), None) is not None:
        for cell in table.iterfind(f".//{W}tc"):
            if next(above for above in cell.iterancestors(f"{W}tbl")) is table:
                _gather(cell, reading)
        return
    rows: list[list[str]] = []
    headings = 0
    for row in table.iter(f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            headings += row.find(f"{W}trPr/{W}tblHeader") is not None
            rows.append(list(_row(row, rows[-1] if rows else [], reading)))
    reading.things.append((Kind("table"), (rows, headings or None)))


def _row(row: Any, above: Sequence[str], reading: _Reading) -> Iterator[str]:
    """Yield a row's cells; a cell that reaches down from the row above is repeated."""
    column = 0
    cells = list(row.iter(f"{W}tc"))
    for cell in cells:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart":
            text = above[column] if column < len(above) else ""
        else:
            paragraphs = (_words(p, reading).shown for p in cell.iter(f"{W}p"))
            text = " ".join(filter(None, paragraphs))
        span = value(cell, f"{W}tcPr/{W}gridSpan")
        wide = int(span) if span.isdigit() and len(cells) > 1 else 1
        for _ in range(min(wide, _MOST_COLUMNS)):
            yield text
            column += 1


def _styles(document: Any) -> Styles:
    numbering = next(
        (
            relation.target_part.element
            for relation in document.part.rels.values()
            if relation.reltype == RELATIONSHIP_TYPE.NUMBERING
        ),
        None,
    )
    return Styles(document.styles.element, numbering)


def _targets(document: Any) -> dict[str, str]:
    return {
        key: relation.target_ref
        for key, relation in document.part.rels.items()
        if relation.is_external and relation.reltype == RELATIONSHIP_TYPE.HYPERLINK
    }


def _notes(document: Any) -> dict[str, Any]:
    """Return footnotes by their id; those of a type are only lines between text and notes."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            texts = (note for note in root if note.get(f"{W}type") in (None, "normal"))
            return {note.get(f"{W}id"): note for note in texts}
    return {}

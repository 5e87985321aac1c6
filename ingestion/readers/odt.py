"""Read an OpenDocument text: a zip file of XML parts, read with lxml.

The one library for the format, odfpy, has had no release since 2020.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingestion.document import Document, PageDetails, Skipped
from ingestion.packed_recall import with_packed_recall
from ingestion.readers.containers import DAMAGED
from ingestion.readers.odt_styles import TEXT, Styles
from ingestion.readers.paged_text import Outline

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MOST_COLUMNS = 60
MAX_XML = 50_000_000
_NOT_SHOWN = frozenset(
    (
        *(f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{TEXT}tracked-changes"),
        *(f"{_SVG}title", f"{_SVG}desc", f"{TEXT}hidden-paragraph", f"{TEXT}hidden-text"),
        *(f"{TEXT}table-of-content", f"{TEXT}illustration-index", f"{TEXT}table-index"),
        *(f"{TEXT}alphabetical-index", f"{TEXT}bibliography", f"{TEXT}user-index"),
    )
)
_BREAKS = frozenset((f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break", f"{TEXT}p", f"{TEXT}h"))


@dataclass(slots=True)
class _Reading:
    """One document while it is read."""

    styles: Styles
    outline: Outline
    hidden: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_odt(content: bytes, *, origin: str, fallback_url: str) -> Document | Skipped:
    """Read an OpenDocument text; headers, footers, contents and comments are left out.

    Args:
        content: The file.
        origin: Where it came from, for reports.
        fallback_url: Its address.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = _part(archive, "content.xml")
            meta, styles = _part(archive, "meta.xml"), _part(archive, "styles.xml")
    except (*DAMAGED, KeyError, etree.XMLSyntaxError):
        return Skipped(origin, "The document is damaged; open it and save it again.")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
    if body is None:
        return Skipped(origin, "The OpenDocument file is no text document.")
    reading = _Reading(Styles(root, styles), Outline(""))
    stated = (meta.findtext(f".//{_DC}title") or "") if meta is not None else ""
    title = _title(body, stated.strip(), reading)
    if not title:
        return Skipped(origin, "The OpenDocument text is empty.")
    reading = _Reading(reading.styles, Outline(title))
    _walk(body, reading)
    reading.outline.close()
    reading.outline.path = []
    for note in reading.notes:
        reading.outline.paragraph(note)
    reading.outline.close()
    if not reading.outline.sections:
        return Skipped(origin, "The OpenDocument text has a title but no text.")
    language = (meta.findtext(f".//{_DC}language") or "") if meta is not None else ""
    document = Document(
        PageDetails(fallback_url, title, locale="cy" if language.startswith("cy") else "en"),
        tuple(reading.outline.sections),
        origin,
        hidden_text=tuple(reading.hidden),
        links=tuple(dict.fromkeys(reading.links)),
    )
    return with_packed_recall(content, document)


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return a part's root; None when a part that may be missing is.

    Raises:
        KeyError: There is no text.
        ValueError: The part is too large to be a text.
    """
    if name != "content.xml" and name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > MAX_XML:
        message = f"{name} is larger than {MAX_XML} bytes"
        raise ValueError(message)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(name), parser)


def _title(body: etree._Element, stated: str, reading: _Reading) -> str:
    """Return the title paragraph, else the first heading, else the stated title, else any text."""
    paragraphs = [p for p in body.iter(f"{TEXT}p") if not _is_within(p, _NOT_SHOWN)]
    titled = (p for p in paragraphs if reading.styles.is_title(p.get(f"{TEXT}style-name") or ""))
    headings = (h for h in body.iter(f"{TEXT}h") if not _is_within(h, _NOT_SHOWN))
    for group in (titled, headings):
        if found := next(filter(None, (_plain(element, reading) for element in group)), ""):
            return found
    return stated or next(filter(None, (_plain(p, reading) for p in paragraphs)), "")


def _is_within(element: etree._Element, tags: frozenset[str]) -> bool:
    return any(above.tag in tags for above in element.iterancestors())


def _walk(element: etree._Element, reading: _Reading) -> None:
    for child in element:
        if child.tag == f"{TEXT}h":
            _heading(child, reading)
        elif child.tag == f"{TEXT}p":
            text = _plain(child, reading)
            if text != reading.outline.title:
                reading.outline.paragraph(text)
        elif child.tag == f"{TEXT}list":
            name = child.get(f"{TEXT}style-name") or ""
            _list(child, reading, level=0, steps=reading.styles.is_numbered(name))
        elif child.tag == f"{_TABLE}table":
            _table(child, reading)
        elif child.tag not in _NOT_SHOWN and not _is_hidden_section(child, reading):
            _walk(child, reading)


def _heading(element: etree._Element, reading: _Reading) -> None:
    level = element.get(f"{TEXT}outline-level") or ""
    if text := _plain(element, reading):
        reading.outline.heading(int(level) if level.isdecimal() else 1, text)


def _is_hidden_section(element: etree._Element, reading: _Reading) -> bool:
    if element.get(f"{TEXT}display") != "none":
        return False
    reading.hidden.append(" ".join("".join(element.itertext()).split()))
    return True


def _list(element: etree._Element, reading: _Reading, *, level: int, steps: bool) -> None:
    for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
        own: list[str] = []
        for child in item:
            if child.tag == f"{TEXT}list":
                _item(own, reading, level=level, steps=steps)
                name = child.get(f"{TEXT}style-name")
                inner = reading.styles.is_numbered(name) if name else steps
                _list(child, reading, level=level + 1, steps=inner)
            elif child.tag == f"{TEXT}h":
                # A numbered heading stands in a list.
                _heading(child, reading)
            else:
                own.append(_plain(child, reading))
        _item(own, reading, level=level, steps=steps)


def _item(own: list[str], reading: _Reading, *, level: int, steps: bool) -> None:
    if text := " ".join(filter(None, own)):
        reading.outline.item(text, steps=steps, level=level)
    own.clear()


def _table(table: etree._Element, reading: _Reading) -> None:
    cells = list(table.iter(f"{_TABLE}table-cell"))
    if len(cells) == 1 or next(table.iterdescendants(f"{_TABLE}table"), None) is not None:
        for cell in cells:
            if next(cell.iterancestors(f"{_TABLE}table")) is table:
                _walk(cell, reading)
        return
    rows: list[list[str]] = []
    headings = 0
    for row in table.iter(f"{_TABLE}table-row"):
        headings += row.getparent().tag == f"{_TABLE}table-header-rows"
        rows.append(list(_row(row, rows[-1] if rows else [], reading)))
    reading.outline.table(rows, headings=headings or None)


def _row(row: etree._Element, above: list[str], reading: _Reading) -> Iterator[str]:
    """Yield a row's cells; one that is covered by a wider or higher cell repeats its text."""
    column, text, left = 0, "", 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = cell.get(f"{_TABLE}number-columns-repeated") or "1"
        for _ in range(min(int(repeated) if repeated.isdecimal() else 1, _MOST_COLUMNS)):
            if cell.tag == f"{_TABLE}table-cell":
                text = _plain(cell, reading)
                span = cell.get(f"{_TABLE}number-columns-spanned") or "1"
                left = int(span) if span.isdecimal() else 1
            elif left < 1:
                text = above[column] if column < len(above) else ""
            yield text
            column, left = column + 1, left - 1


def _plain(element: etree._Element, reading: _Reading) -> str:
    return " ".join("".join(_pieces(element, reading)).split())


def _pieces(element: etree._Element, reading: _Reading) -> Iterator[str]:
    """Yield the text of an element; what is hidden, and notes, are put aside."""
    if (
        not isinstance(element.tag, str)
        or element.tag in _NOT_SHOWN
        or _set_aside(element, reading)
    ):
        return
    if element.tag == f"{TEXT}a" and (target := element.get(_HREF)):
        reading.links.append(target)
    yield element.text or ""
    for child in element:
        if child.tag in _BREAKS or child.tag == f"{_DRAW}frame":
            yield " "
        yield from _pieces(child, reading)
        yield child.tail or ""


def _set_aside(element: etree._Element, reading: _Reading) -> bool:
    """Whether an element is a note or hidden; its text is kept apart."""
    if element.tag == f"{TEXT}note":
        body = element.find(f"{TEXT}note-body")
        place, source = reading.notes, element if body is None else body
    elif reading.styles.is_hidden(element.get(f"{TEXT}style-name") or ""):
        place, source = reading.hidden, element
    else:
        return False
    if text := " ".join("".join(source.itertext()).split()):
        place.append(text)
    return True

"""Read an OpenDocument text: a zip file with one XML part, read with lxml.

The one library for the format, odfpy, has had no release since 2020.
"""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from ingestion.document import Document, PageDetails, Skipped
from ingestion.readers.paged_text import Outline

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NOT_SHOWN = (f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes")
MAX_XML = 50_000_000


def read_odt(content: bytes, *, origin: str, fallback_url: str) -> Document | Skipped:
    """Read an OpenDocument text; headers, footers, notes and comments are left out.

    Args:
        content: The file.
        origin: Where it came from, for reports.
        fallback_url: Its address.
    """
    try:
        body = _part(content, "content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
        stated = _part(content, "meta.xml").findtext(f".//{_TITLE}") or ""
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError, OSError) as error:
        return Skipped(origin, f"The OpenDocument text cannot be read ({type(error).__name__}).")
    if body is None:
        return Skipped(origin, "The OpenDocument file is no text document.")
    heading = body.find(f".//{_TEXT}h")
    title = stated.strip() or (_plain(heading) if heading is not None else "")
    title = title or next((text for text in map(_plain, body.iter(f"{_TEXT}p")) if text), "")
    if not title:
        return Skipped(origin, "The OpenDocument text is empty.")
    outline = Outline(title)
    _walk(body, outline)
    outline.close()
    if not outline.sections:
        return Skipped(origin, "The OpenDocument text has a title but no text.")
    return Document(PageDetails(fallback_url, title), tuple(outline.sections), origin)


def _part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.getinfo(name).file_size > MAX_XML:
            message = f"{name} is larger than {MAX_XML} bytes"
            raise ValueError(message)
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(archive.read(name), parser)


def _walk(element: etree._Element, outline: Outline) -> None:
    for child in element:
        if child.tag == f"{_TEXT}h":
            if text := _plain(child):
                outline.heading(int(child.get(f"{_TEXT}outline-level") or 1), text)
        elif child.tag == f"{_TEXT}p":
            outline.paragraph(_plain(child))
        elif child.tag == f"{_TEXT}list":
            _list(child, outline)
        elif child.tag == f"{_TABLE}table":
            rows = child.iter(f"{_TABLE}table-row")
            outline.table([[_plain(c) for c in r.iter(f"{_TABLE}table-cell")] for r in rows])
        elif child.tag not in _NOT_SHOWN:
            _walk(child, outline)


def _list(element: etree._Element, outline: Outline) -> None:
    # Whether a list is numbered is in its style, which programs name after what it does.
    steps = "num" in (element.get(f"{_TEXT}style-name") or "").lower()
    for item in element.iter(f"{_TEXT}list-item"):
        if text := _own(item):
            outline.item(text, steps=steps)


def _own(item: etree._Element) -> str:
    """Return the text of an item without the items below it."""
    return " ".join(_plain(child) for child in item if child.tag != f"{_TEXT}list").strip()


def _plain(element: etree._Element) -> str:
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    if element.tag in _NOT_SHOWN:
        return
    yield element.text or ""
    for child in element:
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break", f"{_TEXT}p"):
            yield " "
        yield from _pieces(child)
        yield child.tail or ""

"""Lists of HTML: items in order, items of inner lists with the words around them."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from ingestion.document import Block, BlockKind
from ingestion.readers.html_text import HEADINGS, LISTS, is_block, plain_lines, squeeze, text_of
from ingestion.readers.html_visibility import is_dropped


def is_outline(element: HtmlElement) -> bool:
    """Whether a list is only a frame around sections: its items have headings or tables."""
    return next(element.iterdescendants(*HEADINGS, "table"), None) is not None


def list_block(element: HtmlElement) -> Block | None:
    """Return a list or steps; None when it has no text."""
    is_steps = element.tag == "ol" or "steps" in (element.get("class") or "").lower()
    items = tuple(_items(element))
    return Block(BlockKind.STEPS if is_steps else BlockKind.LIST, items=items) if items else None


def definition_block(element: HtmlElement) -> Block | None:
    """Return terms with what is said of each as a table of two columns; None when it is no such.

    A `dl` may also hold headings, lists or several paragraphs under a term; those are read as
    ordinary text.
    """
    if next(element.iterdescendants(*HEADINGS, *LISTS, "table", "p", "dl"), None) is not None:
        return None
    rows: list[tuple[str, str]] = []
    said: list[str] = []
    term = ""
    for part in element.iter("dt", "dd"):
        text = "" if is_dropped(part) else text_of(part)
        if part.tag == "dd":
            said.append(text)
            continue
        rows.append((term, squeeze(" ".join(said))))
        term, said = text, []
    rows.append((term, squeeze(" ".join(said))))
    filled = tuple(row for row in rows if any(row))
    return Block(BlockKind.TABLE, rows=filled) if filled else None


def _items(element: HtmlElement, lead_in: str = "") -> Iterator[str]:
    """Yield a list's items; items of a list inside an item carry that item's own text."""
    if text := squeeze(element.text or ""):
        yield text
    for child in element:
        if is_dropped(child):
            pass
        elif child.tag == "li" or (child.tag not in LISTS and not _holds_items(child)):
            yield from _item(child, lead_in)
        else:
            yield from _items(child, lead_in)
        if child.tail and (text := squeeze(child.tail)):
            yield text


def _item(item: HtmlElement, lead_in: str) -> Iterator[str]:
    """Yield an item: its words, and the items of lists inside it with the words before them."""
    if not len(item):
        if text := squeeze(f"{lead_in} {item.text or ''}"):
            yield text
        return
    outer = lead_in
    for part in _parts(item):
        if not isinstance(part, str):
            yield from _items(part, lead_in)
        elif text := squeeze(part):
            whole = f"{outer} {text}".strip()
            lead_in = whole if text.endswith(":") else outer
            if lead_in == outer:
                yield whole
    # Words that introduce nothing must not be lost.
    if lead_in != outer and not _holds_items(item):
        yield lead_in


def _holds_items(element: HtmlElement) -> bool:
    return next(element.iterdescendants("li"), None) is not None


def _parts(item: HtmlElement) -> list[str | HtmlElement]:
    """Return the words of an item and the lists inside it, in reading order."""
    parts: list[str | HtmlElement] = [""]
    _gather(item, parts)
    return parts


def _gather(element: HtmlElement, parts: list[str | HtmlElement]) -> None:
    _add(parts, plain_lines(element.text or ""))
    for child in element:
        if is_dropped(child):
            pass
        elif child.tag in LISTS:
            parts.append(child)
        elif child.tag == "br" or is_block(child):
            _add(parts, " ")
            _gather(child, parts)
            _add(parts, " ")
        elif child.tag == "sup":
            _add(parts, _raised(parts, text_of(child)))
        else:
            _gather(child, parts)
        _add(parts, child.tail or "")


def _raised(parts: list[str | HtmlElement], text: str) -> str:
    last = parts[-1]
    joins = isinstance(last, str) and last[-1:].isdigit() and text[:1].isdigit()
    return f" {text}" if joins else text


def _add(parts: list[str | HtmlElement], text: str) -> None:
    last = parts[-1]
    if isinstance(last, str):
        parts[-1] = last + text
    else:
        parts.append(text)

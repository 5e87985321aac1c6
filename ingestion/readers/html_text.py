"""The words of an element as people see them."""

import re

from lxml.html import HtmlElement

from ingestion.readers.html_visibility import is_dropped

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PROSE = frozenset(("p", "blockquote", "pre", "address", "dt", "dd", "figcaption", "summary"))
LISTS = ("ul", "ol", "menu")
BLOCKS = frozenset(
    (*HEADINGS, *PROSE, *LISTS, "table", "div", "section", "article", "main", "dl", "figure")
) | frozenset(("details", "fieldset", "center", "hr", "li", "hgroup", "header", "tr", "td", "th"))
LINE = "\n"
_EMPTY_LINE = re.compile(r"\n\s*\n")


def is_block(element: HtmlElement) -> bool:
    """Whether an element stands on lines of its own."""
    return element.tag in BLOCKS


def holds_block(element: HtmlElement) -> bool:
    """Whether an element, such as a link or a web component, is wrapped around blocks."""
    return len(element) > 0 and next(element.iterdescendants(*BLOCKS), None) is not None


def text_of(element: HtmlElement) -> str:
    """Return the text people can see, on one line."""
    return squeeze(raw_text(element))


def raw_text(element: HtmlElement) -> str:
    """Return the text people can see, with a space where a block ends and a line end at `br`."""
    if not len(element):
        return plain_lines(element.text or "")
    pieces: list[str] = []
    _gather(element, pieces)
    return "".join(pieces)


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs that empty lines part, each on one line; none for an empty text."""
    if LINE not in text:
        return [found] if (found := squeeze(text)) else []
    return [found for part in _EMPTY_LINE.split(text) if (found := squeeze(part))]


def squeeze(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def plain_lines(text: str) -> str:
    """Return text of the source, whose line ends mean no more than a space."""
    return text.replace(LINE, " ")


def _gather(element: HtmlElement, pieces: list[str]) -> None:
    pieces.append(plain_lines(element.text or ""))
    for child in element:
        if not is_dropped(child):
            _gather_child(child, pieces)
        if child.tail:
            pieces.append(plain_lines(child.tail))


def _gather_child(child: HtmlElement, pieces: list[str]) -> None:
    if child.tag == "br":
        pieces.append(LINE)
    elif child.tag in BLOCKS:
        pieces.append(" ")
        _gather(child, pieces)
        pieces.append(" ")
    else:
        # "£5" with a raised note "1" must not be read as "£51".
        if child.tag == "sup" and _ends_in_digit(pieces) and text_of(child)[:1].isdigit():
            pieces.append(" ")
        _gather(child, pieces)


def _ends_in_digit(pieces: list[str]) -> bool:
    last = next((piece for piece in reversed(pieces) if piece), "")
    return last[-1:].isdigit()

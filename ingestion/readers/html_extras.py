"""What a page of HTML holds beside its text: links, and words that people cannot see."""

import re
from collections.abc import Iterator

import lxml.html
from lxml.html import HtmlElement

MOST_CHARACTERS = 20_000
_FEWEST = 15
# Ways to show a text to machines only. Text clipped to one pixel is not among them: screen readers
# read it, so people do hear it.
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|font-size:0(?![.\d])|opacity:0(?![.\d])|"
    r"(?<![-\w])color:(?:#fff(?:fff)?|white|transparent)\b",
)
_NO_PAGE = ("#", "mailto:", "tel:", "sms:", "javascript:", "data:")


def hidden_text(root: HtmlElement) -> Iterator[str]:
    """Yield the text of comments and of elements that are hidden from people, not of scripts."""
    left = MOST_CHARACTERS
    for element in root.iter():
        text = ""
        if element.tag is lxml.etree.Comment:
            text = "" if (element.text or "").lstrip().startswith("[if") else element.text or ""
        elif isinstance(element.tag, str) and _is_hidden(element):
            text = element.text_content()
        text = " ".join(text.split())[:left]
        if len(text) >= _FEWEST:
            left -= len(text)
            yield text
        if left <= 0:
            return


def links_of(main: HtmlElement) -> Iterator[str]:
    """Yield the targets of links to pages, as written, each once."""
    targets = (str(target).strip() for target in main.xpath(".//a/@href"))
    yield from dict.fromkeys(t for t in targets if t and not t.lower().startswith(_NO_PAGE))


def fragment_extras(html: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return hidden text and links of a piece of HTML."""
    if "<" not in html:
        return (), ()
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    return tuple(hidden_text(root)), tuple(links_of(root))


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in ("script", "style", "template", "noscript"):
        return False
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style.replace(" ", "").lower()))

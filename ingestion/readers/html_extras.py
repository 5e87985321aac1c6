"""What a page of HTML holds beside its text: links, and words that people cannot see."""

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from ingestion.readers.html_visibility import is_hidden, plain_style

MAX_CHARACTERS = 20_000
_FEWEST = 15
# White letters may stand on a dark panel; they are reported even where they are read.
_PALE = re.compile(r"(?<![-\w])color:(?:#fff(?:fff)?|white|rgb\(255,255,255\))(?![\w(])")
_NO_PAGE = ("#", "mailto:", "tel:", "sms:", "javascript:", "data:")
_SUSPECTS = etree.XPath(
    "descendant-or-self::*[@hidden or @style][not(self::script or self::style or self::template"
    " or self::noscript)] | descendant::comment()"
)
_TARGETS = etree.XPath(".//a/@href")


def hidden_text(root: HtmlElement) -> Iterator[str]:
    """Yield the text of comments and of elements that are hidden from people, not of scripts."""
    left = MAX_CHARACTERS
    for element in _SUSPECTS(root):
        text = " ".join(_unseen(element).split())[:left]
        if len(text) >= _FEWEST:
            left -= len(text)
            yield text
        if left <= 0:
            return


def links_of(main: HtmlElement) -> Iterator[str]:
    """Yield the targets of links to pages, as written, each once."""
    targets = (str(target).strip() for target in _TARGETS(main))
    yield from dict.fromkeys(t for t in targets if t and not t.lower().startswith(_NO_PAGE))


def fragment_extras(html: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return hidden text and links of a piece of HTML."""
    if "<" not in html:
        return (), ()
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    return tuple(hidden_text(root)), tuple(links_of(root))


def _unseen(element: HtmlElement) -> str:
    if not isinstance(element.tag, str):
        text = element.text or ""
        # Conditional comments speak to old browsers.
        return "" if text.lstrip().startswith("[if") else text
    seen = not is_hidden(element) and not _PALE.search(plain_style(element))
    return "" if seen else element.text_content()

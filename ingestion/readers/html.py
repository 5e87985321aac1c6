"""Read a page of HTML: the main element's headings, paragraphs, lists and tables.

Navigation, banners, scripts and anything hidden from people are left out: a citizen must never be
quoted a cookie notice or text that only a machine can see.
"""

import re
from datetime import date

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from ingestion.content_recall import seems_whole, with_recall
from ingestion.document import Document, PageDetails, Section, Skipped
from ingestion.readers.html_extras import hidden_text, links_of
from ingestion.readers.html_openings import opened
from ingestion.readers.html_sections import sections_of
from ingestion.readers.html_text import squeeze, text_of
from ingestion.readers.main_content import main_html

_MAIN = tuple(
    etree.XPath(path)
    for path in (
        "//main",
        "//*[@role='main']",
        "//*[contains(concat(' ', @class, ' '), ' govspeak ')]",
        "//article",
    )
)
_CANONICAL = etree.XPath("//link[@rel='canonical']/@href")
_OG_URL = etree.XPath("//meta[@property='og:url']/@content")
_DESCRIPTION = etree.XPath("//meta[@name='description']/@content")
_PUBLISHER = etree.XPath("//meta[@name='publisher' or @name='author']/@content")
_LANGUAGE = etree.XPath("/html/@lang")
_UPDATED = etree.XPath(
    "//meta[@name='govuk:updated-at' or @property='article:modified_time']/@content"
)
_TITLE = etree.XPath("//title/text()")
_H1 = etree.XPath(".//h1")
# Bytes that no text has and XML does not allow; a file with them is damaged, its words are not.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_html(content: str, *, origin: str, fallback_url: str) -> Document | Skipped:
    """Read a whole HTML page.

    Args:
        content: Decoded HTML.
        origin: Where it came from, for reports.
        fallback_url: Address to use when the page does not state its own.
    """
    if not content.strip():
        return Skipped(origin, "The file is empty.")
    root = lxml.html.document_fromstring(_parsable(content))
    sections: tuple[Section, ...] = ()
    main = next((found[0] for path in _MAIN if (found := path(root))), None)
    whole = "" if main is None else "".join(main.itertext("*"))
    opened(root if main is None else main)
    title = _title(root, root if main is None else main)
    if not title:
        return Skipped(origin, "The page has no heading and no title, so it cannot be cited.")
    if main is None:
        main, sections = _unmarked(content, root, title)
    sections = sections or sections_of(main, title)
    if not sections:
        return Skipped(origin, "The page has no text in its main part.")
    details = PageDetails(
        url=_first(root, _CANONICAL) or _first(root, _OG_URL) or fallback_url,
        title=title,
        description=_first(root, _DESCRIPTION),
        publisher=_first(root, _PUBLISHER),
        locale=_locale(_first(root, _LANGUAGE)),
        updated_at=_date(root),
    )
    document = Document(
        details,
        sections,
        origin,
        hidden_text=tuple(hidden_text(root)),
        links=tuple(links_of(main)),
    )
    return document if seems_whole(whole, document) else with_recall(content, document)


def _unmarked(
    content: str, root: HtmlElement, title: str
) -> tuple[HtmlElement, tuple[Section, ...]]:
    """Return the text of a page that does not say which part of it is the main one."""
    body = next(iter(root.xpath("//body")), root)
    found = main_html(content)
    return body, sections_of(lxml.html.document_fromstring(found), title) if found else ()


def read_fragment(content: str, title: str) -> tuple[Section, ...]:
    """Read the sections of a piece of HTML whose page title is known."""
    if not content.strip():
        return ()
    root = lxml.html.fragment_fromstring(_parsable(content), create_parent="div")
    return sections_of(opened(root), title)


def _title(root: HtmlElement, main: HtmlElement) -> str:
    for heading in (*_H1(main), *_H1(root)):
        if text := text_of(heading):
            return text
    return _first(root, _TITLE).removesuffix(" - GOV.UK")


def _first(root: HtmlElement, path: etree.XPath) -> str:
    found = path(root)
    return squeeze(str(found[0])) if found else ""


def _locale(tag: str) -> str:
    return tag.split("-")[0].lower() or "en"


def _date(root: HtmlElement) -> date | None:
    try:
        return date.fromisoformat(_first(root, _UPDATED)[:10])
    except ValueError:
        return None


def _parsable(content: str) -> str:
    """Drop an XML declaration: lxml refuses a decoded string that still names an encoding."""
    stripped = _CONTROL.sub(" ", content).lstrip("\ufeff \t\r\n")
    if stripped.startswith("<?xml"):
        return stripped.partition("?>")[2] or "<html></html>"
    return stripped

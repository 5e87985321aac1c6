"""Read a page of HTML: the main element's headings, paragraphs, lists and tables.

Navigation, banners, scripts and anything hidden from people are left out: a citizen must never be
quoted a cookie notice or text that only a machine can see.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import lxml.html
from lxml.html import HtmlElement

from ingestion.document import Block, BlockKind, Document, PageDetails, Section, Skipped
from ingestion.readers.html_extras import hidden_text, links_of
from ingestion.readers.main_content import main_html
from ingestion.sentences import split_sentences

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DROPPED_TEXT = """
nav header footer aside script style noscript template form button svg iframe select input textarea
label head title
"""
_DROPPED = frozenset(_DROPPED_TEXT.split())
_DROPPED_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary"))
_DROPPED_CLASSES = ("cookie", "breadcrumb", "skip-link", "related-", "pagination")
_MAIN = (
    "//main",
    "//*[@role='main']",
    "//*[contains(concat(' ', @class, ' '), ' govspeak ')]",
    "//article",
)
_PROSE = ("p", "blockquote", "pre", "address", "dt", "dd", "figcaption", "summary")


def read_html(content: str, *, origin: str, fallback_url: str) -> Document | Skipped:
    """Read a whole HTML page.

    Args:
        content: Decoded HTML.
        origin: Where it came from, for reports.
        fallback_url: Address to use when the page does not state its own.
    """
    if not content.strip():
        return Skipped(origin, "The file is empty.")
    root = lxml.html.document_fromstring(_without_declaration(content))
    sections: tuple[Section, ...] = ()
    main = next((found[0] for path in _MAIN if (found := root.xpath(path))), None)
    title = _title(root, root if main is None else main)
    if not title:
        return Skipped(origin, "The page has no heading and no title, so it cannot be cited.")
    if main is None:
        main, sections = _unmarked(content, root, title)
    sections = sections or sections_of(main, title)
    if not sections:
        return Skipped(origin, "The page has no text in its main part.")
    details = PageDetails(
        url=_first(root, "//link[@rel='canonical']/@href")
        or _first(root, "//meta[@property='og:url']/@content")
        or fallback_url,
        title=title,
        description=_first(root, "//meta[@name='description']/@content"),
        publisher=_first(root, "//meta[@name='publisher' or @name='author']/@content"),
        locale=_locale(_first(root, "//html/@lang")),
        updated_at=_date(root),
    )
    return Document(
        details,
        sections,
        origin,
        hidden_text=tuple(hidden_text(root)),
        links=tuple(links_of(main)),
    )


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
    return sections_of(lxml.html.fragment_fromstring(content, create_parent="div"), title)


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
    loose = [element.text or ""]
    for child in element:
        if _is_block(child):
            _flush(loose, outline)
            _read_block(child, outline)
        elif not _is_dropped(child):
            loose.append(_text(child))
        loose.append(child.tail or "")
    _flush(loose, outline)


def _flush(loose: list[str], outline: _Outline) -> None:
    text = _squeeze(" ".join(loose))
    if text:
        outline.add(Block(BlockKind.PARAGRAPH, text))
    loose.clear()


def _read_block(element: HtmlElement, outline: _Outline) -> None:
    if _is_dropped(element):
        return
    if element.tag in _HEADINGS:
        if text := _text(element):
            outline.heading(int(element.tag[1]), text, element.get("id") or "")
    elif element.tag in ("ul", "ol", "table"):
        block = _table(element) if element.tag == "table" else _list(element)
        if block is not None:
            outline.add(block)
    elif element.tag in _PROSE and not any(_is_block(child) for child in element):
        _flush([_text(element)], outline)
    else:
        _walk(element, outline)


def _list(element: HtmlElement) -> Block | None:
    is_steps = element.tag == "ol" or "steps" in (element.get("class") or "").lower()
    items = tuple(_items(element))
    return Block(BlockKind.STEPS if is_steps else BlockKind.LIST, items=items) if items else None


def _is_block(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    if element.tag in (*_HEADINGS, *_PROSE, "ul", "ol", "table", "div", "section", "article"):
        return True
    return element.tag in ("main", "dl", "figure", "details", "fieldset", "center", "hr", "li")


def _is_dropped(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    classes = (element.get("class") or "").lower()
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in _DROPPED_ROLES
        or "display:none" in style
        or "visibility:hidden" in style
        or any(name in classes for name in _DROPPED_CLASSES)
    )


def _items(element: HtmlElement, lead_in: str = "") -> Iterator[str]:
    """Yield a list's items; items of a list inside an item carry that item's own text."""
    for item in element.iterchildren("li"):
        nested = list(item.iterdescendants("ul", "ol"))
        own = _squeeze(" ".join(_own_text(item)))
        text = f"{lead_in} {own}".strip()
        if not nested:
            if text:
                yield text
            continue
        if text and not own.endswith(":"):
            yield text
        # The outermost lists below the item, also those inside a panel of an accordion.
        for inner in (found for found in nested if next(found.iterancestors("li")) is item):
            yield from _items(inner, text if own.endswith(":") else lead_in)


def _own_text(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("ul", "ol") and not _is_dropped(child):
            yield _text_without_lists(child)
        yield child.tail or ""


def _text_without_lists(element: HtmlElement) -> str:
    return " ".join(_own_text(element))


def _table(element: HtmlElement) -> Block | None:
    captions = element.xpath("./caption")
    rows = [
        [(cell.tag, _text(cell)) for cell in row.iterchildren("th", "td")]
        for row in element.iterdescendants("tr")
    ]
    rows = [row for row in rows if any(text for _, text in row)]
    headers: tuple[str, ...] = ()
    if rows and all(tag == "th" for tag, _ in rows[0]) and len(rows) > 1:
        headers = tuple(text for _, text in rows.pop(0))
    cells = tuple(tuple(text for _, text in row) for row in rows)
    caption = _text(captions[0]) if captions else ""
    return Block(BlockKind.TABLE, caption, headers=headers, rows=cells) if cells else None


def _text(element: HtmlElement) -> str:
    return _squeeze(" ".join(_visible(element)))


def _visible(element: HtmlElement) -> Iterator[str]:
    """Yield the text people can see, with a space where a line or block ends."""
    text = element.text or ""
    for child in element:
        if not _is_dropped(child):
            space = " " if _is_block(child) or child.tag == "br" else ""
            text += space + "".join(_visible(child)) + space
        text += child.tail or ""
    yield text


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _title(root: HtmlElement, main: HtmlElement) -> str:
    for heading in (*main.xpath(".//h1"), *root.xpath("//h1")):
        if text := _text(heading):
            return text
    return _squeeze(_first(root, "//title/text()")).removesuffix(" - GOV.UK")


def _first(root: HtmlElement, path: str) -> str:
    found = root.xpath(path)
    return _squeeze(str(found[0])) if found else ""


def _locale(tag: str) -> str:
    return tag.split("-")[0].lower() or "en"


def _date(root: HtmlElement) -> date | None:
    stated = _first(
        root, "//meta[@name='govuk:updated-at' or @property='article:modified_time']/@content"
    )
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        return None


def _without_declaration(content: str) -> str:
    """Drop an XML declaration: lxml refuses a decoded string that still names an encoding."""
    stripped = content.lstrip("\ufeff \t\r\n")
    if stripped.startswith("<?xml"):
        return stripped.partition("?>")[2] or "<html></html>"
    return stripped

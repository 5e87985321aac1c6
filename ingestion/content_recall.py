"""How much of a page's text a reader kept, counted another way than the reader reads.

Words of the main element, taken straight from the parsed page in one flat pass, against the words
of the sections. A reader that drops a paragraph, or lets a menu through, shows here.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import lxml.html
from lxml import etree

from ingestion.document import Document, Skipped

ENOUGH = 0.98
_WORD = re.compile(r"\w+")
_MARKED = re.compile(r"<main|<article|role=.main", re.IGNORECASE)
_MAIN = etree.XPath("//main|//*[@role='main']|//article|//body")
_PANELS = etree.XPath("//@aria-controls")
_UNSEEN_TEXT = """
script style noscript template nav header footer aside form button svg math object video audio
canvas iframe dialog del s strike title
"""
_UNSEEN = frozenset(_UNSEEN_TEXT.split())
_ROLES = frozenset(("navigation", "search", "banner", "contentinfo", "complementary"))
_STYLES = ("display:none", "visibility:hidden", "font-size:0", "opacity:0")
_BANNERS = re.compile(r"cookies?[-_]*(?:banner|bar|consent|notice|message)|breadcrumb|pagination")
_INLINE_TEXT = """
a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd mark q samp small span strong
sub sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_TEXT.split())


@dataclass(frozen=True, slots=True)
class Recall:
    """Words of the main element that the sections hold.

    Attributes:
        words: Words of the main element.
        kept: Of them, how many the sections hold, each as often as it stands there.
        foreign: Words of the sections that the main element does not hold.
    """

    words: int
    kept: int
    foreign: int

    @property
    def share(self) -> float:
        """Kept words in [0, 1]; 1 for a page without words."""
        return self.kept / self.words if self.words else 1.0


def seems_whole(text: str, document: Document) -> bool:
    """Whether a document holds exactly a text, blanks aside, its title first; quick and strict.

    Args:
        text: All of a main element, hidden or not.
        document: What was read of it.
    """
    parts: list[str] = [document.details.title]
    path: tuple[str, ...] = (document.details.title,)
    for section in document.sections:
        if section.heading_path != path:
            path = section.heading_path
            parts.append(path[-1])
        for block in section.blocks:
            # The lead-in of a list stands as a paragraph before it already.
            parts += block.items or (() if block.rows else (block.text,))
            parts += block.headers
            for row in block.rows:
                parts += row
    return "".join("".join(parts).split()) == "".join(text.split())


def html_recall(content: str, document: Document, *, is_fragment: bool = False) -> Recall:
    """Compare an HTML page, or a piece of one, with what was read of it."""
    return compare(seen_words(content, is_fragment=is_fragment), document)


def seen_words(content: str, *, is_fragment: bool = False) -> "Counter[str]":
    """Return the words that people see in the main element of a page, or in a piece of one."""
    if is_fragment:
        root = main = lxml.html.fragment_fromstring(content, create_parent="div")
    else:
        root = lxml.html.document_fromstring(content)
        main = next(iter(_MAIN(root)), root)
    return words_of("".join(_seen(main, frozenset(_PANELS(root)))))


def with_recall(
    content: str, found: Document | Skipped, *, is_fragment: bool = False
) -> Document | Skipped:
    """Return what was read of a page, with a remark when words of its main element are missing.

    Args:
        content: HTML.
        found: What was read of it.
        is_fragment: Whether all of it is the main part.
    """
    if isinstance(found, Skipped) or not (is_fragment or _MARKED.search(content)):
        return found
    return remarked(found, html_recall(content, found, is_fragment=is_fragment).share)


def remarked(document: Document, share: float) -> Document:
    """Return a document with a remark when too small a share of its words was read."""
    if share >= ENOUGH:
        return document
    remark = f"Only {share:.0%} of the words of the main part were read; the page may be unusual."
    return replace(document, remarks=(*document.remarks, remark))


def compare(expected: "Counter[str]", document: Document, *, also: str = "") -> Recall:
    """Compare words with those of a document's sections.

    Args:
        expected: Words that people see, with how often.
        document: What was read.
        also: Words that stand in the title and need not stand in a section.
    """
    known = words_of(text_of_document(document))
    foreign = sum(number for word, number in known.items() if word not in expected)
    known.update(words_of(f"{also} {document.details.title}"))
    lost = expected - known
    words = expected.total()
    return Recall(words, words - lost.total(), foreign)


def words_of(text: str) -> "Counter[str]":
    """Return the words of a text, in lower case, with how often each stands there."""
    return Counter(_WORD.findall(text.lower()))


def text_of_document(document: Document) -> str:
    """Return everything a document's sections hold, headings included."""
    parts: list[str] = []
    before: tuple[str, ...] = ()
    for section in document.sections:
        if section.heading_path != before:
            parts += section.heading_path[1:][-1:]
            parts += [h for h in section.heading_path[1:-1] if h not in before]
        before = section.heading_path
        for block in section.blocks:
            parts += (block.text, *block.items, *block.headers)
            for row in block.rows:
                parts += row
    return " ".join(parts)


def _seen(element: etree._Element, panels: frozenset[str]) -> Iterator[str]:
    """Yield the text of an element and what is in it, unless people do not see it there."""
    if not isinstance(element.tag, str) or _is_unseen(element, panels):
        return
    space = "" if element.tag in _INLINE else " "
    yield space + (element.text or "")
    for child in element:
        yield from _seen(child, panels)
        yield child.tail or ""
    yield space


def _is_unseen(element: etree._Element, panels: frozenset[str]) -> bool:
    if element.tag in _UNSEEN and not _is_text_all_the_same(element):
        return True
    if element.get("id") in panels:
        return False
    style = "".join((element.get("style") or "").lower().split())
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in _ROLES
        or any(way in style for way in _STYLES)
        or bool(_BANNERS.search(element.get("class") or ""))
    )


def _is_text_all_the_same(element: etree._Element) -> bool:
    """Whether it is the question of an accordion, or a frame around the main heading."""
    if element.tag == "button":
        return bool(element.get("aria-controls") or element.xpath("ancestor::h2|ancestor::h3"))
    return element.tag in ("form", "header") and bool(element.xpath(".//h1|.//h2"))

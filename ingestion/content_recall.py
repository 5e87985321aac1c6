"""How much of a page's text a reader kept, counted another way than the reader reads.

Words of the main element as lxml gives its text, against the words of the sections. A reader that
drops a paragraph, or lets a menu through, shows here.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

import lxml.html

from ingestion.document import Document, Skipped

_WORD = re.compile(r"\w+")
_NOT_READ = (
    "//script|//style|//noscript|//template|//nav|//header|//footer|//aside|//form|//button|//svg"
    "|//*[@hidden]|//*[@aria-hidden='true']|//*[@role='navigation']|//*[@role='search']"
    "|//*[@role='banner']|//*[@role='contentinfo']|//*[@role='complementary']|//comment()"
    "|//*[contains(translate(@style,' ',''),'display:none')]"
)
_MARKED = re.compile(r"<main|<article|role=.main", re.IGNORECASE)
ENOUGH = 0.98


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


def html_recall(content: str, document: Document) -> Recall:
    """Compare an HTML page with what was read of it."""
    root = lxml.html.document_fromstring(content)
    main = next(iter(root.xpath("//main|//*[@role='main']|//article|//body")), root)
    title = " ".join(root.xpath("string((//h1)[1])").split())
    for element in main.xpath(_NOT_READ.replace("//", ".//")):
        if element.getparent() is not None and isinstance(element.tag, str):
            element.drop_tree()
    expected = _words(" ".join(text for text in main.itertext() if isinstance(text, str)))
    return compare(expected, document, also=title)


def with_recall(content: str, found: Document | Skipped) -> Document | Skipped:
    """Return what was read of a page, with a remark when words of its main element are missing."""
    if isinstance(found, Skipped) or not _MARKED.search(content):
        return found
    share = html_recall(content, found).share
    if share >= ENOUGH:
        return found
    remark = f"Only {share:.0%} of the words of the main part were read; the page may be unusual."
    return replace(found, remarks=(*found.remarks, remark))


def compare(expected: "Counter[str]", document: Document, *, also: str = "") -> Recall:
    """Compare words with those of a document's sections.

    Args:
        expected: Words that people see, with how often.
        document: What was read.
        also: Words that stand in the title and need not stand in a section.
    """
    found = _words(text_of_document(document))
    known = found + _words(also) + _words(document.details.title)
    kept = sum(min(number, known[word]) for word, number in expected.items())
    foreign = sum(number for word, number in found.items() if word not in expected)
    return Recall(sum(expected.values()), kept, foreign)


def words_of(text: str) -> "Counter[str]":
    """Return the words of a text with how often each stands there."""
    return _words(text)


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
            parts += [block.text, *block.items, *block.headers]
            parts += [cell for row in block.rows for cell in row]
    return " ".join(parts)


def _words(text: str) -> "Counter[str]":
    return Counter(word.lower() for word in _WORD.findall(text))

"""Text that stands on many pages says nothing about any of them.

A disclaimer or footer inside the main part of every page would otherwise be found for any question
that is like it, and quoted as if it answered.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.document import Block, Document

MIN_PAGES = 10
MIN_SHARE = 0.1


def without_boilerplate(documents: Sequence[Document]) -> Iterator[Document]:
    """Yield documents without the sections whose text is on many pages.

    Many are at least ten pages and a tenth of all. A page keeps its sections when nothing else
    would be left of it. Sections, not passages: a small one would hide in the passage it joins.
    """
    pages_of: Counter[tuple[Block, ...]] = Counter()
    for document in documents:
        pages_of.update({section.blocks for section in document.sections})
    enough = max(MIN_PAGES, MIN_SHARE * len(documents))
    for document in documents:
        own = tuple(s for s in document.sections if pages_of[s.blocks] < enough)
        yield replace(document, sections=own) if own else document

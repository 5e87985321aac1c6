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
# Of a language that few pages are in, such as Welsh, fewer are enough when they are most of them.
FEW_PAGES = 5
MOST_OF_LANGUAGE = 0.8


def without_boilerplate(documents: Sequence[Document]) -> Iterator[Document]:
    """Yield documents without the sections whose text is on many pages.

    Many are at least ten pages and a tenth of all, or at least five and four fifths of those in the
    page's language beside another. A page keeps its sections when nothing else would be left of
    it. Sections, not passages: a small one would hide in the passage it joins.
    """
    pages_of: Counter[tuple[Block, ...]] = Counter()
    for document in documents:
        pages_of.update({section.blocks for section in document.sections})
    in_language = Counter(document.details.locale for document in documents)
    enough = max(MIN_PAGES, MIN_SHARE * len(documents))
    for document in documents:
        of_language = in_language[document.details.locale]
        most = max(FEW_PAGES, MOST_OF_LANGUAGE * of_language)
        least = min(enough, most) if of_language < len(documents) else enough
        own = tuple(s for s in document.sections if pages_of[s.blocks] < least)
        yield replace(document, sections=own) if own else document

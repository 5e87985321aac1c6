"""Text that stands on many pages says nothing about any of them.

A disclaimer or footer inside the main part of every page would otherwise be found for any question
that is like it, and quoted as if it answered.
"""

from collections.abc import Sequence

from ingestion.passage import Passage

MIN_PAGES = 10
MIN_SHARE = 0.1


def without_boilerplate(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages whose text is not repeated on at least ten pages and a tenth of all.

    A page keeps its passages when nothing else would be left of it.
    """
    pages_of: dict[str, set[str]] = {}
    for passage in passages:
        pages_of.setdefault(passage.text, set()).add(passage.page.url)
    total = len({passage.page.url for passage in passages})
    enough = max(MIN_PAGES, MIN_SHARE * total)
    repeated = {text for text, pages in pages_of.items() if len(pages) >= enough}
    kept = {passage.page.url for passage in passages if passage.text not in repeated}
    return [p for p in passages if p.text not in repeated or p.page.url not in kept]

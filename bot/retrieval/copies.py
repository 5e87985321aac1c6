"""The same text under two addresses is shown once: the copy that fits best.

A page is a copy when it is for the same nation and in the same language as a better one, and at
least four fifths of their units together are in both. Different figures make different units, so
that last year's page is no copy of this year's.
"""

from dataclasses import replace

from bot.retrieval.evidence import Evidence
from ingestion.passage_index import PassageIndex

MIN_SHARED = 0.8


def without_copies(evidence: Evidence, index: PassageIndex) -> Evidence:
    """Return the evidence without pages that repeat a better one; `copies` remembers them.

    Args:
        evidence: What search found; only pages whose units it holds are compared.
        index: The opened index version.
    """
    texts: dict[int, set[str]] = {}
    for unit in evidence.units:
        texts.setdefault(unit.page, set()).add(index.units[unit.row].text)
    kept: list[int] = []
    copies: dict[int, int] = {}
    for page in (page.row for page in evidence.pages if page.row in texts):
        better = next((row for row in kept if _is_copy(page, row, texts, index)), None)
        if better is None:
            kept.append(page)
        else:
            copies[page] = better
    if not copies:
        return evidence
    return replace(
        evidence,
        pages=tuple(page for page in evidence.pages if page.row not in copies),
        units=tuple(unit for unit in evidence.units if unit.page not in copies),
        copies=tuple(page for page in evidence.pages if page.row in copies),
        copy_of=copies,
    )


def _is_copy(page: int, better: int, texts: dict[int, set[str]], index: PassageIndex) -> bool:
    mine, other = index.pages[page], index.pages[better]
    if (mine.nation, mine.locale) != (other.nation, other.locale):
        return False
    shared, together = texts[page] & texts[better], texts[page] | texts[better]
    return len(shared) >= MIN_SHARED * len(together)

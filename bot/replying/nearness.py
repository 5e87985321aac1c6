"""Which pages are near enough to be offered where the guidance gives no answer.

The best of a hundred unrelated pages is still unrelated: a question about a banana is not helped by
a page about bins.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Citation
from bot.quoting.extractive import nearest_pages
from bot.retrieval import Evidence, PageCandidate
from bot.retrieval.signals import PAGE_SIGNALS
from ingestion.passage_index import PassageIndex

# Cosine of the question with the title, a passage or a unit of the page. Chosen on the
# question set `honesty`; ADR 0026 has the figures.
NEAR = 0.3
_MEANING = tuple(n for n, name in enumerate(PAGE_SIGNALS) if name.startswith("dense_"))


def near_pages(
    evidence: Evidence, index: PassageIndex, *, without: Sequence[str] = ()
) -> tuple[Citation, ...]:
    """Return the nearest pages that mean something like what was asked; may be empty.

    Args:
        evidence: What retrieval found.
        index: The opened index version.
        without: Addresses of pages already cited.
    """
    near = replace(evidence, pages=tuple(filter(is_near, evidence.pages)))
    return nearest_pages(near, index, without=without)


def is_near(page: PageCandidate) -> bool:
    """Whether a page means something like what was asked."""
    return max(float(page.signals[n]) for n in _MEANING) >= NEAR

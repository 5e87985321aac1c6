"""Quote from the pages the answer stands on: what leads comes from a page near the best one.

A sentence of another page may be more like the question than any of the right one: "My husband
died" is like what a divorce does to a will. On ConditionalQA, half of the pages unseen, the first
unit is right in 65.7% and 67.4% of questions with these limits, in 65.5% and 67.0% without, and
evidence hit@3 is the same to .003 (2026-11).
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.retrieval import Evidence, UnitCandidate

# Distances of fused page scores, which are log-odds: a page 1 behind the best one is about a third
# as likely, one 3 behind a twentieth.
MAX_LEAD_GAP = 1.0
MAX_PAGE_GAP = 3.0


def of_near_pages(units: Sequence[UnitCandidate], evidence: Evidence) -> list[UnitCandidate]:
    """Return the units of pages near the best one, led by one of a page next to it.

    Args:
        units: Candidates by falling score.
        evidence: What retrieval found, with the scores of the pages.

    Returns:
        Units by falling score; what stood before the leading one has its score at most.
    """
    gap_of = {page.row: evidence.pages[0].score - page.score for page in evidence.pages}
    near = [unit for unit in units if gap_of[unit.page] <= MAX_PAGE_GAP]
    lead = next((unit for unit in near if gap_of[unit.page] <= MAX_LEAD_GAP), None)
    if lead is None:
        return near or list(units)
    others = (unit for unit in near if unit is not lead)
    return [lead, *(replace(unit, score=min(unit.score, lead.score)) for unit in others)]

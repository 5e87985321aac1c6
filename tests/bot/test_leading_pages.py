"""What leads an answer comes from a page near the best one."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.quoting.leading_pages import of_near_pages
from bot.retrieval import Evidence, PageCandidate, UnitCandidate

NOTHING = np.zeros(0, dtype=np.float32)


def _evidence(page_scores: Sequence[float]) -> Evidence:
    pages = tuple(PageCandidate(r, s, NOTHING, 0.0, NOTHING) for r, s in enumerate(page_scores))
    return Evidence(pages, (), 0.5, 0.5, {})


def _unit(row: int, page: int, score: float) -> UnitCandidate:
    return UnitCandidate(row, passage=row, page=page, score=score, signals=NOTHING)


@pytest.mark.parametrize(
    ("page_scores", "units", "rows"),
    [
        ([9, 8.5], [(0, 1, 5), (1, 0, 4)], [0, 1]),  # next to the best: it may lead
        ([9, 7], [(0, 1, 5), (1, 0, 4)], [1, 0]),  # near: it may follow
        ([9, 4], [(0, 1, 5), (1, 0, 4)], [1]),  # far: it is left out
        ([9, 4], [(0, 1, 5)], [0]),  # nothing else was found
        ([9, 7], [(0, 1, 5)], [0]),
        ([9], [], []),
    ],
)
def test_a_page_that_is_far_behind_does_not_lead(
    page_scores: list[float], units: list[tuple[int, int, float]], rows: list[int]
) -> None:
    found = of_near_pages([_unit(*unit) for unit in units], _evidence(page_scores))

    assert [unit.row for unit in found] == rows
    assert [unit.score for unit in found] == sorted((unit.score for unit in found), reverse=True)

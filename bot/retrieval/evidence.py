"""What retrieval hands on: candidate pages and units with the signals that ranked them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class PageCandidate:
    """A page that may answer the enquiry.

    Attributes:
        row: Row of the page in the index.
        score: Fused score; higher is better; only comparable within one enquiry.
        signals: Shape (page signals,).
        demotion: What was taken off for language, nation or validity; 0 when it fits.
        coverage: How much of the enquiry's words it holds, shape (coverage signals,).
    """

    row: int
    score: float
    signals: NDArray[np.float32]
    demotion: float
    coverage: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class UnitCandidate:
    """A unit that may be quoted.

    Attributes:
        row: Row of the unit in the index.
        passage: Row of its passage.
        page: Row of its page.
        score: Fused score; higher is better; only comparable within one enquiry.
        signals: Shape (unit signals,).
    """

    row: int
    passage: int
    page: int
    score: float
    signals: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything retrieval found for one enquiry.

    Attributes:
        pages: Candidates by falling score; empty when no word or meaning matched.
        units: Candidates by falling score, of the best pages only.
        confidence: Calibrated probability that the index answers the enquiry, in [0, 1].
        service_confidence: The same as if no page were for another nation than the best one: how
            sure it is that this is the service, whatever the nation.
        confidence_signals: What the confidence was computed from, by name.
        copies: Pages left out because a better one says the same, by falling score.
        copy_of: Row of the better page, by row of the copy.
        of_others: Pages left out because another publisher's were asked for, by falling score.
    """

    pages: tuple[PageCandidate, ...]
    units: tuple[UnitCandidate, ...]
    confidence: float
    service_confidence: float
    confidence_signals: dict[str, float]
    copies: tuple[PageCandidate, ...] = ()
    copy_of: Mapping[int, int] = field(default_factory=dict)
    of_others: tuple[PageCandidate, ...] = ()


def led_by(row: int, evidence: Evidence) -> Evidence | None:
    """Return what was found with a page first and only its units; None when it has none."""
    units = tuple(unit for unit in evidence.units if unit.page == row)
    first = [page for page in evidence.pages if page.row == row]
    others = [page for page in evidence.pages if page.row != row]
    return replace(evidence, pages=(*first, *others), units=units) if units else None

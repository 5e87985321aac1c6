"""Split a question set in two by page, so that no page is on both sides."""

import hashlib
from collections.abc import Sequence

from eval.question_set import Item


def half_of(item: Item) -> int:
    """Return 0 or 1 from the SHA-256 of an item's cluster: stable, and blind to the content."""
    return hashlib.sha256((item.cluster or item.id).encode()).digest()[0] % 2


def split(items: Sequence[Item], fitted: int) -> tuple[list[Item], list[Item]]:
    """Return the items to fit on and the items to report.

    Args:
        items: All items.
        fitted: The half to fit on, 0 or 1.
    """
    fit_on = [item for item in items if half_of(item) == fitted]
    return fit_on, [item for item in items if half_of(item) != fitted]


def usable_for_fit(items: Sequence[Item]) -> list[Item]:
    """Return the items that say which page is right, or that none is."""
    return [item for item in items if item.qrels or item.answerability == "unanswerable"]

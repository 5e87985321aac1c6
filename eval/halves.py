"""Split a question set in two by page, so that no page is on both sides."""

import hashlib
from collections.abc import Sequence

from eval.question_set import Item


def half_of(item: Item) -> int:
    """Return 0 or 1 from the SHA-256 of an item's cluster: stable, and blind to the content."""
    return _digest_of(item)[0] % 2


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


def kept_back(items: Sequence[Item], one_in: int) -> tuple[list[Item], list[Item]]:
    """Return items, and those on about one page in so many that are kept back from them."""
    back = [item for item in items if _digest_of(item)[1] % one_in == 0]
    return [item for item in items if _digest_of(item)[1] % one_in], back


def _digest_of(item: Item) -> bytes:
    return hashlib.sha256((item.cluster or item.id).encode()).digest()

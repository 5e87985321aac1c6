"""Knowing when not to answer."""

from collections.abc import Sequence

import numpy as np


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive outscores a negative, ties counting half, in [0, 1].

    Source: Hanley and McNeil (1982). Both sequences must not be empty.
    """
    high, low = np.asarray(positive), np.sort(np.asarray(negative))
    below = np.searchsorted(low, high, side="left")
    upto = np.searchsorted(low, high, side="right")
    return float((below + upto).mean() / 2 / len(low))


def false_answers_at(
    answerable: Sequence[float], unanswerable: Sequence[float], coverage: float
) -> float:
    """Return the share of unanswerable questions answered at the threshold that keeps a coverage.

    Args:
        answerable: Confidences of questions the index answers.
        unanswerable: Confidences of questions it does not.
        coverage: Share of answerable questions answered, in (0, 1].
    """
    threshold = np.quantile(np.asarray(answerable), 1 - coverage, method="lower")
    return float((np.asarray(unanswerable) >= threshold).mean())

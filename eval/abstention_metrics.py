"""Knowing when not to answer."""

import math
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
    threshold = threshold_for_coverage(answerable, coverage)
    return float((np.asarray(unanswerable) >= threshold).mean())


def threshold_for_coverage(confidences: Sequence[float], coverage: float) -> float:
    """Return the highest confidence that at least a share of questions reaches.

    Args:
        confidences: Of answerable questions; at least one.
        coverage: Share in (0, 1] that must be at or above the threshold.
    """
    # The small term keeps 10 x (1 - 0.9) from becoming 0.99999.
    below = math.floor(len(confidences) * (1 - coverage) + 1e-9)
    return float(np.sort(np.asarray(confidences))[min(below, len(confidences) - 1)])

"""How sure we are that the index answers an enquiry.

A logistic model on the signals of the best page, on which of the enquiry's words it holds, and on
its lead over the rest, fitted on questions
whose page is in the index and the same questions with their page taken out (DESIGN section 6.6).
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from bot.retrieval.evidence import PageCandidate
from bot.retrieval.signals import COVERAGE_SIGNALS, PAGE_SIGNALS

CONFIDENCE_SIGNALS = (
    *(f"best.{name}" for name in PAGE_SIGNALS),
    *COVERAGE_SIGNALS,
    "score",
    "lead_over_second",
    "lead_over_rest",
    "crowding",
)


def confidence_signals(pages: Sequence[PageCandidate]) -> dict[str, float]:
    """Return the values the confidence is computed from.

    Args:
        pages: The page that would be answered from and its rivals, by falling score.

    Returns:
        `lead_over_rest` compares with the mean of places three to six; `crowding` is the
        softmax share of the best page among the first six, in (0, 1].
    """
    scores = np.array([page.score for page in pages[:6]], dtype=np.float64)
    rest = scores[2:].mean() if len(scores) > 2 else scores[-1]
    best = pages[0]
    known = np.concatenate([best.signals, best.coverage])
    values = dict(zip(CONFIDENCE_SIGNALS, map(float, known), strict=False))
    values["score"] = float(best.score)
    values["lead_over_second"] = float(scores[0] - scores[1]) if len(scores) > 1 else 0.0
    values["lead_over_rest"] = float(scores[0] - rest)
    values["crowding"] = float(1 / np.exp(scores - scores.max()).sum())
    return values


def confidence(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability that the index answers the enquiry, in [0, 1]."""
    logit = weights["intercept"] + sum(weights[name] * value for name, value in values.items())
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))

"""How well the right pages were found. Every function takes ids in ranked order, best first."""

import math
from collections.abc import Collection, Sequence


def recall_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the share of relevant ids among the first k, in [0, 1].

    Source: Manning, Raghavan and Schütze (2008), chapter 8. `relevant` must not be empty.
    """
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant))


def success_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return 1.0 when any of the first k is relevant, else 0.0."""
    return float(any(found in relevant for found in ranked[:k]))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return 1 / position of the first relevant id, or 0.0 when none was found.

    Source: Voorhees, TREC-8 question answering track report (1999).
    """
    for position, found in enumerate(ranked, start=1):
        if found in relevant:
            return 1 / position
    return 0.0


def ndcg_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the normalised discounted cumulative gain of the first k, in [0, 1].

    Source: Järvelin and Kekäläinen (2002), binary gain, log2 discount as in trec_eval.
    """
    gain = sum(1 / math.log2(i + 1) for i, found in enumerate(ranked[:k], 1) if found in relevant)
    best = sum(1 / math.log2(i + 1) for i in range(1, min(k, len(set(relevant))) + 1))
    return gain / best

"""Pages that say nearly the same: one of them will be forgotten at the next change."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ingestion.auditing.candidate import Candidate
from ingestion.auditing.findings import Finding, warns
from ingestion.opened_index import OpenedIndex

# Pages with like meaning are compared by their words; shingles of five words and a resemblance of
# .8 follow Broder, "On the resemblance and containment of documents" (1997), and web practice.
LIKE_MEANING = 0.95
RESEMBLANCE = 0.8
SHINGLE = 5
BLOCK = 1_024


def check(candidate: Candidate) -> Iterator[Finding]:
    """Name pairs of pages of one nation and language with the same words."""
    index = candidate.index
    starts = np.flatnonzero(np.r_[True, np.diff(index.page_of_passage) > 0])
    sums = np.add.reduceat(index.passage_vectors, starts, axis=0)
    means = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    shingles: dict[int, frozenset[tuple[str, ...]]] = {}
    for one, other in _alike(means):
        first, second = index.pages[one], index.pages[other]
        if (first.nation, first.locale) != (second.nation, second.locale):
            continue
        for row in (one, other):
            if row not in shingles:
                shingles[row] = _shingles(index, starts, row)
        both = len(shingles[one] & shingles[other])
        either = len(shingles[one] | shingles[other])
        if either and both / either >= RESEMBLANCE:
            text = f"{both / either:.0%} of its wording is also on {first.url}."
            yield warns("near_duplicates", second.url, text)


def _alike(means: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(means), BLOCK):
        close = means[start : start + BLOCK] @ means.T >= LIKE_MEANING
        for one, other in np.argwhere(close):
            if start + one < other:
                yield start + int(one), int(other)


def _shingles(
    index: OpenedIndex, starts: Sequence[int] | NDArray[np.int64], row: int
) -> frozenset[tuple[str, ...]]:
    end = int(starts[row + 1]) if row + 1 < len(starts) else len(index.passages)
    texts = (index.passages[at].text for at in range(int(starts[row]), end))
    words = " ".join(texts).lower().split()
    return frozenset(
        tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))
    )

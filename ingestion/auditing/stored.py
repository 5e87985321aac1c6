"""The vector database holds exactly the passages of the version, and each finds itself."""

from collections.abc import Iterator

import numpy as np

from ingestion.auditing.candidate import Candidate
from ingestion.auditing.findings import Finding, blocks

# Every passage of an ordinary site; of a large one, this many spread evenly over all.
MOST_ASKED = 5_000
SAME = 0.9999
# Approximate search may miss a few; DESIGN section 5 measured a recall of .997 on 100,000 rows.
FEWEST_FOUND = 0.99


def check_ids(candidate: Candidate) -> Iterator[Finding]:
    """Compare the stored ids with those of the manifest's passages."""
    index = candidate.index
    ids = [passage.passage_id for passage in index.passages]
    expected, stored = set(ids), index.stored_ids()
    if len(expected) != len(ids):
        yield blocks("duplicates", "passages", f"{len(ids) - len(expected)} passage ids repeat.")
    for name in sorted(stored - expected)[:10]:
        yield blocks("orphans", name, "The vector database holds a passage that no page has.")
    for name in sorted(expected - stored)[:10]:
        yield blocks("orphans", name, "The vector database lacks this passage.")


def check_self_retrieval(candidate: Candidate) -> Iterator[Finding]:
    """Search for each passage by its own vector; one with the same vector counts as itself."""
    index = candidate.index
    total = len(index.passages)
    rows = np.unique(np.linspace(0, total - 1, min(total, MOST_ASKED)).astype(np.int64))
    vectors = index.passage_vectors[rows]
    nearest = index.nearest_of_each(vectors)
    similarity = (index.passage_vectors[nearest] * vectors).sum(axis=1)
    lost = rows[(nearest != rows) & ((nearest < 0) | (similarity < SAME))]
    found = 1 - len(lost) / len(rows)
    if found < FEWEST_FOUND:
        passage = index.passages[int(lost[0])]
        yield blocks(
            "self_retrieval",
            passage.page.url,
            f"Only {found:.1%} of passages find themselves; the first that does not is under "
            f"{passage.heading_path[-1]!r}.",
        )

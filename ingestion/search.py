"""Search passages by words and meaning with reciprocal rank fusion, for content teams.

The service answers with fitted weights; this needs no fit and shows what the index itself holds.
"""

from dataclasses import dataclass

import numpy as np

from ingestion.embedding import Embedder
from ingestion.passage import Passage
from ingestion.passage_index import LexicalField, PassageIndex

# Cormack, Clarke and Büttcher (SIGIR 2009) use k = 60.
RANK_CONSTANT = 60
CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage and its fused score in (0, 2/61]; higher is better."""

    passage: Passage
    score: float


def search_passages(
    query: str, index: PassageIndex, embedder: Embedder, *, limit: int
) -> list[PassageHit]:
    """Return the passages closest to a query, best first.

    Args:
        query: Words or a question.
        index: The opened index version.
        embedder: The model that built it.
        limit: Most passages to return.
    """
    if not query.strip() or not index.passages:
        return []
    (dense,) = index.nearest_passages(embedder.embed_queries([query]), CANDIDATES)
    scores = index.lexical_scores(index.word_weights(query), LexicalField.PASSAGE)
    lexical = [int(row) for row in np.argsort(-scores, kind="stable")[:CANDIDATES] if scores[row]]
    fused: dict[int, float] = {}
    for ranking in ([int(row) for row in dense], lexical):
        for rank, row in enumerate(ranking, start=1):
            fused[row] = fused.get(row, 0.0) + 1 / (RANK_CONSTANT + rank)
    best = sorted(fused.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]
    return [PassageHit(index.passages[row], score) for row, score in best]

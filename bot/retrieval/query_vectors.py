"""The vectors of a query: one for each form that is searched."""

from collections.abc import Sequence

import numpy as np

from bot.retrieval.query import Query
from ingestion.embedding import Embedder, Vectors


def query_vectors(query: Query, embedder: Embedder) -> Vectors:
    """Return the vectors of a query's forms, shape (2, dimension), unit length.

    A form of two texts has the direction between their vectors. Each text is embedded once: most
    questions are nothing but the question.
    """
    texts = list(dict.fromkeys(text for form in query.forms for text in form))
    vector_of = dict(zip(texts, embedder.embed_queries(texts), strict=True))
    return np.stack([_between([vector_of[text] for text in form]) for form in query.forms])


def _between(vectors: Sequence[Vectors]) -> Vectors:
    if len(vectors) == 1:
        return vectors[0]
    mean = np.mean(vectors, axis=0, dtype=np.float32)
    return np.asarray(mean / np.linalg.norm(mean))

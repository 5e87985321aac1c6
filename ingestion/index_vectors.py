"""Vectors of a new version: taken over where the text is the same, embedded where it is new."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ingestion.embedding import Embedder, Vectors
from ingestion.embedding_texts import passage_text, title_text, unit_text
from ingestion.passage import Passage
from ingestion.versions import VersionStore

EMBEDDING_CHUNK = 512
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class IndexVectors:
    """Vectors of every passage, unit and page, in row order, and how many texts were new."""

    passages: Vectors
    units: Vectors
    titles: Vectors
    embedded: int


def vectors_kept(
    store: VersionStore, before: Sequence[Passage], embedder: Embedder
) -> dict[str, Vectors]:
    """Return the vectors of the newest version by the text they stand for.

    Empty when another model made them.

    Args:
        store: Where versions live.
        before: Passages of the newest version.
        embedder: The model in use now.
    """
    if not before:
        return {}
    folder = store.path_of(store.names()[-1])
    if store.manifest_of(folder.name).embedding_model != embedder.name:
        return {}
    pages = list({passage.page.url: passage.page for passage in before}.values())
    texts = {
        "passage_vectors.npy": [passage_text(p) for p in before],
        "unit_vectors.npy": [unit_text(p, unit) for p in before for unit in p.units],
        "title_vectors.npy": [title_text(page) for page in pages],
    }
    kept: dict[str, Vectors] = {}
    for name, rows in texts.items():
        try:
            vectors = np.load(folder / name)
        except (OSError, ValueError):
            continue
        if len(vectors) == len(rows):
            kept.update(zip(rows, vectors, strict=True))
    return kept


def embed_new(
    passages: Sequence[Passage], embedder: Embedder, kept: Mapping[str, Vectors], report: Report
) -> IndexVectors:
    """Embed the texts that have no vector yet, shortest first so that batches waste no padding.

    Args:
        passages: Every passage of the new version.
        embedder: Makes the vectors.
        kept: Vectors by text, as `vectors_kept` returns them.
        report: Called with stage, done and total.
    """
    pages = list({p.page.url: p.page for p in passages}.values())
    texts = [
        [passage_text(p) for p in passages],
        [unit_text(p, unit) for p in passages for unit in p.units],
        [title_text(page) for page in pages],
    ]
    new = sorted({text for rows in texts for text in rows if text not in kept}, key=len)
    vectors = dict(kept)
    for start in range(0, len(new), EMBEDDING_CHUNK):
        chunk = new[start : start + EMBEDDING_CHUNK]
        vectors.update(zip(chunk, embedder.embed_passages(chunk), strict=True))
        report("embedding", min(start + EMBEDDING_CHUNK, len(new)), len(new))
    by_passage, by_unit, by_title = (
        np.stack([vectors[text] for text in rows]).astype(np.float32) for rows in texts
    )
    return IndexVectors(by_passage, by_unit, by_title, embedded=len(new))

"""Passages per second and milliseconds of a question, against plain sentence-transformers."""

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from sentence_transformers import SentenceTransformer

from eval.benchmarks.running import conditionalqa_index
from ingestion.embedding import Embedder
from ingestion.settings import IndexSettings
from ingestion.wiring import load_embedder, model_location, open_index

ROUNDS = 3
PASSAGES = 400
QUESTION_ROUNDS = 100
_QUESTIONS = {
    "question": "How much is a passport for a child?",
    "story": "I was made redundant in May and my two children live with me. " * 8,
}


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return texts per second of both, their ratio, and how close the vectors are."""
    settings = IndexSettings()
    index = open_index(settings, directory=conditionalqa_index(data, out))
    texts = [". ".join(p.heading_path) + ". " + p.text for p in index.passages[:PASSAGES]]
    index.close()
    ours = load_embedder(settings)
    plain = SentenceTransformer(str(model_location(settings)), device="cpu")

    def plainly(rows: Sequence[str]) -> np.ndarray:
        return np.asarray(plain.encode(list(rows), show_progress_bar=False))

    ours.embed_passages(texts[:8])
    plainly(texts[:8])
    rates: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(ROUNDS):
        rates["plain"].append(_rate(plainly, texts))
        rates["ours"].append(_rate(ours.embed_passages, texts))
    mine, theirs = ours.embed_passages(texts), plainly(texts)
    theirs = theirs / np.linalg.norm(theirs, axis=1, keepdims=True)
    ratios = [a / b for a, b in zip(rates["ours"], rates["plain"], strict=True)]
    return {
        "texts": len(texts),
        "ours_per_second_median": round(median(rates["ours"]), 1),
        "plain_float32_per_second_median": round(median(rates["plain"]), 1),
        "ratio_median": round(median(ratios), 2),
        "cosine_lowest": round(float((mine * theirs).sum(axis=1).min()), 5),
        "one_text": {name: _one_text(ours, plainly, text) for name, text in _QUESTIONS.items()},
    }


def _one_text(
    ours: Embedder, plainly: Callable[[Sequence[str]], object], text: str
) -> dict[str, float]:
    """Return milliseconds of one text, plain `encode` in float32 and ours, in turns."""
    times: dict[str, list[float]] = {"ours": [], "plain_float32": []}
    for _ in range(QUESTION_ROUNDS):
        times["plain_float32"].append(1 / _rate(plainly, [text]))
        times["ours"].append(1 / _rate(ours.embed_queries, [text]))
    return {f"{name}_ms_median": round(median(taken) * 1_000, 2) for name, taken in times.items()}


def _rate(embed: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    started = perf_counter()
    embed(texts)
    return len(texts) / (perf_counter() - started)

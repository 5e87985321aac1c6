"""The journey of training a cross-encoder: train, choose its weight, report unseen pages, card."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from bot.language_models.cross_encoder import CARD, CrossEncoderReader
from bot.retrieval import Evidence, Query
from bot.retrieval.reranking import PairReader, reranked
from bot.searching import search_guidance
from bot.services import Services
from bot.understanding.understand import understand
from bot.wiring import build_services
from eval.evidence_metrics import evidence_hit_at
from eval.fine_tuning.fine_tune import check_out, course_of, halves, pages_of
from eval.fine_tuning.pair_training import train_pairs
from eval.fine_tuning.training import Report, Training
from eval.halves import kept_back
from eval.intervals import cluster_bootstrap
from eval.question_set import Item, find_question_set, load_question_set
from eval.retrieval_metrics import reciprocal_rank, success_at
from eval.targets import enquiry_of
from ingestion.settings import IndexSettings
from ingestion.wiring import model_location

WEIGHTS = (0.0, 0.1, 0.25, 0.5, 1.0)
CHOOSING = 5
"""One in so many pages of the learning half is kept from training, to choose the weight on."""

Scores = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class _Searched:
    """A question and what search found for it."""

    item: Item
    query: Query
    evidence: Evidence


@dataclass(slots=True)
class _ReadOnce:
    """A PairReader that reads for each question once, whatever the weight.

    Attributes:
        reader: Who reads.
        weight: Tried here.
        said: What was read, by question.
        seconds: How long each question took.
    """

    reader: PairReader
    weight: float = 1.0
    said: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    name: str = "read once"

    def read(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return what the reader said the first time; see `PairReader.read`."""
        if question not in self.said:
            started = perf_counter()
            self.said[question] = self.reader.read(question, texts)
            self.seconds.append(perf_counter() - started)
        return self.said[question]


def train_cross_encoder(
    question_set: str, index_directory: Path | None, out: Path, training: Training, report: Report
) -> dict[str, object]:
    """Train a cross-encoder for an index on a question set; returns the card.

    Args:
        question_set: Folder or name of a question set with right pages.
        index_directory: Folder of index versions that hold those pages; None for the configured.
        out: New folder for the model and its card.
        training: How to train.
        report: Called with stage, done and total.

    Raises:
        TrainingError: There is nothing to learn from, or `out` is in use.
    """
    check_out(out)
    questions = load_question_set(find_question_set(question_set))
    services = build_services(index_directory=index_directory)
    index, settings = services.index, IndexSettings()
    try:
        learn, unseen = halves(questions.items, index, training)
        learn, choosing = kept_back(learn, CHOOSING)
        course = course_of(learn, index, services.embedder)
        train_pairs(model_location(settings), course, training, report).save(str(out))
        reader = _ReadOnce(CrossEncoderReader(out, offline=True))
        chosen = _choose(_searched(choosing, services, report), services, reader)
        before, after = _compare(_searched(unseen, services, report), services, reader, chosen)
        card: dict[str, object] = {
            "kind": "cross-encoder",
            "model": settings.embedding_model,
            "weight": chosen,
            "question_set": questions.header.name,
            "question_set_digest": questions.digest,
            "index_root_hash": index.manifest.root_hash,
            "training": asdict(training),
            "learned_from": {"questions": len(course.lessons), "pages": pages_of(learn)},
            "weight_chosen_on": {"questions": len(choosing), "pages": pages_of(choosing)},
            "reported_on": {"questions": len(unseen), "pages": pages_of(unseen)},
            "before": before,
            "after": after,
            "reading_ms_p50": round(float(np.median(reader.seconds or [0])) * 1000, 1),
            "versions": {name: version(name) for name in ("torch", "sentence-transformers")},
        }
    finally:
        index.close()
    (out / CARD).write_text(json.dumps(card, indent=2) + "\n", "utf-8")
    return card


def _choose(seen: Sequence[_Searched], services: Services, reader: _ReadOnce) -> float:
    """Return the weight with the best mean reciprocal rank; the smallest of equals.

    A question set with too few pages to keep any back leaves the middle of the weights.
    """
    if not seen:
        return WEIGHTS[len(WEIGHTS) // 2]
    scored = {w: np.mean(_scores(seen, services, reader, w)["mrr"]) for w in WEIGHTS}
    return max(WEIGHTS, key=lambda weight: (round(float(scored[weight]), 4), -weight))


def _compare(
    seen: Sequence[_Searched], services: Services, reader: _ReadOnce, weight: float
) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Return the figures of the whole search without and with the reader; empty of no question."""
    if not seen:
        return {}, {}
    clusters = [one.item.cluster for one in seen]
    # A chosen weight of 0 is reported as the smallest that changes anything: it shows the harm.
    told = [_scores(seen, services, reader, used) for used in (0.0, weight or WEIGHTS[1])]
    before, after = (
        {
            name: {k: round(v, 4) for k, v in asdict(cluster_bootstrap(values, clusters)).items()}
            for name, values in scores.items()
        }
        for scores in told
    )
    return before, after


def _scores(
    seen: Sequence[_Searched], services: Services, reader: _ReadOnce, weight: float
) -> Scores:
    reader.weight = weight
    scores: Scores = {"success_at_1": [], "success_at_5": [], "mrr": [], "evidence_hit_at_3": []}
    index = services.index
    for one in seen:
        found = reranked(one.query, one.evidence, index, reader)
        ranked, right = [index.pages[page.row].url for page in found.pages], one.item.pages
        texts = [index.units[unit.row].text for unit in found.units[:3]]
        scores["success_at_1"].append(success_at(ranked, right, 1))
        scores["success_at_5"].append(success_at(ranked, right, 5))
        scores["mrr"].append(reciprocal_rank(ranked, right))
        scores["evidence_hit_at_3"].append(evidence_hit_at(texts, one.item.quotes, 3))
    return scores


def _searched(items: Sequence[Item], services: Services, report: Report) -> list[_Searched]:
    """Return what search finds for each question; those without a word to search are left out."""
    found = []
    for number, item in enumerate(items, start=1):
        query = understand(enquiry_of(item), services.policy).query
        if query is not None:
            found.append(_Searched(item, query, search_guidance(query, services)))
        report("searching", number, len(items))
    return found

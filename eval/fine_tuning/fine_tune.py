"""The journey of a training: split by page, measure, train, measure again, write the card."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import numpy as np

from eval.errors import TrainingError
from eval.fine_tuning.lessons import lessons_of, question_of
from eval.fine_tuning.training import Course, Report, Training, train
from eval.halves import split
from eval.intervals import cluster_bootstrap
from eval.question_set import Item, find_question_set, load_question_set
from eval.retrieval_metrics import reciprocal_rank, success_at
from ingestion.embedding import Embedder, Vectors
from ingestion.embedding_texts import passage_text
from ingestion.passage_index import PassageIndex
from ingestion.settings import IndexSettings
from ingestion.wiring import load_embedder, model_location, open_index

CARD = "training_card.json"


def fine_tune(
    question_set: str, index_directory: Path | None, out: Path, training: Training, report: Report
) -> dict[str, object]:
    """Train the embedding model of an index on a question set; returns the card.

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
    settings = IndexSettings()
    index = open_index(settings, directory=index_directory)
    try:
        learn, unseen = halves(questions.items, index, training)
        embedder = load_embedder(settings)
        course = course_of(learn, index, embedder)
        model = train(model_location(settings), course, training, report)
        model.save(str(out))
        trained = load_embedder(settings.model_copy(update={"embedding_model": str(out)}))
        card: dict[str, object] = {
            "model": settings.embedding_model,
            "question_set": questions.header.name,
            "question_set_digest": questions.digest,
            "index_root_hash": index.manifest.root_hash,
            "training": asdict(training),
            "learned_from": {"questions": len(course.lessons), "pages": pages_of(learn)},
            "reported_on": {"questions": len(unseen), "pages": pages_of(unseen)},
            "before": measure(unseen, index, embedder),
            "after": measure(unseen, index, trained),
            "versions": {name: version(name) for name in ("torch", "sentence-transformers")},
        }
    finally:
        index.close()
    (out / CARD).write_text(json.dumps(card, indent=2) + "\n", "utf-8")
    return card


def measure(
    items: Sequence[Item], index: PassageIndex, embedder: Embedder
) -> dict[str, dict[str, float]]:
    """Return how well a model alone, without words or weights beside it, finds the right pages.

    Args:
        items: Questions with right pages in the index.
        index: Whose passages are embedded anew.
        embedder: The model.

    Returns:
        Share of questions whose first page, or one of the first five, is right, and the mean
        reciprocal rank; each with the ends of its 95% interval over pages. Empty without items.
    """
    if not items:
        return {}
    passages = embedder.embed_passages([passage_text(passage) for passage in index.passages])
    ranked = [_ranking(item, index, embedder, passages) for item in items]
    pages = [item.pages for item in items]
    scores = {
        "success_at_1": [success_at(r, p, 1) for r, p in zip(ranked, pages, strict=True)],
        "success_at_5": [success_at(r, p, 5) for r, p in zip(ranked, pages, strict=True)],
        "mrr": [reciprocal_rank(r, p) for r, p in zip(ranked, pages, strict=True)],
    }
    clusters = [item.cluster for item in items]
    return {
        name: {
            key: round(value, 4)
            for key, value in asdict(cluster_bootstrap(found, clusters)).items()
        }
        for name, found in scores.items()
    }


def _ranking(item: Item, index: PassageIndex, embedder: Embedder, passages: Vectors) -> list[str]:
    """Return the addresses of all pages, by their passage that is most like the question."""
    likeness = passages @ embedder.embed_queries([question_of(item)])[0]
    best = np.full(len(index.pages), -np.inf, dtype=np.float32)
    np.maximum.at(best, np.asarray(index.page_of_passage), likeness)
    return [index.pages[number].url for number in np.argsort(-best, kind="stable")]


def check_out(out: Path) -> None:
    """Check that a folder can take a new model.

    Raises:
        TrainingError: There is something in it.
    """
    if out.exists() and any(out.iterdir()):
        raise TrainingError(reason=f"the folder {str(out)!r} is not empty; name a new one")


def course_of(items: Sequence[Item], index: PassageIndex, embedder: Embedder) -> Course:
    """Return what can be learned of an index from questions.

    Raises:
        TrainingError: Nothing.
    """
    lessons = tuple(lessons_of(items, index, embedder))
    if not lessons:
        reason = "no question of that half has a right page in this index"
        raise TrainingError(reason=reason)
    texts = tuple(map(passage_text, index.passages))
    return Course(lessons, texts, np.asarray(index.page_of_passage, dtype=np.int64))


def halves(
    items: Sequence[Item], index: PassageIndex, training: Training
) -> tuple[list[Item], list[Item]]:
    """Return the questions to learn from and those to report, with a right page in the index."""
    known = {page.url for page in index.pages}
    usable = [item for item in items if item.pages & known]
    learn, unseen = (usable, []) if training.half < 0 else split(usable, training.half)
    most = training.limit or None
    return learn[:most], unseen[:most]


def pages_of(items: Sequence[Item]) -> int:
    """Return the number of right pages of some questions."""
    return len(frozenset().union(*(item.pages for item in items)))

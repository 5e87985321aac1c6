"""Train a bi-encoder on lessons, with sentence-transformers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.util import batch_to_device
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize
from torch.nn.utils import clip_grad_norm_

from eval.fine_tuning.lessons import Lesson
from eval.fine_tuning.low_rank import adapt, merge

BATCH = 32
LEARNING_RATE = 1e-3
# What turns a cosine into a logit in sentence-transformers' MultipleNegativesRankingLoss.
SHARPNESS = 20.0
MOST_TOKENS = 256
WARM_UP = 0.1
LAST_RATE = 0.05
LARGEST_GRADIENT = 1.0
_NEVER = -1e4

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Course:
    """What to learn from.

    Attributes:
        lessons: Questions with right and wrong passages.
        texts: What is embedded for each passage of the index, in row order.
        page_of_passage: Page number of each passage.
    """

    lessons: tuple[Lesson, ...]
    texts: tuple[str, ...]
    page_of_passage: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Training:
    """How to train.

    Attributes:
        half: Half of the pages to learn from, 0 or 1, the other is reported; -1 for all of them,
            and then nothing is reported.
        epochs: Times every question is seen, at least 1.
        rank: Rank of the corrections to each layer (see `low_rank`), at least 1.
        seed: Same seed, same machine, same weights.
        limit: Most questions to learn from, and most to report; 0 for all.
    """

    half: int = 0
    epochs: int = 1
    rank: int = 8
    seed: int = 0
    limit: int = 0


def train(
    location: Path, course: Course, training: Training, report: Report
) -> SentenceTransformer:
    """Return a model that was trained on a course, in float32.

    Each question is told apart from the other questions' passages and from one hard negative
    (InfoNCE, Oord et al. 2018); other passages of its own right pages are not held against it.

    Args:
        location: Folder of the model to start from.
        course: Questions and passages.
        training: How to train.
        report: Called with stage, done and total.
    """
    torch.manual_seed(training.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = SentenceTransformer(str(location), device=device, local_files_only=True)
    model.max_seq_length = min(int(model.max_seq_length or MOST_TOKENS), MOST_TOKENS)
    learned = adapt(model, training.rank)
    model.to(device).train()
    optimiser = torch.optim.AdamW(learned, lr=LEARNING_RATE, weight_decay=0.01)
    steps = training.epochs * -(-len(course.lessons) // BATCH)
    chances = np.random.default_rng(training.seed)
    for step, batch in enumerate(batches(course.lessons, training.epochs, chances)):
        share = min((step + 1) / (WARM_UP * steps), max(LAST_RATE, 1 - step / steps))
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * share
        loss = _loss(model, batch, course, chances)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_(learned, LARGEST_GRADIENT)
        optimiser.step()
        report("training", step + 1, steps)
    merge(model)
    return model.to("cpu").eval()


def batches(
    lessons: Sequence[Lesson], epochs: int, chances: np.random.Generator, *, size: int = BATCH
) -> list[list[Lesson]]:
    """Return the lessons of every step, in a new order each epoch."""
    orders = [chances.permutation(len(lessons)) for _ in range(epochs)]
    return [
        [lessons[row] for row in order[start : start + size]]
        for order in orders
        for start in range(0, len(lessons), size)
    ]


def _loss(
    model: SentenceTransformer,
    batch: Sequence[Lesson],
    course: Course,
    chances: np.random.Generator,
) -> Tensor:
    right = [int(chances.choice(lesson.right)) for lesson in batch]
    wrong = [int(chances.choice(lesson.wrong)) for lesson in batch if lesson.wrong]
    rows = right + wrong
    questions = _embedded(model, [lesson.question for lesson in batch])
    passages = _embedded(model, [course.texts[row] for row in rows])
    logits = questions @ passages.T * SHARPNESS
    pages = course.page_of_passage[rows]
    own = np.array([[page in lesson.pages for page in pages] for lesson in batch])
    own[np.arange(len(batch)), np.arange(len(batch))] = False
    wanted = torch.arange(len(batch), device=logits.device)
    also_right = torch.from_numpy(own).to(logits.device)
    return cross_entropy(logits.masked_fill(also_right, _NEVER), wanted)


def _embedded(model: SentenceTransformer, texts: Sequence[str]) -> Tensor:
    features = batch_to_device(model.preprocess(list(texts)), model.device)
    return normalize(model(features)["sentence_embedding"], dim=1)

"""Train a cross-encoder on lessons, from the weights of a bi-encoder."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import CrossEncoder
from sentence_transformers.util import batch_to_device
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.nn.utils import clip_grad_norm_

from eval.fine_tuning.lessons import Lesson
from eval.fine_tuning.training import (
    LARGEST_GRADIENT,
    LAST_RATE,
    WARM_UP,
    Course,
    Report,
    Training,
    batches,
)

QUESTIONS_AT_ONCE = 8
WRONG_A_QUESTION = 3
MOST_TOKENS = 256
# All weights learn: a bi-encoder never had to look from one text into the other. The new head
# knows nothing yet and takes larger steps.
RATE, HEAD_RATE = 5e-5, 1e-3


def train_pairs(location: Path, course: Course, training: Training, report: Report) -> CrossEncoder:
    """Return a cross-encoder that was trained on a course, in float32.

    Of a question's right passage and some that only look right, the right one has to get the
    highest score (a softmax over the few, as listwise rankers are trained: Cao et al. 2007).

    Args:
        location: Folder of the model to start from.
        course: Questions and passages; those without a wrong passage teach nothing.
        training: How to train; the rank is not used.
        report: Called with stage, done and total.
    """
    torch.manual_seed(training.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model: CrossEncoder = CrossEncoder(
        str(location), num_labels=1, device=device, local_files_only=True, max_length=MOST_TOKENS
    )
    model.train()
    optimiser = torch.optim.AdamW(_groups(model), weight_decay=0.01)
    rates = [float(group["lr"]) for group in optimiser.param_groups]
    chances = np.random.default_rng(training.seed)
    lessons = [lesson for lesson in course.lessons if lesson.wrong]
    todo = batches(lessons, training.epochs, chances, size=QUESTIONS_AT_ONCE)
    for step, batch in enumerate(todo):
        share = min((step + 1) / (WARM_UP * len(todo)), max(LAST_RATE, 1 - step / len(todo)))
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * share
        loss = _loss(model, batch, course, chances)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_(model.parameters(), LARGEST_GRADIENT)
        optimiser.step()
        report("training", step + 1, len(todo))
    model.to("cpu").eval()
    return model


def _groups(model: CrossEncoder) -> list[dict[str, object]]:
    head = [p for name, p in model.named_parameters() if ".classifier." in name]
    body = [p for name, p in model.named_parameters() if ".classifier." not in name]
    return [{"params": body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}]


def _loss(
    model: CrossEncoder, batch: Sequence[Lesson], course: Course, chances: np.random.Generator
) -> Tensor:
    pairs: list[tuple[str, str]] = []
    for lesson in batch:
        right = int(chances.choice(lesson.right))
        # With repeats where there are fewer, so that every question has as many.
        wrong = chances.choice(
            lesson.wrong, WRONG_A_QUESTION, replace=len(lesson.wrong) < WRONG_A_QUESTION
        )
        pairs += [(lesson.question, course.texts[int(row)]) for row in (right, *wrong)]
    features = batch_to_device(model.preprocess(pairs), model.device)
    scores = model(features)["scores"].reshape(len(batch), 1 + WRONG_A_QUESTION)
    wanted = torch.zeros(len(batch), dtype=torch.long, device=scores.device)
    return cross_entropy(scores, wanted)

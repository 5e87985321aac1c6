"""Fit a word model: softmax regression with a ridge, by L-BFGS."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from guardrails.example_files import NONE, Example, digest_of
from guardrails.normalised import plain_text
from guardrails.word_model import BUCKETS, Features, Floats, WordModel, features_of, weighed

_STEPS = 150
_LARGEST = 127


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Texts to learn from.

    Attributes:
        examples: Kinds and texts.
        shares: Weight of each example, any scale; both sides (none and the rest) are made equal.
        groups: For each example what it must not be separated from in folds; empty for nothing.
    """

    examples: Sequence[Example]
    shares: Floats
    groups: Sequence[str] = ()


def fit_word_model(training: TrainingSet, *, penalty: float) -> WordModel:
    """Return a model fitted on all examples, without thresholds."""
    found = _features(training)
    rarity = _rarity(found)
    rows = _rows(found, rarity)
    kinds = tuple(dict.fromkeys(kind for kind, _ in training.examples))
    weights, biases = softmax_fit(rows, _labels(training, kinds), _balanced(training), penalty)
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _LARGEST
    return WordModel(
        weights=np.rint(weights / scales).astype(np.int8),
        scales=scales,
        biases=biases,
        rarity=rarity,
        kinds=kinds,
        thresholds={},
        digest=digest_of(training.examples),
    )


def scores_by_folds(training: TrainingSet, *, penalty: float, folds: int = 5) -> Floats:
    """Return for each example the probability of not being `none`, by a model that never saw it."""
    scores = np.zeros(len(training.examples))
    groups = training.groups or [text for _, text in training.examples]
    fold_of = np.array([zlib.crc32(group.encode()) % folds for group in groups])
    for fold in range(folds):
        kept = np.flatnonzero(fold_of != fold)
        part = TrainingSet([training.examples[int(place)] for place in kept], training.shares[kept])
        model = fit_word_model(part, penalty=penalty)
        for place in np.flatnonzero(fold_of == fold):
            scores[place] = model.read(plain_text(training.examples[int(place)][1]))[0]
    return scores


def with_thresholds(
    model: WordModel, unseen: Mapping[str, Sequence[float]], alarms: Mapping[str, float]
) -> WordModel:
    """Return a model with a threshold for each wanted rate of false alarms.

    Args:
        model: The fitted model.
        unseen: For each threshold, scores of `none` texts by models that never saw them.
        alarms: For each threshold, the share of those that may reach it.
    """
    return replace(
        model,
        thresholds={name: _threshold(unseen[name], rate) for name, rate in alarms.items()},
    )


def _threshold(unseen: Sequence[float], rate: float) -> float:
    falling = sorted(unseen, reverse=True)
    return min(0.999, falling[int(rate * len(falling))] + 1e-6)


def _features(training: TrainingSet) -> list[Features]:
    return [features_of(plain_text(text)) for _, text in training.examples]


def _rarity(found: Sequence[Features]) -> NDArray[np.float16]:
    held = np.zeros(2 * BUCKETS)
    for features in found:
        held[features.buckets] += 1
    # A bucket that no example holds has no weight; zero keeps it out of the length as well.
    rarity = np.where(held > 0, np.log((1 + len(found)) / (1 + held)) + 1, 0.0)
    return rarity.astype(np.float16)


def _rows(found: Sequence[Features], rarity: NDArray[np.float16]) -> csr_matrix:
    ends = np.cumsum([0, *(len(features.buckets) for features in found)])
    values = np.concatenate([weighed(features, rarity) for features in found])
    columns = np.concatenate([features.buckets for features in found])
    return csr_matrix((values, columns, ends), shape=(len(found), 2 * BUCKETS))


def _labels(training: TrainingSet, kinds: Sequence[str]) -> Floats:
    labels = np.zeros((len(training.examples), len(kinds)))
    for row, (kind, _) in enumerate(training.examples):
        labels[row, kinds.index(kind)] = 1.0
    return labels


def _balanced(training: TrainingSet) -> Floats:
    is_none = np.array([kind == NONE for kind, _ in training.examples])
    shares = training.shares.astype(np.float64).copy()
    for side in (is_none, ~is_none):
        shares[side] *= 0.5 / shares[side].sum()
    return shares


def softmax_fit(
    rows: csr_matrix, labels: Floats, shares: Floats, penalty: float
) -> tuple[Floats, Floats]:
    """Return weights and biases of a softmax regression with a ridge.

    Args:
        rows: Values of each example.
        labels: Shape (examples, kinds); 1 for the kind of an example.
        shares: Weight of each example.
        penalty: Of the squared weights.
    """
    columns, kinds = rows.shape[1], labels.shape[1]
    used = np.flatnonzero(np.bincount(rows.indices, minlength=columns))
    # Half the time of 64 bits, and weights are kept as 8 bits anyway.
    small = rows[:, used].astype(np.float32).tocsr()
    turned = small.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat[:-kinds].reshape(len(used), kinds)
        scores = small @ weights.astype(np.float32) + flat[-kinds:]
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        pull = shares[:, None] * (np.exp(logs) - labels)
        value = -(shares[:, None] * labels * logs).sum() + penalty / 2 * (weights**2).sum()
        slopes = turned @ pull.astype(np.float32) + penalty * weights
        slope = np.concatenate([slopes.ravel(), pull.sum(axis=0)])
        return float(value), slope

    start = np.zeros((len(used) + 1) * kinds)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    weights = np.zeros((columns, kinds))
    weights[used] = best[:-kinds].reshape(len(used), kinds)
    return weights, best[-kinds:]

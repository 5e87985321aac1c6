"""Read danger in words that no table of phrases foresaw, by their likeness to examples.

A logistic model on sentence embeddings, fitted when the rules are built on the examples in
`examples/danger.txt`. Embeddings come from outside, so that this room needs no model of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""Returns vectors of shape (len(texts), dimension), unit length."""

NONE = "none"

_EXAMPLES = Path(__file__).with_name("examples")
# Chosen by five-fold cross-validation on the examples, 2026-11: flat between 0.1 and 1.
_PENALTY = 0.3
_SCALE = 5.0
_STEPS = 25
_NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a text is like the examples.

    Attributes:
        probability: That it tells of danger, in [0, 1].
        detail: The kind of danger its nearest examples tell of.
    """

    probability: float
    detail: str


@dataclass(frozen=True, slots=True)
class LikenessReader:
    """A fitted model; build it with `fit_reader`.

    Attributes:
        embed: Turns texts into vectors.
        weights: Shape (dimension + 1,); the last one is the bias.
        dangers: Vectors of the dangerous examples, shape (count, dimension).
        details: What each of them tells of.
    """

    embed: Embed
    weights: NDArray[np.float64]
    dangers: Vectors
    details: tuple[str, ...]

    def read(self, text: str) -> Likeness:
        """Return how much a text is like the examples."""
        vector = np.asarray(self.embed([text]), dtype=np.float64)
        (probability,) = _probabilities(_with_bias(vector), self.weights)
        nearest = np.argsort(self.dangers @ vector[0])[-_NEIGHBOURS:]
        kinds = [self.details[place] for place in nearest]
        return Likeness(float(probability), max(reversed(kinds), key=kinds.count))


def load_examples(name: str) -> list[tuple[str, str]]:
    """Return (detail, text) for each line of `guardrails/examples/<name>.txt`."""
    examples: list[tuple[str, str]] = []
    detail = NONE
    for line in _EXAMPLES.joinpath(f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            detail = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            examples.append((detail, line.strip()))
    return examples


def fit_reader(embed: Embed, examples: Sequence[tuple[str, str]]) -> LikenessReader:
    """Return a reader fitted on examples; both sides weigh the same however many they are."""
    vectors = np.asarray(embed([text for _, text in examples]), dtype=np.float64)
    is_danger = np.array([detail != NONE for detail, _ in examples])
    dangers = np.asarray(vectors[is_danger], dtype=np.float32)
    details = tuple(detail for detail, _ in examples if detail != NONE)
    return LikenessReader(embed, _fit(_with_bias(vectors), is_danger), dangers, details)


def _fit(rows: NDArray[np.float64], is_danger: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return weights of a ridge logistic regression, by Newton's method."""
    share = np.where(is_danger, 0.5 / is_danger.sum(), 0.5 / (~is_danger).sum())
    ridge = np.full(rows.shape[1], _PENALTY / len(rows))
    ridge[-1] = 0.0
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = _probabilities(rows, weights)
        slope = rows.T @ (share * (chance - is_danger)) + ridge * weights
        curve = (rows * (share * chance * (1 - chance))[:, None]).T @ rows
        weights -= np.linalg.solve(curve + np.diag(ridge + 1e-9), slope)
    return weights


def _with_bias(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.hstack([vectors * _SCALE, np.ones((len(vectors), 1))])


def _probabilities(rows: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    chance: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30, 30)))
    return chance

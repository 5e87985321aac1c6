"""Read danger in words that no table of phrases foresaw, by their likeness to examples.

A logistic model on sentence embeddings, fitted on the examples in `examples/danger.txt` and on half
of the reviewed ones.
Embeddings come from outside, so that this room needs no embedding model of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guardrails.example_files import NONE, Example, digest_of, load_examples, load_half

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""Returns vectors of shape (len(texts), dimension), unit length."""

PROBE = "How do I know that this is the embedding model I was fitted with?"

_EXAMPLES = Path(__file__).with_name("examples")
_SHIPPED = _EXAMPLES / "danger_model.npz"
# Chosen by five-fold cross-validation on the examples, 2026-11: flat between 0.1 and 1.
_PENALTY = 0.3
_SCALE = 5.0
_STEPS = 25
_SAME_VECTOR = 0.999


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
class LikenessModel:
    """What is learned from the examples with one embedding model.

    Attributes:
        weights: Shape (dimension + 1,); the last one is the bias.
        centres: Mean vector of each kind of danger, shape (kinds, dimension), unit length.
        details: The kinds, in the order of `centres`.
        digest: Of the examples it was fitted on.
        probe: Vector of `PROBE`, shape (dimension,): tells whether an embedder is the same.
    """

    weights: NDArray[np.float64]
    centres: NDArray[np.float64]
    details: tuple[str, ...]
    digest: str
    probe: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LikenessReader:
    """Reads texts with a fitted model.

    Attributes:
        embed: Turns texts into vectors; the embedder the model was fitted with.
        model: What was learned.
    """

    embed: Embed
    model: LikenessModel

    def read(self, text: str) -> Likeness:
        """Return how much a text is like the examples."""
        vector = np.asarray(self.embed([text]), dtype=np.float64)
        (probability,) = _probabilities(_with_bias(vector), self.model.weights)
        nearest = int(np.argmax(self.model.centres @ vector[0]))
        return Likeness(float(probability), self.model.details[nearest])


def build_reader(embed: Embed) -> LikenessReader:
    """Return a reader with the shipped model, or a new one when it does not fit.

    The shipped model saves embedding all examples at every start. It is left aside when the
    examples have changed since, or when another embedding model is in use.
    """
    examples = load_danger_examples()
    shipped = load_model(_SHIPPED)
    if shipped.digest == digest_of(examples):
        probe = np.asarray(embed([PROBE]), dtype=np.float64)[0]
        if probe.shape == shipped.probe.shape and probe @ shipped.probe >= _SAME_VECTOR:
            return LikenessReader(embed, shipped)
    return LikenessReader(embed, fit_model(embed, examples))


def load_model(path: Path) -> LikenessModel:
    """Return a model that `save_model` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        return LikenessModel(
            weights=stored["weights"].astype(np.float64),
            centres=stored["centres"].astype(np.float64),
            details=tuple(str(detail) for detail in stored["details"]),
            digest=str(stored["digest"]),
            probe=stored["probe"].astype(np.float64),
        )


def save_model(model: LikenessModel, path: Path = _SHIPPED) -> None:
    """Write a model to a file of NumPy arrays, about 25 KB for 384 dimensions."""
    np.savez_compressed(
        path,
        weights=model.weights.astype(np.float32),
        centres=model.centres.astype(np.float32),
        details=np.array(model.details),
        digest=np.array(model.digest),
        probe=model.probe.astype(np.float32),
    )


def load_danger_examples() -> list[Example]:
    """Return what both readers of danger learn from: examples and the reviewed halves to fit on."""
    return [
        *load_examples("danger"),
        *load_half("reviewed_danger", "fit"),
        *load_half("reviewed_ordinary", "fit"),
    ]


def fit_model(embed: Embed, examples: Sequence[Example]) -> LikenessModel:
    """Return a model fitted on examples; both sides weigh the same however many they are."""
    vectors = np.asarray(embed([text for _, text in examples]), dtype=np.float64)
    kinds = np.array([detail for detail, _ in examples])
    details = tuple(dict.fromkeys(str(kind) for kind in kinds if kind != NONE))
    centres = np.stack([vectors[kinds == detail].mean(axis=0) for detail in details])
    return LikenessModel(
        weights=_fit(_with_bias(vectors), kinds != NONE),
        centres=centres / np.linalg.norm(centres, axis=1, keepdims=True),
        details=details,
        digest=digest_of(examples),
        probe=np.asarray(embed([PROBE]), dtype=np.float64)[0],
    )


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

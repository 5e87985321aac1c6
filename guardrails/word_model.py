"""A small linear model on the words and letters of a text: no library, no pickle, a few numbers.

A text becomes counts of runs of 3 to 5 letters and of 1 to 3 words, hashed into buckets and
weighed by how rare they are (TF-IDF); one weight per bucket and kind, and softmax over the kinds.
Hashing and one product in NumPy at run time: about 0.3 ms for a question, linear in its length.
Fitted by `python -m guardrails.training`, which writes a card beside each model.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guardrails.example_files import NONE

Floats = NDArray[np.float64]

BUCKETS = 1 << 16
"""Buckets for runs of letters, and as many again for runs of words."""

_LETTER_RUNS = (3, 4, 5)
_WORD_RUNS = (1, 2, 3)
_STEP = np.uint64(1_000_003)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - 16)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Features:
    """What a text holds.

    Attributes:
        buckets: Distinct buckets, ascending; letters below `BUCKETS`, words from there on.
        counts: How often each occurs, at least 1.
    """

    buckets: NDArray[np.int64]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WordModel:
    """What was learned.

    Attributes:
        weights: Shape (2 * BUCKETS, kinds), whole numbers to be multiplied by `scales`.
        scales, biases: Shape (kinds,).
        rarity: Inverse document frequency of each bucket, shape (2 * BUCKETS,).
        kinds: Names of the kinds; `none` is one of them.
        thresholds: Named probabilities that rules act from, each in [0, 1].
        digest: Of the examples it was fitted on.
    """

    weights: NDArray[np.int8]
    scales: Floats
    biases: Floats
    rarity: NDArray[np.float16]
    kinds: tuple[str, ...]
    thresholds: Mapping[str, float]
    digest: str

    def probabilities(self, plain: str) -> Floats:
        """Return the probability of each kind for plain text, summing to 1."""
        found = features_of(plain)
        values = weighed(found, self.rarity)
        scores = values @ (self.weights[found.buckets] * self.scales) + self.biases
        powers = np.exp(scores - scores.max())
        shares: Floats = powers / powers.sum()
        return shares

    def read(self, plain: str) -> tuple[float, str]:
        """Return the probability that plain text is not `none`, and the likeliest other kind."""
        shares = self.probabilities(plain)
        none = self.kinds.index(NONE)
        others = np.delete(np.arange(len(self.kinds)), none)
        return float(1 - shares[none]), self.kinds[int(others[np.argmax(shares[others])])]


def features_of(plain: str) -> Features:
    """Return the hashed runs of letters and words of plain text."""
    padded = f"  {plain}  "
    letters = np.frombuffer(padded.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    words = np.array([zlib.crc32(word.encode()) for word in _WORD.findall(plain)], dtype=np.uint64)
    runs = [_hashed(letters, length) for length in _LETTER_RUNS]
    runs += [_hashed(words, length) + BUCKETS for length in _WORD_RUNS]
    buckets, counts = np.unique(np.concatenate(runs), return_counts=True)
    return Features(buckets, counts)


def weighed(found: Features, rarity: NDArray[np.float16]) -> Floats:
    """Return TF-IDF values of features; letters and words each have length 1."""
    values = (1 + np.log(found.counts)) * rarity[found.buckets].astype(np.float64)
    border = int(np.searchsorted(found.buckets, BUCKETS))
    for part in (slice(0, border), slice(border, None)):
        length = np.linalg.norm(values[part])
        values[part] /= length if length else 1.0
    return values


def save_model(model: WordModel, path: Path) -> None:
    """Write a model to a file of NumPy arrays."""
    np.savez_compressed(
        path,
        weights=model.weights,
        scales=model.scales.astype(np.float32),
        biases=model.biases.astype(np.float32),
        rarity=model.rarity,
        kinds=np.array(model.kinds),
        threshold_names=np.array(list(model.thresholds)),
        thresholds=np.array(list(model.thresholds.values())),
        digest=np.array(model.digest),
    )


def load_model(path: Path) -> WordModel:
    """Return a model that `save_model` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        names = [str(name) for name in stored["threshold_names"]]
        return WordModel(
            weights=stored["weights"],
            scales=stored["scales"].astype(np.float64),
            biases=stored["biases"].astype(np.float64),
            rarity=stored["rarity"],
            kinds=tuple(str(kind) for kind in stored["kinds"]),
            thresholds=dict(zip(names, (float(p) for p in stored["thresholds"]), strict=True)),
            digest=str(stored["digest"]),
        )


def _hashed(codes: NDArray[np.uint64], length: int) -> NDArray[np.int64]:
    """Return the bucket of every run of `length` codes (a polynomial hash, spread by Fibonacci)."""
    runs = len(codes) - length + 1
    if runs <= 0:
        return np.zeros(0, dtype=np.int64)
    value = np.full(runs, length, dtype=np.uint64)
    for place in range(length):
        value = value * _STEP + codes[place : place + runs]
    return ((value * _SPREAD) >> _SHIFT).astype(np.int64)

"""Names of people and addresses in plain text, for logs and exports only.

One small linear model that reads each word with its neighbours: hashed features, softmax over
nothing, name and address, eight-bit weights in an `.npz` without pickle. It guesses, so it takes
out more than it must: never use it on what is shown to a citizen. Fitted by
`python -m guardrails.training people`, which writes the card `examples/name_tagger.md`.

Known misses: names in small letters without words around them that announce one; names that are
also places or months; addresses without a number or a kind of road.
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guardrails.personal_data.match import Match
from guardrails.word_model import Floats

BUCKETS = 1 << 16
LABELS = ("none", "name", "address")
MAX_WORDS = 2_000
"""Of a longer text everything after this many words is taken for an address."""

_WORD = re.compile(r"\d+[A-Za-z]?(?:[-/]\d+)?|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")
_JOINS = re.compile(r"[\s,.'’\-]{0,3}")
_RUNS = re.compile(r"(.)\1+")
_EDGE = "\0"


@dataclass(frozen=True, slots=True)
class NameTagger:
    """What was learned.

    Attributes:
        weights: Shape (BUCKETS, 3), whole numbers to be multiplied by `scales`.
        scales, biases: Shape (3,).
        thresholds: For `name` and `address`, the probability a word is taken out from.
    """

    weights: NDArray[np.int8]
    scales: Floats
    biases: Floats
    thresholds: Mapping[str, float]

    def find(self, text: str) -> Iterator[Match]:
        """Yield what reads like names and addresses."""
        words = list(_WORD.finditer(text))[: MAX_WORDS + 1]
        if not words:
            return
        read = words[:MAX_WORDS]
        for match in joined(text, read, self._labels([word[0] for word in read])):
            # One word alone, without a number, is no address.
            if match.kind != "address" or not text[match.start : match.end].isalpha():
                yield match
        if len(words) > MAX_WORDS:
            yield Match("address", words[MAX_WORDS].start(), len(text))

    def probabilities(self, words: Sequence[str]) -> Floats:
        """Return for each word the probability of each label, shape (len(words), 3)."""
        rows = [self.weights[buckets].sum(axis=0, dtype=np.int64) for buckets in features_of(words)]
        scores = np.array(rows) * self.scales + self.biases
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Floats = powers / powers.sum(axis=1, keepdims=True)
        return shares

    def _labels(self, words: Sequence[str]) -> list[str]:
        return [self._label(row) for row in self.probabilities(words)]

    def _label(self, shares: Floats) -> str:
        label = LABELS[1 + int(np.argmax(shares[1:]))]
        return label if 1 - shares[0] >= self.thresholds[label] else LABELS[0]


def split_words(text: str) -> list[re.Match[str]]:
    """Return the words, numbers and marks of a text with their places."""
    return list(_WORD.finditer(text))


def joined(text: str, words: Sequence[re.Match[str]], labels: Sequence[str]) -> Iterator[Match]:
    """Yield neighbours with the same label as one match; marks alone are none."""
    start, end, kind = 0, 0, LABELS[0]
    for word, label in zip(words, labels, strict=False):
        if not word[0][0].isalnum():
            continue
        if kind == label != LABELS[0] and _JOINS.fullmatch(text, end, word.start()):
            end = word.end()
            continue
        if kind != LABELS[0]:
            yield Match(kind, start, end)
        start, end, kind = word.start(), word.end(), label
    if kind != LABELS[0]:
        yield Match(kind, start, end)


def features_of(words: Sequence[str]) -> Iterator[NDArray[np.int64]]:
    """Yield for each word the buckets of what it and its neighbours look like."""
    padded = [_EDGE, _EDGE, *words, _EDGE, _EDGE]
    lower = [word.casefold() for word in padded]
    shapes = [_shape(word) for word in padded]
    for at in range(2, len(padded) - 2):
        names = _names(lower, shapes, at)
        buckets = {zlib.crc32(name.encode()) % BUCKETS for name in names}
        yield np.array(sorted(buckets), dtype=np.int64)


def _names(lower: Sequence[str], shapes: Sequence[str], at: int) -> Iterator[str]:
    word, shape = lower[at], shapes[at]
    yield from (f"w {word}", f"s {shape}", f"p {word[:3]}", f"e {word[-3:]}", f"e2 {word[-2:]}")
    for step in (-2, -1, 1, 2):
        yield f"w{step} {lower[at + step]}"
        yield f"s{step} {shapes[at + step]} {shape}"
    yield f"b {lower[at - 1]} {shape}"
    yield f"a {lower[at + 1]} {shape}"
    yield f"bb {lower[at - 2]} {lower[at - 1]} {shape}"
    yield f"ss {shapes[at - 1]} {shape} {shapes[at + 1]}"
    yield f"e+ {lower[at + 1][-3:]} {shape}"
    yield f"e- {lower[at - 1][-3:]} {shape}"


def _shape(word: str) -> str:
    if word == _EDGE:
        return "edge"
    shape = "".join("X" if c.isupper() else "x" if c.isalpha() else "9" if c.isdigit() else c
                    for c in word)  # fmt: skip
    return _RUNS.sub(r"\1", shape)


def save_tagger(tagger: NameTagger, path: Path) -> None:
    """Write a tagger to a file of NumPy arrays."""
    np.savez_compressed(
        path,
        weights=tagger.weights,
        scales=tagger.scales.astype(np.float32),
        biases=tagger.biases.astype(np.float32),
        threshold_names=np.array(list(tagger.thresholds)),
        thresholds=np.array(list(tagger.thresholds.values())),
    )


def load_tagger(path: Path) -> NameTagger:
    """Return a tagger that `save_tagger` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        names = [str(name) for name in stored["threshold_names"]]
        return NameTagger(
            weights=stored["weights"],
            scales=stored["scales"].astype(np.float64),
            biases=stored["biases"].astype(np.float64),
            thresholds=dict(zip(names, (float(p) for p in stored["thresholds"]), strict=True)),
        )

"""Sentences, and which of a source a sentence of a statement leans on."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from guardrails.figures import Figure, figures_in
from guardrails.support import stem

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[^a-z])|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FUNCTION_TEXT = """
a an the of to in is are was be been you your it its and or for if on that this these those with
by at as get gets have has do does they their there from will would one
"""
_LETTERED = re.compile(r"\b(?:band|class|type|category|form):? ([A-Z])\b", re.IGNORECASE)
_FUNCTION = frozenset(_FUNCTION_TEXT.split())
_NATION = re.compile(r"\b(england|scotland|wales|northern ireland|cymru|lloegr|yr alban)\b")
_CLOSE, _NEARLY = 0.4, 0.95
"""Share of a sentence's words that it must lean on; how close to the best is as good."""


@dataclass(frozen=True, eq=False)
class Said:
    """One sentence, list item or row.

    Attributes:
        text: As it stands there.
    """

    text: str

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of its words without function words; of "Band A" the letter, too."""
        words = (word.casefold().replace("’", "'") for word in _WORD.findall(self.text))
        stems = (stem(word.removesuffix("'s")) for word in words if word not in _FUNCTION)
        letters = (f"{name.casefold()}:" for name in _LETTERED.findall(self.text))
        return frozenset((*stems, *letters)) - {"not", "no"}

    @cached_property
    def figures(self) -> frozenset[Figure]:
        """Its amounts, dates, periods and numbers."""
        return figures_in(self.text)

    @property
    def nations(self) -> frozenset[str]:
        """Nations it names, in small letters."""
        return frozenset(_NATION.findall(self.text.casefold()))

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return " | " in self.text


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of a statement beside what it leans on.

    Attributes:
        said: The sentence.
        near: The sentences of the source that it shares most with; never empty.
        source: All of them.
        block: The whole statement.
        headings: What the source is about.
    """

    said: Said
    near: tuple[Said, ...]
    source: tuple[Said, ...]
    block: str
    headings: str


def sentences(text: str) -> tuple[Said, ...]:
    """Return the sentences, items and rows of a text, without list marks."""
    return tuple(
        Said(part.strip(" -•*")) for part in _SENTENCE_END.split(text) if part.strip(" -•*")
    )


def nearest(said: Said, sources: Sequence[Said]) -> tuple[Said, ...]:
    """Return the sentences that hold most of a sentence's words, rare words counting most.

    Of nearly equal ones those that hold most of its figures.
    """
    scores = shares(said, sources)
    best = max(scores, default=0.0)
    if best < _CLOSE:
        return ()
    near = [s for s, score in zip(sources, scores, strict=True) if score >= best * _NEARLY]
    most = max(len(s.figures & said.figures) for s in near)
    return tuple(s for s in near if len(s.figures & said.figures) == most)


def shares(said: Said, sources: Sequence[Said]) -> list[float]:
    """Return the weighted share of a sentence's words that each text holds, in [0, 1]."""
    held = Counter(word for source in sources for word in source.stems)
    weight = {word: math.log((len(sources) + 1) / (held[word] + 0.5)) for word in said.stems}
    whole = sum(weight.values())
    if not whole:
        return [0.0] * len(sources)
    return [sum(weight[word] for word in said.stems & s.stems) / whole for s in sources]

"""What a finder of personal data returns, and how words nearby confirm a number."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CERTAIN, LIKELY = 1.0, 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """A span of text that looks like personal data.

    Attributes:
        kind: A name in `guardrails.personal_data_kinds.KINDS`.
        start, end: Offsets into the searched text, end exclusive.
        score: Confidence in [0, 1]; the form alone or a cue nearby must have reached LIKELY.
    """

    kind: str
    start: int
    end: int
    score: float = LIKELY


Finder = Callable[[str], Iterator[Match]]


def is_cued(
    cue: re.Pattern[str], text: str, start: int, end: int, *, before: int = 60, after: int = 30
) -> bool:
    """Whether a cue stands near a span: up to `before` characters ahead or `after` behind.

    The windows begin and end at white space, so a cue is never read from half a word.
    """
    ahead = text[max(0, start - before) : start]
    if start > before:
        ahead = ahead.partition(" ")[2]
    behind = text[end : end + after]
    return bool(cue.search(ahead) or cue.search(behind))


def holds_any(text: str, parts: tuple[str, ...]) -> bool:
    """Whether a text holds one of some parts of words, in any case.

    Quick, so a search that needs a cue may be left out where no part of any cue is found.
    """
    folded = text.lower()
    return any(part in folded for part in parts)


def digits_of(text: str) -> str:
    """Return only the ASCII digits of a text."""
    return "".join(character for character in text if "0" <= character <= "9")


def weighted_sum(digits: str, weights: tuple[int, ...]) -> int:
    """Return the sum of each digit times its weight; extra digits are ignored."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))

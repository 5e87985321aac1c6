"""What a finder of personal data returns, and how words nearby confirm a number."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from guardrails.needed_parts import Spellings, needed_parts

CERTAIN, LIKELY = 1.0, 0.7
_DIGIT = re.compile(r"\d")
# Python reads these as i and s where the case does not count, yet keeps them in small letters.
_SMALL = str.maketrans({"ı": "i", "ſ": "s", "\u0307": ""})
_HELD = re.compile("[ıſ\u0307]")


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


@dataclass(frozen=True, slots=True)
class Sought:
    """A pattern with the parts that no text lacks in which it can be found.

    Attributes:
        pattern: What is searched.
        needs: Of each need one spelling stands in the text, in small letters.
    """

    pattern: re.Pattern[str]
    needs: tuple[Spellings, ...]

    def within(self, text: str) -> re.Pattern[str] | None:
        """Return the pattern when a text, or a part of it, may hold it; quick when it does not."""
        folded = _searched(text).folded
        held = all(any(part in folded for part in need) for need in self.needs)
        return self.pattern if held else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return what the pattern finds in a text."""
        pattern = self.within(text)
        return pattern.finditer(text) if pattern else iter(())


def sought(expression: str, flags: re.RegexFlag = re.NOFLAG) -> Sought:
    """Return a pattern that is searched only where its needed parts stand."""
    needs = needed_parts(expression)
    folded = tuple(frozenset(part.lower() for part in need) for need in needs)
    return Sought(re.compile(expression, flags), folded)


def is_cued(
    cue: re.Pattern[str] | None,
    text: str,
    start: int,
    end: int,
    *,
    before: int = 60,
    after: int = 30,
) -> bool:
    """Whether a cue stands near a span: up to `before` characters ahead or `after` behind.

    The windows begin and end at white space, so a cue is never read from half a word. No cue is
    near where none is `within` the whole text.
    """
    if cue is None:
        return False
    ahead = text[max(0, start - before) : start]
    if start > before:
        ahead = ahead.partition(" ")[2]
    behind = text[end : end + after]
    return bool(cue.search(ahead) or cue.search(behind))


class Searched(str):
    """A text that many finders read: what each of them asks of it is worked out once."""

    @cached_property
    def folded(self) -> str:
        """The text in small letters, as patterns that ignore the case read it."""
        small = self.lower()
        return small.translate(_SMALL) if _HELD.search(small) else small

    @cached_property
    def holds_digit(self) -> bool:
        """Whether the text holds a digit of any script."""
        return _DIGIT.search(self) is not None


def holds_any(text: str, parts: tuple[str, ...]) -> bool:
    """Whether a text holds one of some parts of words, in any case.

    Quick, so a search that needs a cue may be left out where no part of any cue is found.
    """
    folded = _searched(text).folded
    return any(part in folded for part in parts)


def holds_digit(text: str) -> bool:
    """Whether a text holds a digit of any script."""
    return _searched(text).holds_digit


def _searched(text: str) -> Searched:
    return text if isinstance(text, Searched) else Searched(text)


def digits_of(text: str) -> str:
    """Return only the ASCII digits of a text."""
    return "".join(character for character in text if "0" <= character <= "9")

"""Read a misspelt word as the likeliest word that pages hold."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

# Damerau (1964): four in five misspellings are one letter too many, missing, wrong or swapped. In
# a long word two are allowed; short words have too many neighbours that mean something else.
SHORTEST = 5
LONG = 9


class Spelling:
    """The words of an index, to be found in spite of a slip.

    A word that is in an English dictionary is never changed: "cancer" is not a slip for "cancel".
    The first letter must be right, as it nearly always is (Yannakoudakis and Fawthrop, 1983).
    Known misses: slips that make another word, short words, names that no dictionary has.
    """

    def __init__(self, pages_of: Mapping[str, int]) -> None:
        """Take the words of an index.

        Args:
            pages_of: On how many pages each stem stands.
        """
        self._pages_of = pages_of
        self._stems: dict[tuple[str, int], list[str]] = defaultdict(list)
        for stem in pages_of:
            if len(stem) >= SHORTEST - 1 and stem.isalpha():
                self._stems[stem[0], len(stem)].append(stem)

    def corrected(self, stem: str, word: str) -> str:
        """Return the nearest stem that pages hold, the commonest of several; else the same.

        Args:
            stem: Stem of a word of a question.
            word: The word as it was written, in lower case.
        """
        if stem in self._pages_of or len(stem) < SHORTEST or not stem.isalpha():
            return stem
        if word in _dictionary():
            return stem
        slips = 2 if len(stem) >= LONG else 1
        near = list(self._neighbours(stem, slips))
        found = process.extract(stem, near, scorer=OSA.distance, score_cutoff=slips, limit=None)
        ranked = [(slips_made, -self._pages_of[other], other) for other, slips_made, _ in found]
        return min(ranked, default=(0, 0, stem))[2]

    def _neighbours(self, stem: str, slips: int) -> Iterator[str]:
        for length in range(len(stem) - slips, len(stem) + slips + 1):
            yield from self._stems.get((stem[0], length), ())


@cache
def _dictionary() -> SpellChecker:
    # Only its list of words is used; `in` looks a word up.
    return SpellChecker(language="en")

"""Read a misspelt word as the likeliest word that pages hold."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache, cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

# Damerau (1964): four in five misspellings are one letter too many, missing, wrong or swapped. In
# a long word two are allowed; short words have too many neighbours that mean something else.
SHORTEST = 5
LONG = 9
# Two letters of a short word may have changed places ("teh"); one of fewer says too little.
SHORTEST_SWAPPED = 3
# A word with a capital inside a sentence may be a name; a long one is seldom near another word.
_LONG_NAME = 8
_WORD = re.compile(r"[^\W\d_]+")
# A word of this length has neighbours with one other letter ("tyres", "types"): only letters that
# are missing, doubled or swapped are mended.
_FEW_LETTERS = 5
# Words that the English dictionary, which is an American one, lacks, and people's short forms.
_ALSO_WORDS_TEXT = """
fiance fiancee tyre tyres cafe cafes statin statins admin trans maths insta nonce nonces noone
theres everyones anyones someones arent wasnt werent wernt hasnt hadnt isnt wats thats wheres
whos hows
"""
_ALSO_WORDS = frozenset(_ALSO_WORDS_TEXT.split())


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

    def well_spelt(
        self, text: str, stems_of: Callable[[list[str]], list[str]], function_words: Set[str]
    ) -> str:
        """Return a text with its misspelt words as pages write them; the rest stays as it is.

        Looked at are words that no English dictionary has. Short ones are read as a function word,
        or a word of the pages, with two neighbouring letters swapped.

        Args:
            text: As it was written.
            stems_of: Returns the stems of words, in order.
            function_words: Words such as "how", in lower case, which pages are not searched for.
        """

        def meant(found: re.Match[str]) -> str:
            word = found[0].lower()
            may_be_name = found[0] != word and found.start() > 0 and len(word) < _LONG_NAME
            if may_be_name or len(word) < SHORTEST_SWAPPED or _is_word(word):
                return found[0]
            swapped = self._swapped(word, stems_of, function_words)
            return swapped or self._nearest(word, stems_of) or found[0]

        return _WORD.sub(meant, text)

    def _swapped(
        self, word: str, stems_of: Callable[[list[str]], list[str]], function_words: Set[str]
    ) -> str:
        places = range(1, len(word) - 1)
        others = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places]
        for other in others:
            if other in function_words:
                return other
        if len(word) <= SHORTEST_SWAPPED or stems_of([word])[0] in self._pages_of:
            return ""
        known = (other for other in others if other in _dictionary())
        return next((other for other in known if stems_of([other])[0] in self._pages_of), "")

    def _nearest(self, word: str, stems_of: Callable[[list[str]], list[str]]) -> str:
        """Return the nearest word of a dictionary that pages hold; empty for none."""
        if len(word) < SHORTEST:
            return ""
        slips = 2 if len(word) >= LONG else 1
        stem = stems_of([word])[0]
        near = [
            other
            for length in range(len(word) - slips, len(word) + slips + 1)
            for other in self._dictionary_words.get((word[0], length), ())
        ]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=None)
        stems = stems_of([other for other, _, _ in found])
        ranked = [
            (slips_made, -self._pages_of[its], other)
            for (other, slips_made, _), its in zip(found, stems, strict=True)
            # A word that pages hold and no dictionary has ("eVisa") means itself.
            if _is_plain_slip(word, other)
            and its in self._pages_of
            and (stem not in self._pages_of or its == stem)
        ]
        return min(ranked, default=(0, 0, ""))[2]

    @cached_property
    def _dictionary_words(self) -> Mapping[tuple[str, int], list[str]]:
        words = defaultdict[tuple[str, int], list[str]](list)
        for word in _dictionary().word_frequency.words():
            if len(word) >= SHORTEST - 1 and word.isalpha():
                words[word[0], len(word)].append(word)
        return words

    def _neighbours(self, stem: str, slips: int) -> Iterator[str]:
        for length in range(len(stem) - slips, len(stem) + slips + 1):
            yield from self._stems.get((stem[0], length), ())


def _is_word(word: str) -> bool:
    """Whether a word is an English one, also in British spelling: "personalised"."""
    american = word.replace("is", "iz").replace("ys", "yz")
    return word in _ALSO_WORDS or word in _dictionary() or american in _dictionary()


def _is_plain_slip(word: str, other: str) -> bool:
    if len(word) > _FEW_LETTERS:
        return True
    doubled = len(other) < len(word) and set(other) == set(word)
    return len(other) > len(word) or doubled or sorted(other) == sorted(word)


@cache
def _dictionary() -> SpellChecker:
    # Only its list of words is used; `in` looks a word up.
    return SpellChecker(language="en")

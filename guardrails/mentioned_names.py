"""Names in a statement that none of its sources holds.

A model that makes something up nearly always makes up who or where: another city, another office.
A word with a capital inside a sentence is a name; it is known when a source holds it in any case,
with another ending ("Germany", "German") or as the initials of what it writes out ("DWP").

Known misses: an invented name at the beginning of a sentence; names in small letters; a name that
the source holds for somebody else. Measured on HaluEval by `make bench-guardrails` (2026-11: no
right answer of 522 has an unknown name; of 244 sentences that people wrote from passages of
MTRAG-UN five have, all of them about something else than the passages).
"""

import re
from collections.abc import Iterator, Sequence

from guardrails.support import Sentence, stem

_NAME = re.compile(
    r"(?<=[\w,;’'\")] )[\"“'‘(]?(?P<name>[A-ZÀ-Þ][^\W\d_]{2,}(?:['’][^\W\d_]{2,})?)(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+")
_HEAD = 5
# Said of every page of these services, whether it names them or not.
_FREE = frozenset(("britain", "british", "gov"))


def unknown_names(said: Sequence[Sentence], sources: Sequence[str]) -> Iterator[str]:
    """Yield the names in sentences that no source holds, in order."""
    written = [word for source in sources for word in _WORD.findall(source)]
    words = {word.casefold() for word in written} | _FREE
    stems = {stem(word) for word in words}
    heads = {word[:_HEAD] for word in words if len(word) >= _HEAD}
    initials = "".join(word[0] for word in written if word[0].isupper())
    for sentence in said:
        for found in _NAME.finditer(sentence.text):
            name = found["name"]
            bare = name.casefold()
            if bare in words or stem(bare) in stems or name in initials:
                continue
            if len(bare) < _HEAD or bare[:_HEAD] not in heads:
                yield name

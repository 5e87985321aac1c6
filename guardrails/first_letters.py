"""With which letters a phrase may begin, read from its regular expression.

A table of phrases holds hundreds. Trying each of them at every word of a long text takes
milliseconds; most cannot begin with the letter that stands there.
"""

import string
from dataclasses import dataclass

_ANY = frozenset(string.ascii_lowercase) | {""}
"""Every letter of English, and the empty string for whatever else there is."""

_GROUP_STARTS = ("?:", "?=", "?!", "?<=", "?<!")
_ZERO_WIDTH = frozenset("bBAZ")
_CLASSES = frozenset("dDsSwW")


def first_letters(phrase: str) -> frozenset[str] | None:
    """Return the letters, small ones or of other alphabets, that a phrase may begin with.

    None when it may begin otherwise.

    Reads the part of the syntax that tables use; of anything else it says None, which costs time
    and misses nothing.
    """
    reader = _Reader(phrase)
    try:
        first = reader.alternatives()
    except (IndexError, ValueError):
        return None
    if reader.place < len(phrase) or first.empty or "" in first.letters:
        return None
    return first.letters


@dataclass(frozen=True, slots=True)
class _First:
    """What a part may begin with, and whether it may be empty."""

    letters: frozenset[str]
    empty: bool = False


_NOTHING = _First(frozenset(), empty=True)


@dataclass(slots=True)
class _Reader:
    """Reads a regular expression from left to right."""

    text: str
    place: int = 0

    def alternatives(self) -> _First:
        """Read parts between bars, as far as a closing bracket or the end."""
        letters, empty = frozenset[str](), False
        while True:
            first = self._sequence()
            letters, empty = letters | first.letters, empty or first.empty
            if self._peek() != "|":
                return _First(letters, empty)
            self.place += 1

    def _sequence(self) -> _First:
        letters, empty = frozenset[str](), True
        while self._peek() not in ("", "|", ")"):
            atom = self._repeated(self._atom())
            if empty:
                letters, empty = letters | atom.letters, atom.empty
        return _First(letters, empty)

    def _repeated(self, atom: _First) -> _First:
        while (mark := self._peek()) and mark in "?*+{":
            closing = self.text.index("}", self.place) if mark == "{" else self.place
            if mark in "?*" or self.text[self.place + 1 : self.place + 2] in ("0", ","):
                atom = _First(atom.letters, empty=True)
            self.place = closing + 1
        return atom

    def _atom(self) -> _First:
        mark = self._take()
        if mark == "(":
            return self._group()
        if mark == "[":
            return self._choice()
        if mark == "\\":
            return self._escaped()
        if mark in "^$":
            return _NOTHING
        return _First(_ANY if mark == "." else _letters(mark))

    def _group(self) -> _First:
        kind = next((k for k in _GROUP_STARTS if self.text.startswith(k, self.place)), "")
        if not kind and self._peek() == "?":
            raise ValueError(self.text)
        self.place += len(kind)
        first = self.alternatives()
        if self._take() != ")":
            raise ValueError(self.text)
        return first if kind in ("", "?:") else _NOTHING

    def _choice(self) -> _First:
        end = self.text.index("]", self.place + 1)
        inside, self.place = self.text[self.place : end], end + 1
        if inside.isalpha():
            return _First(frozenset[str]().union(*map(_letters, inside)))
        return _First(_ANY)

    def _escaped(self) -> _First:
        mark = self._take()
        if mark in _ZERO_WIDTH:
            return _NOTHING
        return _First(_ANY if mark in _CLASSES or mark.isalnum() else _letters(mark))

    def _peek(self) -> str:
        return self.text[self.place : self.place + 1]

    def _take(self) -> str:
        self.place += 1
        return self.text[self.place - 1]


def _letters(mark: str) -> frozenset[str]:
    is_letter = mark in string.ascii_lowercase or (mark.isalpha() and not mark.isascii())
    return frozenset((mark if is_letter else "",))

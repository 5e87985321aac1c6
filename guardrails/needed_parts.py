"""Which parts of a phrase must stand in every text that holds it, read from its expression.

A table of phrases holds hundreds. A text holds the needed words of few of them, so that only those
few have to be searched.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

_SHORTEST = 2  # One Latin letter stands in every text.
_MOST_SPELLINGS = 24
_GROUP = re.compile(r"\?(?:P<\w+>|(?:-?i)?:|[=!]|<[=!])")
_LOOKING_AROUND = ("?=", "?!", "?<")
_ZERO_WIDTH = frozenset("bBAZ")

Spellings = frozenset[str]
"""One of these stands in the text, as it is written here."""


def needed_parts(phrase: str) -> tuple[Spellings, ...]:
    """Return the parts that no text with a phrase lacks, each in all its spellings.

    Reads the part of the syntax that tables use; of anything else it needs nothing, which costs
    time and misses nothing.
    """
    reader = _Reader(phrase)
    try:
        part = reader.alternatives()
    except (IndexError, ValueError):
        return ()
    return part.needs if reader.place == len(phrase) else ()


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a phrase may say.

    Attributes:
        spellings: Everything it may say; None when that is too much to list.
        inside: What must stand in it, when it cannot be listed.
    """

    spellings: Spellings | None = None
    inside: tuple[Spellings, ...] = ()

    @property
    def needs(self) -> tuple[Spellings, ...]:
        """What must stand in a text for this part to stand there."""
        return self.inside if self.spellings is None else _looked_for(self.spellings)


_NOTHING = _Part(frozenset(("",)))
_ANYTHING = _Part()


def _looked_for(spellings: Spellings) -> tuple[Spellings, ...]:
    """Return one need without spellings that hold another; none when one is too short to tell."""
    if any(len(spelling) < _SHORTEST and spelling.isascii() for spelling in spellings):
        return ()
    kept: list[str] = []
    for spelling in sorted(spellings, key=len):
        if not any(shorter in spelling for shorter in kept):
            kept.append(spelling)
    return (frozenset(kept),)


def _one_after_another(parts: Iterable[_Part]) -> _Part:
    run: Spellings = frozenset(("",))
    inside: list[Spellings] = []
    whole = True
    for part in parts:
        if part.spellings is not None and len(run) * len(part.spellings) <= _MOST_SPELLINGS:
            run = frozenset(map("".join, product(run, part.spellings)))
            continue
        whole = False
        inside += (*_looked_for(run), *(part.inside if part.spellings is None else ()))
        run = frozenset(("",)) if part.spellings is None else part.spellings
    return _Part(run) if whole else _Part(None, (*inside, *_looked_for(run)))


def _one_of(parts: Sequence[_Part]) -> _Part:
    listed = [part.spellings for part in parts if part.spellings is not None]
    if len(listed) == len(parts):
        spellings = frozenset[str]().union(*listed)
        if len(spellings) <= _MOST_SPELLINGS:
            return _Part(spellings)
    needs = [max(part.needs, key=_worth, default=None) for part in parts]
    told = [need for need in needs if need is not None]
    return _Part(None, (frozenset[str]().union(*told),)) if len(told) == len(parts) else _ANYTHING


def _worth(need: Spellings) -> tuple[int, int]:
    return min(map(len, need)), -len(need)


@dataclass(slots=True)
class _Reader:
    """Reads a regular expression from left to right."""

    text: str
    place: int = 0

    def alternatives(self) -> _Part:
        """Read parts between bars, as far as a closing bracket or the end."""
        parts = [self._sequence()]
        while self._peek() == "|":
            self.place += 1
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else _one_of(parts)

    def _sequence(self) -> _Part:
        parts: list[_Part] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom()))
        return _one_after_another(parts)

    def _repeated(self, atom: _Part) -> _Part:
        while (mark := self._peek()) and mark in "?*+{":
            closing = self.text.index("}", self.place) if mark == "{" else self.place
            optional = mark in "?*" or self.text[self.place + 1 : self.place + 2] in ("0", ",")
            if mark == "?" and atom.spellings is not None:
                atom = _Part(atom.spellings | {""})
            else:
                atom = _ANYTHING if optional else _Part(None, atom.needs)
            self.place = closing + 1
        return atom

    def _atom(self) -> _Part:
        mark = self._take()
        if mark == "(":
            return self._group()
        if mark == "[":
            return self._choice()
        if mark == "\\":
            return self._escaped()
        if mark in "^$":
            return _NOTHING
        return _ANYTHING if mark == "." else _Part(frozenset((mark,)))

    def _group(self) -> _Part:
        kind = _GROUP.match(self.text, self.place)
        if kind is None and self._peek() == "?":
            raise ValueError(self.text)
        self.place = kind.end() if kind else self.place
        part = self.alternatives()
        if self._take() != ")":
            raise ValueError(self.text)
        return _NOTHING if kind and kind[0].startswith(_LOOKING_AROUND) else part

    def _choice(self) -> _Part:
        end = self.text.index("]", self.place + 1)
        inside, self.place = self.text[self.place : end], end + 1
        if inside.endswith("\\"):
            raise ValueError(self.text)
        # A dash at the end stands for itself.
        listed = not {"^", "\\"}.intersection(inside) and "-" not in inside[:-1]
        return _Part(frozenset(inside)) if listed else _ANYTHING

    def _escaped(self) -> _Part:
        mark = self._take()
        if mark in _ZERO_WIDTH:
            return _NOTHING
        return _ANYTHING if mark.isalnum() else _Part(frozenset((mark,)))

    def _peek(self) -> str:
        return self.text[self.place : self.place + 1]

    def _take(self) -> str:
        self.place += 1
        return self.text[self.place - 1]

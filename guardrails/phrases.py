"""Phrases and words that rules look for, kept as text files that a reviewer can read.

A file under `guardrails/phrase_tables/` has one phrase per line:

* `[suicide]` starts the phrases of one detail; earlier details win.
* `name = words|other words` defines a group that later lines use as `<name>`.
* every other line is a regular expression for plain text (lower case, no accents, no apostrophes,
  one line); it must begin and end with a whole word. A line that starts with `#` is a comment.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from guardrails.first_letters import first_letters

_TABLES = Path(__file__).with_name("phrase_tables")
_WORDS = Path(__file__).with_name("word_lists")
_SECTION = re.compile(r"\[([a-z_]+)\]")
_GROUP = re.compile(r"([a-z_]+) = (.+)")
_NAME = re.compile(r"<([a-z_]+)>")
_WORD_START = re.compile(r"(?<![a-z0-9])[^\W\d_]")
# Below that many characters of phrases, trying all of them is quicker than looking at each word.
_LONG_TABLE = 10_000


@dataclass(frozen=True, slots=True)
class Phrases:
    """All ways of saying one thing.

    Attributes:
        detail: What they say, for example `suicide`.
        pattern: Searched in plain text.
    """

    detail: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """The phrases of a table, in the order of its details.

    Attributes:
        details: What is said, each with all ways of saying it.
        by_letter: For a long table, what begins with a letter; matched where a word begins.
        otherwise: For a long table, the phrases that may begin with anything else.
    """

    details: tuple[Phrases, ...]
    by_letter: Mapping[str, re.Pattern[str]] = field(default_factory=lambda: MappingProxyType({}))
    otherwise: re.Pattern[str] | None = None

    def __iter__(self) -> Iterator[Phrases]:
        """Return the details in order."""
        return iter(self.details)

    def occurs_in(self, plain: str) -> bool:
        """Whether any phrase occurs in plain text; quick when none does, which is nearly always."""
        if not self.by_letter:
            return any(phrases.pattern.search(plain) for phrases in self.details)
        if self.otherwise and self.otherwise.search(plain):
            return True
        for start in _WORD_START.finditer(plain):
            beginning = self.by_letter.get(start[0])
            if beginning and beginning.match(plain, start.start()):
                return True
        return False


def load_phrases(name: str) -> PhraseTable:
    """Return the phrases of a table, in the order of its details."""
    # Some letters of Indian alphabets have two forms; plain text holds this one.
    table = unicodedata.normalize("NFC", _TABLES.joinpath(f"{name}.txt").read_text("utf-8"))
    sections = _sections(table)
    details = tuple(Phrases(detail, _any_of(lines)) for detail, lines in sections.items() if lines)
    lines = [line for phrases in sections.values() for line in phrases]
    if sum(map(len, lines)) < _LONG_TABLE:
        return PhraseTable(details)
    by_letter: dict[str, list[str]] = {}
    otherwise: list[str] = []
    for line in lines:
        letters = first_letters(line)
        for phrases in [by_letter.setdefault(c, []) for c in letters] if letters else [otherwise]:
            phrases.append(line)
    compiled = {letter: _any_of(phrases) for letter, phrases in by_letter.items()}
    return PhraseTable(
        details, MappingProxyType(compiled), _any_of(otherwise) if otherwise else None
    )


def _sections(table: str) -> dict[str, list[str]]:
    groups: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    section = sections.setdefault("", [])
    for line in table.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if heading := _SECTION.fullmatch(line):
            section = sections.setdefault(heading[1], [])
        elif group := _GROUP.fullmatch(line):
            groups[group[1]] = f"(?:{_expanded(group[2], groups)})"
        else:
            section.append(_expanded(line, groups))
    return sections


def _any_of(lines: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(lines)})(?![a-z0-9])")


def load_words(name: str) -> frozenset[str]:
    """Return the words of `guardrails/word_lists/<name>.txt`; a line with `#` is a comment."""
    lines = _WORDS.joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def first_detail(table: PhraseTable, plain: str) -> str:
    """Return the first detail one of whose phrases occurs in plain text; empty when none does."""
    if table.by_letter and not table.occurs_in(plain):
        return ""
    return next((phrases.detail for phrases in table if phrases.pattern.search(plain)), "")


def _expanded(line: str, groups: dict[str, str]) -> str:
    return _NAME.sub(lambda name: groups[name[1]], line)

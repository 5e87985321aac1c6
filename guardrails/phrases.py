"""Phrases and words that rules look for, kept as text files that a reviewer can read.

A file under `guardrails/phrase_tables/` has one phrase per line:

* `[suicide]` starts the phrases of one detail; earlier details win. `[suicide.es]` says also in
  which language they are, or in which of several (`[suicide.uk_ru]`).
* `name = words|other words` defines a group that later lines use as `<name>`.
* every other line is a regular expression for plain text (lower case, no accents, no apostrophes,
  one line); it must begin and end with a whole word. A line that starts with `#` is a comment.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from guardrails.needed_parts import Spellings, needed_parts
from guardrails.normalised import RUN, runs_of

_TABLES = Path(__file__).with_name("phrase_tables")
_WORDS = Path(__file__).with_name("word_lists")
_SECTION = re.compile(r"\[([a-z_]+(?:\.[a-z_]+)?)\]")
_GROUP = re.compile(r"([a-z_]+) = (.+)")
_NAME = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Phrases:
    """All ways of saying one thing.

    Attributes:
        detail: What they say, for example `suicide`, with the language where the table names it.
        pattern: Searched in plain text.
    """

    detail: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of a table.

    Attributes:
        detail: What it says.
        pattern: Searched in plain text.
        needs: One bit for each part that no text with the phrase lacks.
    """

    detail: str
    pattern: re.Pattern[str]
    needs: int


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """The phrases of a table, in the order of its details.

    Attributes:
        details: What is said, each with all ways of saying it.
        lines: The same, each way by itself.
        parts: What may stand in a text, by a run of its characters that few others share, each
            with the bits of the needs that it meets.
    """

    details: tuple[Phrases, ...]
    lines: tuple[Phrase, ...]
    parts: Mapping[str, tuple[tuple[str, int], ...]]

    def __iter__(self) -> Iterator[Phrases]:
        """Return the details in order."""
        return iter(self.details)

    def details_in(self, plain: str) -> Iterator[str]:
        """Yield each detail that occurs in plain text, in order.

        Only phrases whose needed parts stand in the text are searched: of hundreds a few.
        """
        met = self._met_by(plain)
        said: str | None = None
        for line in self.lines:
            if line.needs & ~met or line.detail == said:
                continue
            if line.pattern.search(plain):
                said = line.detail
                yield said

    def occurs_in(self, plain: str) -> bool:
        """Whether any phrase occurs in plain text; quick when none does, which is nearly always."""
        return any(True for _ in self.details_in(plain))

    def _met_by(self, plain: str) -> int:
        met = 0
        for run in runs_of(plain) & self.parts.keys():
            for part, bits in self.parts[run]:
                if bits & ~met and part in plain:
                    met |= bits
        return met


def load_phrases(name: str) -> PhraseTable:
    """Return the phrases of a table, in the order of its details."""
    # Some letters of Indian alphabets have two forms; plain text holds this one.
    table = unicodedata.normalize("NFC", _TABLES.joinpath(f"{name}.txt").read_text("utf-8"))
    sections = _sections(table)
    details = tuple(Phrases(detail, _any_of(lines)) for detail, lines in sections.items() if lines)
    said = [(detail, line) for detail, lines in sections.items() for line in lines]
    needed = [list(filter(_is_looked_up, needed_parts(line))) for _, line in said]
    bits = {need: 1 << place for place, need in enumerate(dict.fromkeys(chain(*needed)))}
    lines = tuple(
        Phrase(detail, _any_of([line]), sum(bits[need] for need in set(needs)))
        for (detail, line), needs in zip(said, needed, strict=True)
    )
    return PhraseTable(details, lines, _by_run(bits))


def _is_looked_up(need: Spellings) -> bool:
    """Whether `runs_of` holds a run of every text with one of the spellings."""
    return all(len(part) >= RUN or not part.isascii() for part in need)


def _by_run(bits: Mapping[Spellings, int]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return each part under the run of its own that the fewest parts share."""
    met: dict[str, int] = {}
    for need, bit in bits.items():
        for part in need:
            met[part] = met.get(part, 0) | bit
    sharing = Counter(run for part in met for run in set(_runs_in(part)))
    parts: dict[str, list[tuple[str, int]]] = {}
    for part, needs in met.items():
        parts.setdefault(min(_runs_in(part), key=sharing.__getitem__), []).append((part, needs))
    return MappingProxyType({run: tuple(found) for run, found in parts.items()})


def _runs_in(part: str) -> list[str]:
    return [part[place : place + RUN] for place in range(max(1, len(part) - RUN + 1))]


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
    """Return the first detail one of whose phrases occurs in plain text; empty when none does.

    It comes without the language that the table may name.
    """
    return next(table.details_in(plain), "").partition(".")[0]


def languages_in(table: PhraseTable, plain: str) -> frozenset[str]:
    """Return the languages of the phrases that occur in plain text; empty where none is named."""
    named = (detail.partition(".")[2] for detail in table.details_in(plain))
    return frozenset(language for name in named if name for language in name.split("_"))


def _expanded(line: str, groups: dict[str, str]) -> str:
    return _NAME.sub(lambda name: groups[name[1]], line)

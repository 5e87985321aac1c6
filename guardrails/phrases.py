"""Phrases and words that rules look for, kept as text files that a reviewer can read.

A file under `guardrails/phrase_tables/` has one phrase per line:

* `[suicide]` starts the phrases of one detail; earlier details win.
* `name = words|other words` defines a group that later lines use as `<name>`.
* every other line is a regular expression for plain text (lower case, no accents, no apostrophes,
  one line); it must begin and end with a whole word. A line that starts with `#` is a comment.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_TABLES = Path(__file__).with_name("phrase_tables")
_WORDS = Path(__file__).with_name("word_lists")
_SECTION = re.compile(r"\[([a-z_]+)\]")
_GROUP = re.compile(r"([a-z_]+) = (.+)")
_NAME = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Phrases:
    """All ways of saying one thing.

    Attributes:
        detail: What they say, for example `suicide`.
        pattern: Searched in plain text.
    """

    detail: str
    pattern: re.Pattern[str]


def load_phrases(name: str) -> tuple[Phrases, ...]:
    """Return the phrases of a table, in the order of its details."""
    groups: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    section = sections.setdefault("", [])
    for line in _TABLES.joinpath(f"{name}.txt").read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if heading := _SECTION.fullmatch(line):
            section = sections.setdefault(heading[1], [])
        elif group := _GROUP.fullmatch(line):
            groups[group[1]] = f"(?:{_expanded(group[2], groups)})"
        else:
            section.append(_expanded(line, groups))
    return tuple(
        Phrases(detail, re.compile(rf"(?<![a-z0-9])(?:{'|'.join(lines)})(?![a-z0-9])"))
        for detail, lines in sections.items()
        if lines
    )


def load_words(name: str) -> frozenset[str]:
    """Return the words of `guardrails/word_lists/<name>.txt`; a line with `#` is a comment."""
    lines = _WORDS.joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def first_detail(table: Sequence[Phrases], plain: str) -> str:
    """Return the first detail one of whose phrases occurs in plain text; empty when none does."""
    return next((phrases.detail for phrases in table if phrases.pattern.search(plain)), "")


def _expanded(line: str, groups: dict[str, str]) -> str:
    return _NAME.sub(lambda name: groups[name[1]], line)

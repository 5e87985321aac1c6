"""Phrases of the tables that content designers edit, as regular expressions.

In a phrase, a space fits a hyphen, too ("self employed", "self-employed"), `*` ends a word that may
go on ("adopt*"), and `{any}` stands for up to two words.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

ANY = MappingProxyType({"{any}": r"(?:[\w-]+ ){0,2}?"})
"""What stands for other words: placeholders with the regular expressions that take their place."""


def any_of(phrases: Sequence[str], placeholders: Mapping[str, str] = ANY) -> re.Pattern[str]:
    """Return what matches one of some phrases, as whole words, in either case.

    Args:
        phrases: At least one.
        placeholders: Regular expressions by what they take the place of.
    """
    return re.compile(
        rf"\b(?:{'|'.join(_pattern(phrase, placeholders) for phrase in phrases)})(?!\w)",
        re.IGNORECASE,
    )


def beginning_with(stems: Sequence[str]) -> re.Pattern[str]:
    """Return what matches a word, or words, that begin so, in either case."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})", re.IGNORECASE)


def _pattern(phrase: str, placeholders: Mapping[str, str]) -> str:
    pattern = re.escape(phrase)
    for placeholder, stands_for in placeholders.items():
        pattern = pattern.replace(re.escape(placeholder), stands_for)
    return pattern.replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+").replace("'", "['’]?")

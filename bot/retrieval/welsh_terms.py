"""Welsh questions in the words of English guidance.

A word list, not a translation: enough to find the page, never shown. The list is
`welsh_terms.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from unicodedata import combining, normalize

from bot.retrieval.query import Query
from bot.retrieval.situations import in_words_of_guidance

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CLITIC = re.compile(r"(?<=\w)['’](?:r|n|i|w|u|ch|th)\b", re.IGNORECASE)
_LONGEST = 5
# First letters as words mutate: soft, nasal, aspirate (Welsh Government, "Cywiriadur").
_MUTATIONS = MappingProxyType(
    {
        "ll": ("l",), "rh": ("r",), "p": ("b", "mh", "ph"), "t": ("d", "nh", "th"),
        "c": ("g", "ngh", "ch"), "b": ("f", "m"), "d": ("dd", "n"), "g": ("", "ng"), "m": ("f",),
    }
)  # fmt: skip
# Words that English has too, so that they say nothing of the language.
_SHARED_TEXT = """
bin car cost landlord mot help post grant rant dad hen raid mil mis manc papur gem em
sal tal bos mos dal thy band mand ffon
"""
_SHARED = frozenset(_SHARED_TEXT.split())


def in_english(query: Query) -> Query | None:
    """Return a query in the words of English guidance; None when it names nothing that is known.

    What it tells of instead of asking for itself is put in those words, too.
    """
    happened = tuple(in_words_of_guidance(query.situations))
    if not (happened or _subjects_in(query.question) or _subjects_in(query.both)):
        return None
    both = " ".join((_english(query.both), *happened)).strip()
    question = _english(query.question)
    return replace(
        query,
        question=" ".join((question, *happened)) if question else both,
        both=both,
        bare=_english(query.bare),
        locale="en",
    )


def services_in(text: str) -> frozenset[str]:
    """Return the services that a Welsh text names, by their English names."""
    tokens = _tokens(text)
    runs = _phrases(tokens, list(_matches(tokens)))
    return frozenset(_services()[run] for run in runs if run in _services())


def things_in(text: str) -> dict[str, str]:
    """Return what else a Welsh text is about, in its own words with the English ones."""
    tokens = _tokens(text)
    runs = _phrases(tokens, list(_matches(tokens)))
    return {run: _things()[run] for run in runs if run in _things() and run not in _services()}


def share_known(text: str) -> float:
    """Return the share of a Welsh text's telling words that the tables know; 0 for no word."""
    tokens = _tokens(text)
    runs = list(_matches(tokens))
    told = [
        bool(english)
        for phrase, (_, english) in zip(_phrases(tokens, runs), runs, strict=True)
        if phrase not in _small() and len(phrase) > 1
    ]
    return sum(told) / len(told) if told else 0.0


def telling_forms(text: str) -> list[tuple[str, ...]]:
    """Return for each Welsh word that tells what is asked the forms it may have in guidance."""
    small = _small()
    return [_radicals(token) for token in _tokens(text) if token not in small and len(token) > 1]


def is_welsh_name(text: str) -> bool:
    """Whether a text is no more than the Welsh name of a service, such as "treth car"."""
    tokens = _tokens(text)
    known = [match for match in _matches(tokens) if match[1]]
    covered = sum(length for length, _ in known)
    phrases = _phrases(tokens, known)
    words = (word for phrase in phrases for word in phrase.split())
    named = any(not (word.isdigit() or word in _SHARED or len(word) == 1) for word in words)
    return bool(tokens) and covered == len(tokens) and named


def _english(text: str) -> str:
    return " ".join(said for _, said in _matches(_tokens(text)) if said)


def _subjects_in(text: str) -> bool:
    tokens = _tokens(text)
    named = (
        " ".join(tokens[a : a + n]) for a in range(len(tokens)) for n in range(1, _LONGEST + 1)
    )
    return any(name in _services() or name in _things() for name in named)


def _tokens(text: str) -> list[str]:
    # The small word behind an apostrophe parts no name: "cofrestru'r farwolaeth".
    return [token.lower() for token in _TOKEN.findall(_CLITIC.sub(" ", text))]


def _matches(tokens: list[str]) -> Iterator[tuple[int, str]]:
    """Yield for each run of tokens its length and English words; empty for an unknown token."""
    place = 0
    while place < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            run = " ".join(tokens[place : place + length])
            if said := _services().get(run) or _things().get(run) or _words().get(run):
                yield length, said
                break
        else:
            length = 1
            # Figures mean the same in both languages.
            yield 1, tokens[place] if tokens[place].isdigit() else ""
        place += length


def _phrases(tokens: list[str], runs: list[tuple[int, str]]) -> Iterator[str]:
    place = 0
    for length, _ in runs:
        yield " ".join(tokens[place : place + length])
        place += length


@cache
def _services() -> MappingProxyType[str, str]:
    return _mutated("services")


@cache
def _things() -> MappingProxyType[str, str]:
    return _mutated("things")


@cache
def _words() -> MappingProxyType[str, str]:
    return _mutated("words")


@cache
def _small() -> frozenset[str]:
    return frozenset(str(_tables()["small"]).split())


def _mutated(table: str) -> MappingProxyType[str, str]:
    # "drwy'r post" is read as it stands in a question.
    terms = {" ".join(_tokens(term)): english for term, english in _tables()[table].items()}
    forms = {form: english for welsh, english in terms.items() for form in _mutations_of(welsh)}
    # Phones type "gwr" for "gŵr".
    plain = {_without_accents(form): english for form, english in (forms | terms).items()}
    told = {form: english for form, english in plain.items() if form not in _small()}
    return MappingProxyType(told | forms | terms)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("bot.retrieval").joinpath("welsh_terms.toml").read_text("utf-8"))


def _without_accents(word: str) -> str:
    return "".join(c for c in normalize("NFD", word) if not combining(c))


def _mutations_of(term: str) -> Iterator[str]:
    """Yield a term with its first and its last word mutated: "cofrestru('r) farwolaeth"."""
    *before, last = term.split()
    for ending in (last, *_forms(last)) if before else (last,):
        whole = " ".join((*before, ending))
        yield whole
        yield from _forms(whole)


def _forms(welsh: str) -> Iterator[str]:
    for first, changed in _MUTATIONS.items():
        # "ch", "dd", "ff", "ng", "ph" and "th" are letters of their own and do not mutate.
        if welsh.startswith(first) and not re.match(r"ch|dd|ff|ng|ph|th", welsh):
            yield from (letter + welsh[len(first) :] for letter in changed)
            return


def _radicals(token: str) -> tuple[str, ...]:
    """Return a word with the words it may be a mutation of, and their mutations."""
    roots = [token]
    for first, changed in _MUTATIONS.items():
        roots += [first + token[len(c) :] for c in changed if c and token.startswith(c)]
    if token[0] in "aeiouwylr":
        roots.append(f"g{token}")  # the soft mutation drops it
    return tuple(dict.fromkeys(form for root in roots for form in (root, *_forms(root))))

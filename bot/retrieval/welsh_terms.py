"""Welsh questions in the words of English guidance, for when no Welsh page answers.

A word list, not a translation: enough to find the page, never shown. The list is
`welsh_terms.toml`.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from bot.retrieval.evidence import Evidence
from bot.retrieval.query import Query

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LONGEST = 4
# First letters as words mutate: soft, nasal, aspirate (Welsh Government, "Cywiriadur").
_MUTATIONS = MappingProxyType(
    {
        "ll": ("l",), "rh": ("r",), "p": ("b", "mh", "ph"), "t": ("d", "nh", "th"),
        "c": ("g", "ngh", "ch"), "b": ("f", "m"), "d": ("dd", "n"), "g": ("", "ng"), "m": ("f",),
    }
)  # fmt: skip
# Words that English has too, so that they say nothing of the language.
_SHARED = frozenset(("bin", "car", "cost", "landlord", "mot"))


def in_english(query: Query) -> Query | None:
    """Return a query in the words of English guidance; None when no service in it is known."""
    if not (_services_in(query.question) or _services_in(query.both)):
        return None
    both = _english(query.both)
    return replace(
        query,
        question=_english(query.question) or both,
        both=both,
        bare=_english(query.bare),
        locale="en",
    )


def in_either_language(
    query: Query, search: Callable[[Query], Evidence], *, least: float
) -> tuple[Query, Evidence]:
    """Return a query and what it finds: in its own language, else in the words of the other.

    Args:
        query: What is asked; only a Welsh one has another form.
        search: Returns what the index holds for a query.
        least: Confidence from which the first search is enough.
    """
    evidence = search(query)
    english = in_english(query) if query.locale == "cy" and evidence.confidence < least else None
    if english is None:
        return query, evidence
    found = search(english)
    return (english, found) if found.confidence > evidence.confidence else (query, evidence)


def is_welsh_name(text: str) -> bool:
    """Whether a text is no more than the Welsh name of a service, such as "treth car"."""
    tokens = _tokens(text)
    known = [match for match in _matches(tokens) if match[1]]
    covered = sum(length for length, _ in known)
    phrases = _phrases(tokens, known)
    named = any(not phrase.isdigit() and phrase not in _SHARED for phrase in phrases)
    return bool(tokens) and covered == len(tokens) and named


def _english(text: str) -> str:
    return " ".join(said for _, said in _matches(_tokens(text)) if said)


def _services_in(text: str) -> bool:
    tokens = _tokens(text)
    return any(
        " ".join(tokens[start : start + length]) in _services()
        for start in range(len(tokens))
        for length in range(1, _LONGEST + 1)
    )


def _tokens(text: str) -> list[str]:
    # What follows an apostrophe is a small word of its own: "biniau'n".
    return [token.lower() for token in _TOKEN.findall(text)]


def _matches(tokens: list[str]) -> Iterator[tuple[int, str]]:
    """Yield for each run of tokens its length and English words; empty for an unknown token."""
    place = 0
    while place < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            run = " ".join(tokens[place : place + length])
            if said := _services().get(run) or _words().get(run):
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
def _words() -> MappingProxyType[str, str]:
    return _mutated("words")


def _mutated(table: str) -> MappingProxyType[str, str]:
    text = files("bot.retrieval").joinpath("welsh_terms.toml").read_text("utf-8")
    terms: dict[str, str] = tomllib.loads(text)[table]
    forms = {form: english for welsh, english in terms.items() for form in _forms(welsh)}
    return MappingProxyType(forms | terms)


def _forms(welsh: str) -> Iterator[str]:
    for first, changed in _MUTATIONS.items():
        # "ch", "dd", "ff", "ng", "ph" and "th" are letters of their own and do not mutate.
        if welsh.startswith(first) and not re.match(r"ch|dd|ff|ng|ph|th", welsh):
            yield from (letter + welsh[len(first) :] for letter in changed)
            return

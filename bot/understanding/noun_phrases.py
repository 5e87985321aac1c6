"""Where a short English question names a thing, and whether it is what the question is about.

No grammar and no model: a thing stands after a determiner, after a few verbs of getting and doing,
or after the verb of "how do I ...", or it is all there is ("dog licence"). It ends where a word
stands that names nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.understanding.nations import without_nations

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")
_WORD = re.compile(r"[a-z]{3,}(?:['’]s)?")
# Words before which a thing stands: "a dog licence", "get compensation", "the fine for litter".
_OPENING_TEXT = """
a an the my our your his her their any some another become
get getting claim book buy hire join pay be for of about
"""
_OPENING = frozenset(_OPENING_TEXT.split())
# Words after which a thing is only where, when or from whom: "a ticket on my windscreen".
_ASIDE_TEXT = """
on in at from after before near since during by with under over into if
"""
_ASIDE = frozenset(_ASIDE_TEXT.split())
_BELONGS = frozenset(("for", "of", "about"))
_OWN = frozenset(("my", "our"))
_ASKING = frozenset(("do", "can", "could", "should", "must", "will", "would", "may", "shall"))
_PEOPLE = frozenset(("i", "we", "you", "they", "he", "she"))
# What an action is done to: "can my employer sack me", "does the council empty my bins".
_DONE_TO = frozenset(("me", "us", "him", "them", "my", "our", "your", "his", "their", "the", "a"))


# How, when or how much somebody wants it, wherever it stands: "a bigger flat", "my deposit back".
_HOW_TEXT = """
quick quicker quickest fast faster fastest soon sooner soonest early earlier late later cheap
cheaper cheapest easy easier easiest long longer big bigger small smaller high higher low lower good
better best bad worse more less again instead back together today tomorrow tonight anymore not never
rid moment max min maximum minimum
"""
_HOW = frozenset(_HOW_TEXT.split())


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A thing that a question names.

    Attributes:
        words: Its words, in lower case.
        is_subject: Whether the question is about it: the first thing named, and what that is for
            or of ("the fine for dog fouling"); not what stands after "on", "in" or the like.
    """

    words: tuple[str, ...]
    is_subject: bool


def noun_phrases(question: str) -> Iterator[NounPhrase]:
    """Yield the things a question names, in order."""
    tokens = [token.lower() for token in _TOKEN.findall(without_nations(question))]
    tokens = [token for token in tokens if token not in _HOW]
    place = last = 0
    before: NounPhrase | None = None
    while place < len(tokens):
        run = _run_from(tokens, place)
        if run and _opens(run, tokens, place):
            between = set(tokens[last:place])
            # "the fine for ignoring a letter": what is done, not what it is done to.
            if len(run) > 1 and run[0].endswith("ing") and tokens[place - 1] in _BELONGS:
                run = run[1:]
            belongs = before is None or (before.is_subject and bool(between & _BELONGS))
            # "my classic car is from 1979": told, not asked.
            is_told = place == 1 and tokens[0] in _OWN
            before = NounPhrase(tuple(run), belongs and not is_told and not between & _ASIDE)
            yield before
            last = place + len(run)
        place += max(1, len(run))


def _run_from(tokens: Sequence[str], start: int) -> list[str]:
    run = list[str]()
    for place in range(start, len(tokens)):
        if not _may_name(tokens[place]):
            break
        run.append(tokens[place])
        if _is_verb(tokens, place):
            break
    return run[:-1] if len(run) > 1 and _ends_in_deed(run, tokens, start) else run


def _ends_in_deed(run: Sequence[str], tokens: Sequence[str], start: int) -> bool:
    """Whether the last word tells what is done: "my licence updated", "my employer sack me"."""
    end = start + len(run)
    asked = start > 1 and tokens[start - 2] in _ASKING | {"does", "did"}
    done_to = end < len(tokens) and tokens[end] in _DONE_TO
    return run[-1].endswith("ed") or (asked and done_to)


def _may_name(word: str) -> bool:
    # "daughter's"; and "nearly", "recently", which tell how.
    plain = re.sub(r"['’]?s$", "", word)
    if word in _OPENING | _ASIDE or {word, plain} & _no_subject() or word.endswith("ly"):
        return False
    return _WORD.fullmatch(word) is not None


def _opens(run: Sequence[str], tokens: Sequence[str], place: int) -> bool:
    if place == 0:
        return len(run) == len(tokens)
    return tokens[place - 1] in _OPENING or _is_verb(tokens, place - 1)


def _is_verb(tokens: Sequence[str], place: int) -> bool:
    """Whether a word is what somebody does: "how do I donate blood", "to scatter ashes"."""
    before = tokens[max(0, place - 2) : place]
    asked = len(before) == 2 and before[0] in _ASKING and before[1] in _PEOPLE
    return asked or before[-1:] == ["to"]


@cache
def _no_subject() -> frozenset[str]:
    return words_from("words_without_subject.txt") | words_from("words_of_kind.txt")


def words_from(table: str) -> frozenset[str]:
    """Return the words of a table of this shelf; lines that begin with # tell about it."""
    text = files("bot.understanding").joinpath(table).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())

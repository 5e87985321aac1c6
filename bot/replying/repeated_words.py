"""Which words of a citizen may be said back: "I found nothing about “fishing licence”".

What no page holds may be a person's name, in small letters too, or a whole story. So only words
that a page holds or that stand in `everyday_dictionary.txt` are repeated, and few of them.

Known misses: a name made of everyday words in small letters ("rose green").
"""

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from bot.retrieval.query import words
from guardrails.support import stem

MOST_WORDS = 4
MOST_CHARACTERS = 40
# A capital inside a sentence makes a name of an everyday word: "Grace Hill", not "Is it free".
_NAMED = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][^\W\d_]*")


def may_be_repeated(phrase: str, asked: str, held: Callable[[str], bool]) -> bool:
    """Whether a phrase of a question holds nothing that could tell who somebody is.

    Args:
        phrase: What the question names, in lower case.
        asked: The question as it was written.
        held: Whether a page holds a word.
    """
    said = words(phrase)
    if len(said) > MOST_WORDS or len(phrase) > MOST_CHARACTERS:
        return False
    named = {found[0].casefold() for found in _NAMED.finditer(asked)}
    return all(held(word) or (_is_everyday(word) and word not in named) for word in said)


def _is_everyday(word: str) -> bool:
    return stem(re.sub(r"['’]s$", "", word)) in _everyday()


@cache
def _everyday() -> frozenset[str]:
    text = files("bot.replying").joinpath("everyday_dictionary.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(stem(word) for line in lines for word in line.split())

"""Questions that could be about any service: "Where can I get help?", "How do I appeal this?".

Some page is always nearest to them, and it is no answer: the bot asks what they are about. The
words are in `dealings.txt` and `words_without_subject.txt`.
"""

import re
from functools import cache

from bot.understanding.follow_ups import DEEDS, MEASURES, subject_words
from bot.understanding.noun_phrases import words_from

# The one word of asking that is a thing, too.
_A_WILL = re.compile(r"\b(?:an?|the|my|his|her|our|your|their|no) will\b", re.IGNORECASE)


def names_a_service(message: str) -> bool:
    """Whether a message has a word that tells of one service rather than of any.

    Known miss: a name that is made of such words alone ("your rights").
    """
    if _A_WILL.search(message):
        return True
    return bool(words_of_a_service(message))


def words_of_a_service(message: str) -> list[str]:
    """Return the words that tell of one service rather than of any, in order."""
    named = (word for word in subject_words(message) if len(word) > 1)
    return [word for word in named if word not in _of_any_service()]


@cache
def _of_any_service() -> frozenset[str]:
    tables = words_from("dealings.txt") | words_from("words_without_subject.txt")
    return tables | DEEDS | MEASURES

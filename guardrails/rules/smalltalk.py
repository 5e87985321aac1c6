"""Answer greetings, thanks, questions about the bot and complaints about it in kind.

Policy: only a whole message counts. "Hello, how do I renew my passport?" is a question of
substance and goes on. The phrases are in `phrase_tables/smalltalk.txt`.

Known misses: small talk in long sentences, which then finds no answer in the guidance.
"""

import re
from types import MappingProxyType

from guardrails.normalised import Normalised
from guardrails.phrases import load_phrases, load_words
from guardrails.verdict import Category, Outcome, Verdict

NAME = "smalltalk"
MAX_CHARACTERS = 120

_PHRASES = load_phrases("smalltalk")
_CATEGORIES = MappingProxyType(
    {
        "greeting": Category.GREETING,
        "thanks": Category.THANKS,
        "about": Category.ABOUT,
        "complaint": Category.COMPLAINT,
    }
)
# A complaint in which every word is one of these, and one at least of the second kind.
_PLAIN_WORDS = load_words("complaint_filler")
_GRUMBLES = load_words("complaint")
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_PART_END = re.compile(r"[,.!;]+ ?(?=\w)")
_MAX_PARTS = 4
_OPENING = re.compile(
    r"^(?:hi|hiya|hello|hey|helo|good (?:morning|afternoon|evening)|ok(?:ay)?|please|sorry"
    r"|excuse me)(?: there)?[ ,.!]+(?=\w+ )"
)


def check(question: Normalised) -> Verdict:
    """Return SIGNPOST with the kind of small talk when the whole message is that, else ALLOW."""
    if len(question.plain) <= MAX_CHARACTERS:
        message = _EDGES.sub("", question.plain)
        for candidate in (message, _OPENING.sub("", message)):
            if detail := _detail_of(candidate) or _detail_of_parts(candidate):
                return _verdict(detail)
        if _is_grumble(question.words):
            return _verdict("complaint")
    return Verdict(Outcome.ALLOW, NAME)


def _detail_of(said: str) -> str:
    return next((p.detail for p in _PHRASES if p.pattern.fullmatch(said)), "")


def _detail_of_parts(message: str) -> str:
    """Return the kind of a message each part of which is small talk or a grumble.

    "Perfect, that is all I needed" is thanks; a complaint among the parts makes it a complaint.
    """
    parts = [_EDGES.sub("", part) for part in _PART_END.split(message)]
    if not 2 <= len(parts) <= _MAX_PARTS:
        return ""
    details = [_detail_of(part) or ("complaint" if _grumbles(part) else "") for part in parts]
    if not all(details):
        return ""
    return "complaint" if "complaint" in details else details[-1]


def _grumbles(part: str) -> bool:
    return _is_grumble(tuple(part.split()))


def _is_grumble(words: tuple[str, ...]) -> bool:
    spoken = frozenset(words)
    return bool(spoken & _GRUMBLES) and spoken <= _GRUMBLES | _PLAIN_WORDS


def _verdict(detail: str) -> Verdict:
    return Verdict(
        Outcome.SIGNPOST,
        NAME,
        _CATEGORIES[detail],
        f"The whole message is small talk: {detail}.",
        detail=detail,
    )

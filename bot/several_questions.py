"""Tell apart the questions of a message that asks more than one.

"How much is a passport, and how do I register to vote?" is two questions; "Can I get help? How
much?" is one, because the second names no subject of its own and goes with the first.
"""

import re
from dataclasses import dataclass

from bot.follow_ups import leans_on_history, subject_words
from bot.retrieval.query import split_sentences

MAX_QUESTIONS = 4
"""A message with more is answered as a whole, like a story."""

_ASKING = (
    r"(?:how|what|when|where|who|which|why|can|could|do|does|is|are|will|would|should|am|"
    r"sut|beth|pryd|ble|faint|pwy|pam|oes|ydw|ydy|alla|gallaf)\b"
)
_OPENS_ASKING = re.compile(_ASKING, re.IGNORECASE)
_BETWEEN = re.compile(
    rf"(?<=\?)\s+|[,;]?\s+(?:and|also|plus|ac|a hefyd)\s+(?:also\s+)?(?={_ASKING})", re.IGNORECASE
)

# What a citizen asks about themselves or of the service, as it stands inside a sentence.
_ASKED = (
    r"(?:(?:how|what|when|where|who|which|am|can|could|do|does|is|are|will|would|should|must)"
    r" (?:[\w'’-]+ ){0,3}?(?:i|we|me|us|you|they|he|she|it|there|to|the|my|our|a|an|is|are|can"
    r"|do|does|must|should|will|help\w*|much|many|long)\b"
    r"|(?:sut|beth|pryd|ble|faint|pwy|oes|ydw|ydy|alla|gallaf|a oes|a yw|a alla|i ble|o ble)\b)"
)
_INSIDE = re.compile(rf"(?:^|[,;:.!–-]\s*)(?:(?:and|but|so|also|ac|a|ond)\s+)?(?={_ASKED})", re.I)
_LOOSELY_INSIDE = re.compile(rf"(?:^|\s)(?={_ASKED})", re.I)
# Unmistakable without a comma before it or a question mark behind it.
_PLAINLY_INSIDE = re.compile(
    r"\s(?=(?:(?:how|where|when|what) (?:do|can|must|could|should|would) (?:i|we|the|my)"
    r"|(?:can|could|do|am|are|should|must) (?:i|we)|sut (?:ydw i|mae|galla)|(?:a )?alla i"
    r"|(?:a )?ydw i|beth (?:yw|maen)) )",
    re.I,
)


@dataclass(frozen=True, slots=True)
class PartQuestion:
    """One question of several.

    Attributes:
        asked: The question as it was written.
        setting: What was told with it, and the question before it when it leans on that one;
            may be empty.
    """

    asked: str
    setting: str


def separate_questions(message: str) -> tuple[PartQuestion, ...]:
    """Return the questions of a message, in order; empty when it asks one thing or very many.

    Known misses: questions without a question mark or an asking word ("passport fee, bin days");
    two questions with one verb ("how do I renew and cancel a permit?").
    """
    told, asked = [], list[str]()
    for sentence in split_sentences(message):
        if not _asks(sentence):
            told.append(sentence)
            continue
        for piece in _BETWEEN.split(sentence):
            if asked and not (_asks(piece) and subject_words(piece) and subject_words(asked[-1])):
                asked[-1] += f" {piece}"
            else:
                asked.append(piece)
    if not 2 <= len(asked) <= MAX_QUESTIONS:
        return ()
    setting = " ".join(told)
    before = ["", *asked]
    return tuple(
        PartQuestion(text, f"{setting} {last if leans_on_history(text) else ''}".strip())
        for last, text in zip(before, asked, strict=False)
    )


def asking_part(message: str) -> str:
    """Return what a message asks without what it tells before; empty when it asks nothing.

    "I have moved, how do I tell the council?" asks "how do I tell the council?". Where a message
    asks several things, the part goes from the first of them to the end of the last.

    Known misses: questions without a question mark that open with no asking word.
    """
    asked = [part for part in map(_asked_in, split_sentences(message)) if part]
    return " ".join(asked)


def _asked_in(sentence: str) -> str:
    beginning = _INSIDE.search(sentence) or _PLAINLY_INSIDE.search(sentence)
    if beginning is None and sentence.endswith("?"):
        beginning = _LOOSELY_INSIDE.search(sentence)
        if beginning is None:
            return sentence
    return sentence[beginning.end() :].strip() if beginning else ""


def _asks(sentence: str) -> bool:
    """Whether a sentence asks; "When I moved here I had a job." tells."""
    if sentence.endswith("?"):
        return True
    return _OPENS_ASKING.match(sentence) is not None and not sentence.endswith((".", "!"))

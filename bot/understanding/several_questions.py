"""Tell apart the questions of a message that asks more than one.

"How much is a passport, and how do I register to vote?" is two questions, and so is "How long does
probate take and how much?", where the second takes the subject of the first. "What do I do? How do
I cancel her pension?" is one: the first names nothing that an answer could be about.
"""

import re
from dataclasses import dataclass

from bot.retrieval.query import split_sentences
from bot.understanding.follow_ups import leans_on_history, subject_words
from bot.understanding.question_kinds import shape_of

MAX_QUESTIONS = 6
"""Answers to more would be too long to read; the others are named, to be sent again."""

_ASKING_IN_ENGLISH = (
    r"how|what|when|where|who|which|why|can|could|do|does|is|are|will|would|should|am"
)
_ASKING_IN_WELSH = (
    r"sut|beth|pryd|ble|faint|am faint|am ba|pwy|pam|oes|ydw|ydy|ydi|ydyn|alla|allaf|gallaf|ga i"
)
_ASKING = rf"(?:{_ASKING_IN_ENGLISH}|{_ASKING_IN_WELSH})\b"
_OPENS_ASKING = re.compile(_ASKING, re.IGNORECASE)
_BETWEEN = re.compile(
    rf"(?<=\?)\s+|[,;]?\s+(?:(?:and|also|plus)\s+(?:also\s+)?(?={_ASKING})|"
    # "Yn rhad ac am ddim" is one thing, though "am" asks in English.
    rf"(?:ac|a hefyd)\s+(?=(?:{_ASKING_IN_WELSH})\b))",
    re.IGNORECASE,
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


_NATION = r"(?:England|Scotland|Wales|Northern Ireland)"
_NATIONS = re.compile(
    rf"\b(?P<in>in|for) {_NATION}(?:(?:,| and| or|, and|, or) (?:(?:in|for) )?{_NATION})+\b",
    re.IGNORECASE,
)
# "Do I get A, B and C?": of two things nobody can tell whether they are one, as in "bed and food",
# but where "and also" stands between them.
_WANTED = re.compile(
    r"(?P<opening>(?:(?:do|does|can|could|will|would|should) (?:i|we|he|she|they)"
    r" (?:[\w'’]+ )?(?:get|claim|have|need|apply for|qualify for)"
    r"|how much (?:is|are|do i get for|does|do|will)))\s+(?P<things>[^.!?;:]+?)"
    r"(?P<ending> costs?)?\s*\??$",
    re.IGNORECASE,
)
_ALSO = re.compile(r",?\s+and (?:then )?also\s+", re.IGNORECASE)
_COMMA = re.compile(r",\s+(?:and |or )?(?:also )?|\s+and\s+", re.IGNORECASE)
_FEWEST_THINGS = 3
_LONGEST_THING = 6

_NUMBERED = re.compile(r"(?:^|(?<=[\s?.!,;:]))\(?(?P<label>\d{1,2}|[a-j])[.)]\s+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-*•–—]\s+", re.MULTILINE)
_ORDINAL = re.compile(
    r"(?:^|(?<=[.?!,;:]\s)|(?<=\band\s))(?:first(?:ly)?(?: of all)?|second(?:ly)?|third(?:ly)?|"
    r"fourth(?:ly)?|fifth(?:ly)?|finally|lastly|yn gyntaf|yn ail|yn drydydd|yn olaf)\b[,:]?\s+"
    rf"(?={_ASKING})",
    re.IGNORECASE | re.MULTILINE,
)
_LETTERS = "abcdefghij"


@dataclass(frozen=True, slots=True)
class PartQuestion:
    """One question of several.

    Attributes:
        asked: The question as it was written.
        setting: What was told with it, and the question that it leans on; may be empty.
        leans_on: The earlier question whose subject it takes; empty when it has its own.
    """

    asked: str
    setting: str
    leans_on: str = ""


@dataclass(frozen=True, slots=True)
class SeveralQuestions:
    """The questions of one message.

    Attributes:
        parts: Those to answer, in order, at most `MAX_QUESTIONS`; empty when the message asks one
            thing or nothing.
        listed: Whether they were written as a list, one by one.
        left_out: Those above the maximum, in order.
    """

    parts: tuple[PartQuestion, ...] = ()
    listed: bool = False
    left_out: tuple[str, ...] = ()


def separate_questions(message: str) -> SeveralQuestions:
    """Return the questions of a message.

    A list may be numbered ("1." or "2)" or "b)"), have bullets or a line for each, or go "firstly
    ..., secondly ...". What stands before it is told for all of them.

    Args:
        message: With the line breaks it was written with.

    Known misses: questions without a question mark or an asking word outside a list ("passport
    fee, bin days"); two questions with one verb ("how do I renew and cancel a permit?").
    """
    told, asked = _listed(message)
    listed = bool(asked)
    if not listed:
        told, asked = _in_prose(" ".join(message.split()))
    if len(asked) < 2:  # several
        return SeveralQuestions()
    setting, subject = " ".join(told), ""
    parts = []
    for text in asked:
        leans = leans_on_history(text)
        leans_on = subject if leans else ""
        parts.append(PartQuestion(text, f"{setting} {leans_on}".strip(), leans_on))
        subject = subject if leans and subject else text
    return SeveralQuestions(tuple(parts[:MAX_QUESTIONS]), listed, tuple(asked[MAX_QUESTIONS:]))


def _in_prose(message: str) -> tuple[list[str], list[str]]:
    """Return what a message tells and what it asks, sentence by sentence."""
    told, asked = [], list[str]()
    for sentence in split_sentences(message):
        before, question = _told_before(sentence)
        if before:
            told.append(before)
        for piece in _BETWEEN.split(question) if question else ():
            if asked and not (_asks_of_its_own(piece) and any(map(subject_words, asked))):
                asked[-1] += f" {piece}"
            else:
                asked.append(piece)
    return told, [part for piece in asked for part in _spread(piece)]


def _told_before(sentence: str) -> tuple[str, str]:
    """Return what a sentence tells before it asks, and what it asks; either may be empty.

    Only where it asks more than one thing: "I lost my job, what can I claim and how long ...".
    """
    if _OPENS_ASKING.match(sentence) and _asks(sentence):
        return "", sentence
    asked = _asked_in(sentence)
    if asked != sentence and sum(map(_asks_of_its_own, _BETWEEN.split(asked))) > 1:
        return sentence[: -len(asked)].rstrip(" ,;:"), asked
    return ("", sentence) if _asks(sentence) else (sentence, "")


def _asks_of_its_own(piece: str) -> bool:
    """Whether a piece is a question, not an afterthought such as "Please?" or "What do I do?"."""
    return _asks(piece) and bool(subject_words(piece) or shape_of(piece))


def _spread(question: str) -> list[str]:
    """Return one question for each nation, or for each thing of a list, that a question names."""
    if named := _NATIONS.search(question):
        opening, ending = question[: named.start()], question[named.end() :]
        nations = re.findall(_NATION, named[0], re.IGNORECASE)
        return [f"{opening}{named['in']} {nation}{ending}" for nation in nations]
    if wanted := _WANTED.match(question):
        ending = wanted["ending"] or ""
        for between, fewest in ((_COMMA, _FEWEST_THINGS), (_ALSO, 2)):
            things = [thing.strip(" ?") for thing in between.split(wanted["things"])]
            are_short = all(len(thing.split()) <= _LONGEST_THING for thing in things)
            if len(things) >= fewest and are_short and all(map(subject_words, things)):
                return [f"{wanted['opening']} {thing}{ending}" for thing in things]
    return [question]


def _listed(message: str) -> tuple[list[str], list[str]]:
    """Return what is told before a list of questions, and the questions; none when it is no list.

    "I have 1. a child 2. a job" lists what is told: at least half of a list must ask, and all of
    one that begins in the middle of a sentence.
    """
    for starts in (
        _numbered(message),
        [match.span() for match in _BULLET.finditer(message)],
        [match.span() for match in _ORDINAL.finditer(message)],
    ):
        if len(starts) > 1:
            ends = [*(start for start, _ in starts[1:]), len(message)]
            texts = [message[begin:end] for (_, begin), end in zip(starts, ends, strict=True)]
            items = [" ".join(text.split()).strip(" ,;") for text in texts]
            items = [item.removesuffix(" and") for item in items if item]
            before = message[: starts[0][0]].rstrip(" \t")
            least = len(items) if before and before[-1].isalnum() else len(items) / 2
            if sum(map(_asks, items)) >= least:
                return split_sentences(" ".join(before.split())), items
    lines = [" ".join(line.split()) for line in message.splitlines() if line.strip()]
    items = [line for line in lines if _asks(line)]
    return ([line for line in lines if not _asks(line)], items) if len(items) > 1 else ([], [])


def _numbered(message: str) -> list[tuple[int, int]]:
    """Return where the marks of a numbered list stand; they count up from 1 or from a."""
    found: list[tuple[int, int]] = []
    for match in _NUMBERED.finditer(message):
        wanted = len(found) + 1
        label = match["label"].lower()
        if label in (str(wanted), _LETTERS[wanted - 1 : wanted]):
            found.append(match.span())
    return found


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

"""How far a statement's words and polarity are carried by its sources."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guardrails.phrases import load_words

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[^a-z])|\n+|\s•\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SUFFIXES = (
    "isations", "isation", "ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers",
    "er", "ed", "es", "ly", "s", "e", "y",
)  # fmt: skip
_MIN_STEM = 3

_STOP_WORDS = load_words("stop_words")
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|none|neither|nor|nobody|nothing|without|[a-z]+n['’]t"
    r"|cant|dont|wont|isnt|doesnt|arent|ineligible|unable|ddim|nid|ni|na|nac|peidiwch|byth|heb"
    r"|methu)\b(?! only\b)",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(r"\b(?:unless|until|except|oni bai|ac eithrio)\b", re.IGNORECASE)
_OPPOSITES = (
    ("before", "after"), ("above", "below"), ("over", "under"), ("more", "less"),
    ("least", "most"), ("maximum", "minimum"), ("increase", "decrease"), ("higher", "lower"),
    ("free", "pay"), ("start", "stop"), ("earliest", "latest"), ("eligible", "ineligible"),
    ("optional", "required"), ("allow", "prohibit"), ("include", "exclude"), ("taxable", "exempt"),
    ("legal", "illegal"), ("younger", "older"), ("mandatory", "voluntary"), ("cyn", "ar ôl"),
)  # fmt: skip

_CLOSE_COVERAGE = 0.5
_NEARLY_AS_CLOSE = 0.9


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or table row of a text.

    Attributes:
        text: As it stands there.
        stems: Stems of its content words.
        is_negated: Whether it denies or forbids; "cannot ... unless" does not.
    """

    text: str
    stems: frozenset[str]
    is_negated: bool


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text; lines count as sentences, empty ones are left out."""
    return tuple(
        Sentence(part.strip(), content_stems(part), is_negated(part))
        for part in _SENTENCE_END.split(text)
        if part.strip()
    )


def content_stems(text: str) -> frozenset[str]:
    """Return light stems of the words that carry meaning; figures are not words."""
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(text))
    return frozenset(stem(word.removesuffix("'s")) for word in words if word not in _STOP_WORDS)


def stem(word: str) -> str:
    """Return a word without its commonest endings, so that "claims" meets "claiming"."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_STEM:
            return word[: -len(suffix)]
    return word


def coverage(stems: frozenset[str], source: frozenset[str]) -> float:
    """Return the share of stems that a source holds, in [0, 1]; 1 when there are none."""
    return len(stems & source) / len(stems) if stems else 1.0


def is_negated(text: str) -> bool:
    """Whether a sentence denies or forbids, exceptions taken into account."""
    return bool(_NEGATION.search(text)) != bool(_EXCEPTION.search(text))


def contradicts(statement: Sentence, sources: Sequence[Sentence]) -> bool:
    """Whether every source sentence that best carries a statement says the opposite.

    Only sentences that share at least half of the statement's content words count; of those, the
    ones nearly as close as the closest must all differ in polarity or in one word of a pair of
    opposites such as "before" and "after".
    """
    scored = [(coverage(statement.stems, source.stems), source) for source in sources]
    best = max((score for score, _ in scored), default=0.0)
    if best < _CLOSE_COVERAGE or len(statement.stems) < 2:
        return False
    close = [source for score, source in scored if score >= best * _NEARLY_AS_CLOSE]
    return all(
        statement.is_negated != source.is_negated or _is_opposite(statement.text, source.text)
        for source in close
    )


def _is_opposite(statement: str, source: str) -> bool:
    said = frozenset(re.findall(r"[^\W\d_]+", statement.casefold()))
    stated = frozenset(re.findall(r"[^\W\d_]+", source.casefold()))
    return any(
        _has_only(said, one, other) and _has_only(stated, other, one)
        for pair in _OPPOSITES
        for one, other in (pair, pair[::-1])
    )


def _has_only(words: frozenset[str], wanted: str, unwanted: str) -> bool:
    return any(word == wanted or word == f"{wanted}s" for word in words) and unwanted not in words

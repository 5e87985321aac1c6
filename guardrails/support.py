"""How far a statement's words and polarity are carried by its sources."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from guardrails.phrases import load_words

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[^a-z])|\n+|\s•\s")
_LIST_MARK = re.compile(r"^[ \t]*(?:\d{1,2}[.)]|[-*•])[ \t]+|\[\d{1,2}\]", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SUFFIXES = (
    "isations", "isation", "ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers",
    "er", "ed", "es", "ly", "s", "e", "y",
)  # fmt: skip
_WORD_OR_MARK = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[.;:]")
_MIN_STEM = 3

_STOP_WORDS = load_words("stop_words")
_NEGATION = re.compile(
    r"not|no|never|cannot|none|neither|nor|nobody|nothing|without|[a-z]+n't|cant|dont|wont|isnt"
    r"|doesnt|arent|ineligible|unable|ddim|nid|ni|na|nac|peidiwch|byth|heb|methu"
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
_FEWEST_STEMS = 2
_REACH = 8


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or table row of a text.

    Attributes:
        text: As it stands there.
        stems: Stems of its content words.
    """

    text: str
    stems: frozenset[str]


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text without list marks; a line ends a sentence."""
    return tuple(
        Sentence(part.strip(), content_stems(part))
        for part in _SENTENCE_END.split(_LIST_MARK.sub("", text))
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


def contradicts(statement: Sentence, sources: Sequence[Sentence]) -> bool:
    """Whether every source sentence that best carries a statement says the opposite.

    Only sentences that share at least half of the statement's content words count; of those, the
    ones nearly as close as the closest must all differ in polarity or in one word of a pair of
    opposites such as "before" and "after". What a statement denies counts by itself: "not free"
    is contrary to sources that say "free" of the same thing, however close another sentence is.
    A bare name or date says nothing to contradict.
    """
    if len(statement.stems) < _FEWEST_STEMS:
        return False
    if _turns_a_denial(statement, sources):
        return True
    scored = [(coverage(statement.stems, source.stems), source) for source in sources]
    best = max((score for score, _ in scored), default=0.0)
    if best < _CLOSE_COVERAGE:
        return False
    close = [source for score, source in scored if score >= best * _NEARLY_AS_CLOSE]
    return all(_is_contrary(statement, source) for source in close)


def _turns_a_denial(statement: Sentence, sources: Sequence[Sentence]) -> bool:
    """Whether what one side denies is affirmed by the other wherever it speaks of the same."""
    near = [s for s in sources if len(s.stems & statement.stems) >= _FEWEST_STEMS]
    said = _denied_stems(statement.text)
    denied = said.union(*(_denied_stems(source.text) for source in near)) & statement.stems
    for word in denied:
        only = frozenset([word])
        same = [denies_any(source.text, only) for source in near if word in source.stems]
        if same and all(denies != denies_any(statement.text, only) for denies in same):
            return True
    return False


def _denied_stems(text: str) -> frozenset[str]:
    """Return the first word that carries meaning after each negation, as a stem."""
    words = _WORD_OR_MARK.findall(text.casefold().replace("’", "'"))
    denied: set[str] = set()
    for place, word in enumerate(words):
        if _NEGATION.fullmatch(word):
            after = (w for w in words[place + 1 : place + 1 + _REACH] if w not in _STOP_WORDS)
            denied.update(stem(first) for first in islice(after, 1))
    return frozenset(denied)


def _is_contrary(statement: Sentence, source: Sentence) -> bool:
    shared = statement.stems & source.stems
    denied = denies_any(statement.text, shared), denies_any(source.text, shared)
    return denied[0] != denied[1] or _is_opposite(statement.text, source.text)


def denies_any(text: str, stems: frozenset[str]) -> bool:
    """Whether a sentence denies or forbids something about words with the given stems.

    A negation reaches the next few words; "cannot ... unless" allows.
    """
    words = _WORD_OR_MARK.findall(text.casefold().replace("’", "'"))
    reached = any(
        _NEGATION.fullmatch(word)
        and any(stem(later) in stems for later in words[place + 1 : place + 1 + _REACH])
        for place, word in enumerate(words)
    )
    return reached != bool(_EXCEPTION.search(text))


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

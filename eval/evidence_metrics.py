"""Whether the right words were found and quoted."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"[a-z0-9£%à-ÿ]+")
MIN_WORDS = 4


def normalised(text: str) -> str:
    """Return the words of a text in lower case, joined by single spaces."""
    return " ".join(_WORD.findall(text.lower()))


def same_words(text: str, gold: str) -> bool:
    """Whether a text is the gold quotation, or one holds the other.

    Containment needs at least four words, so that "yes" does not match every sentence.
    """
    mine, right = normalised(text), normalised(gold)
    if mine == right:
        return bool(mine)
    shorter, longer = sorted((mine, right), key=len)
    return len(shorter.split()) >= MIN_WORDS and f" {shorter} " in f" {longer} "


def evidence_hit_at(ranked: Sequence[str], gold: Sequence[str], k: int) -> float:
    """Return 1.0 when any of the first k texts holds a gold quotation, else 0.0."""
    return float(any(same_words(text, quote) for text in ranked[:k] for quote in gold))


def evidence_recall_at(ranked: Sequence[str], gold: Sequence[str], k: int) -> float:
    """Return the share of gold quotations that the first k texts hold, in [0, 1].

    A quotation of several sentences counts when any of its sentences was found. `gold` must not
    be empty.
    """
    found = [any(same_words(text, quote) for text in ranked[:k]) for quote in gold]
    return sum(found) / len(found)


def citation_precision(quotes: Sequence[str], gold: Sequence[str]) -> float:
    """Return the share of citations whose quotation holds gold words; citations must exist."""
    return sum(any(same_words(quote, g) for g in gold) for quote in quotes) / len(quotes)


def nugget_recall(answer: str, nuggets: Sequence[str]) -> float:
    """Return the mean share of each nugget's words that stand in the answer, in [0, 1].

    Lexical, so it misses paraphrase and cannot see a dropped "not"; read it as a trend.
    """
    said = set(normalised(answer).split())
    shares = [
        len(set(n) & said) / len(set(n)) for n in (normalised(x).split() for x in nuggets) if n
    ]
    return sum(shares) / len(shares) if shares else 0.0

"""The telling words of a question that nothing quoted holds, though the page does.

"Can bailiffs take my bed?" is nearest to the sentence on what bailiffs take; the one that says "nor
your bed" must come along, or half of a rule stands there as the whole.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.retrieval import UnitCandidate
from bot.understanding.follow_ups import subject_words
from ingestion.passage_index import PassageIndex

# Weight (inverse document frequency) that a further quotation must add: one word of few passages.
# Shown words of ConditionalQA, both halves: .854 / .847 without, .857 / .873 from 2 on, .857 / .869
# from 3 on, .854 / .862 from 5 on; sample guidance .868 / .884 and .873 / .889 (2026-11, by a
# script that is not kept; `make bench-answers` prints `shows_evidence` with the rule).
LEAST_GAIN = 3.0
# Letters that a word shares with its stem.
_ALIKE = 4


def holding_untold(
    question: str,
    quoted: Iterable[str],
    title: str,
    candidates: Sequence[UnitCandidate],
    index: PassageIndex,
) -> UnitCandidate | None:
    """Return the unit that holds most of what a question tells and nothing quoted does; or None.

    Args:
        question: The sentence that asks.
        quoted: What is quoted already, with its headings.
        title: Of the page: its words are told by every unit.
        candidates: The units of the page, the best first.
        index: The opened index version, which knows the stems and their weights.
    """
    told = index.word_weights(" ".join(subject_words(question)))
    held = index.word_weights(" ".join((title, *quoted)))
    rest = {word: weight for word, weight in told.items() if word not in held}
    if sum(rest.values()) <= LEAST_GAIN:
        return None
    best, most = None, LEAST_GAIN
    for candidate in candidates:
        gained = _gained(rest, candidate, index)
        if gained > most:
            best, most = candidate, gained
    return best


def _gained(rest: Mapping[str, float], candidate: UnitCandidate, index: PassageIndex) -> float:
    unit = index.units[candidate.row]
    text = f"{unit.lead_in} {unit.text}"
    # Stemming every sentence of a page would take longer than all other choosing together.
    plain = text.lower()
    if not any(word[:_ALIKE] in plain for word in rest):
        return 0.0
    words = index.word_weights(text)
    return sum(weight for word, weight in rest.items() if word in words)

"""What a question is about that the guidance does not hold: a dog licence, a spouse visa.

Similarity finds the page that is nearest in form: "How do I get a dog licence?" is like "Get a
provisional driving licence". What tells them apart is one word that names the thing asked about
and stands on no page. So the things that the question names are read, and a word counts as not
found where it is on no page, or stands beside a word that is found and is on next to none; the
page that would be answered from does not hold it; no everyday word stands for it; and nothing on
that page means nearly the same. Where the title of another page that was found names the thing,
that page is answered from; where only a passage elsewhere holds it, "nothing in the guidance" would
be untrue, and the answer says that its page does not mention it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bot.replying.repeated_words import may_be_repeated
from bot.retrieval import Calibration, Evidence, Query
from bot.retrieval.confidence import confidence, confidence_signals
from bot.retrieval.evidence import led_by
from bot.retrieval.query import words
from bot.retrieval.vocabulary import Vocabulary
from bot.understanding.noun_phrases import noun_phrases
from ingestion.embedding import Embedder
from ingestion.passage_index import LexicalField, PassageIndex

# All chosen on the question set `honesty`; ADR 0026 has the figures of its slice `unseen`.
# Cosine of a word with a unit of the page from which it counts as meant there.
NEAR_IN_MEANING = 0.3
# Share of the largest weight from which a word beside a found one is rare enough.
NEXT_TO_NONE = 0.65
# Confidence from which the answer is shown all the same, as partial.
SURE_ALL_THE_SAME = 0.9
# Longer questions tell a story, and what they name is seldom what they are about: on ConditionalQA
# a word is lacking as often when the right page is there as when it was taken out.
MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Unfound:
    """Something a question names and no guidance holds.

    Attributes:
        phrase: The words to say it with, in lower case: letters, apostrophes and spaces only.
        is_subject: Whether the question is about it; else it only mentions it.
        stands_elsewhere: Whether a passage of another page holds all its words.
        is_repeatable: Whether it may be said back; names may not.
    """

    phrase: str
    is_subject: bool
    stands_elsewhere: bool = False
    is_repeatable: bool = False

    @property
    def is_decisive(self) -> bool:
        """Whether no page can answer: the question is about it, and no passage holds it."""
        return self.is_subject and not self.stands_elsewhere


def unfound(
    query: Query,
    evidence: Evidence,
    index: PassageIndex,
    embedder: Embedder,
    vocabulary: Vocabulary,
) -> Unfound | None:
    """Return what an English question names and the guidance does not hold; None for nothing.

    Only of short questions that stand alone. Known misses: what is named by a verb alone ("insure
    my house"), and what pages mention in passing ("inheritance tax" on a page about probate).

    Args:
        query: What was searched for.
        evidence: What retrieval found; its best page is the one to be answered from.
        index: The opened index version.
        embedder: The model that built it.
        vocabulary: Everyday words with what guidance calls them.
    """
    if query.locale != "en" or not query.stands_alone or not evidence.pages:
        return None
    asked = vocabulary.as_written(query.question, query.locale)
    if len(words(asked)) > MOST_WORDS:
        return None
    page = _Page(evidence.pages[0].row, index, embedder)
    known = _words_known(vocabulary.known_in(asked, query.locale), page)
    for phrase in noun_phrases(asked):
        if page.lacks(phrase.words, known):
            said = re.sub(r"['’]s$", "", " ".join(phrase.words))
            return Unfound(
                said,
                phrase.is_subject,
                stands_elsewhere=_stands_somewhere(said, index),
                is_repeatable=may_be_repeated(said, asked, partial(_stands_somewhere, index=index)),
            )
    return None


def with_its_page(
    evidence: Evidence,
    lacks: Callable[[Evidence], Unfound | None],
    index: PassageIndex,
    calibration: Calibration,
) -> tuple[Evidence, Unfound | None]:
    """Return evidence led by the page that a question names, and what that page lacks."""
    lacking = lacks(evidence)
    led = on_its_page(lacking, evidence, index, calibration) if lacking else None
    return (led, lacks(led)) if led else (evidence, lacking)


def on_its_page(
    lacking: Unfound, evidence: Evidence, index: PassageIndex, calibration: Calibration
) -> Evidence | None:
    """Return evidence led by the best page whose title names what the first one lacks, or None.

    "Is PIP counted in the benefit cap?" is most like the page about PIP. The confidence is that of
    the page that leads now, behind others.
    """
    weights = index.word_weights(lacking.phrase)
    rows = np.array([page.row for page in evidence.pages], dtype=np.int32)
    named = index.holding(weights, LexicalField.TITLE, rows).all(axis=0)
    for row in rows[named][:1]:
        if led := led_by(int(row), evidence):
            values = confidence_signals(led.pages)
            sure = confidence(values, calibration.confidence_weights)
            return replace(led, confidence=sure, confidence_signals=values)
    return None


def _stands_somewhere(phrase: str, index: PassageIndex) -> bool:
    weights = index.word_weights(phrase)
    rows = np.flatnonzero(index.lexical_scores(weights, LexicalField.PASSAGE))
    held = index.holding(weights, LexicalField.PASSAGE, rows.astype(np.int32))
    return bool(weights) and bool(held.all(axis=0).any())


@dataclass(frozen=True, slots=True)
class _Page:
    """The page that would be answered from."""

    row: int
    index: PassageIndex
    embedder: Embedder

    def lacks(self, phrase: tuple[str, ...], known: frozenset[str]) -> bool:
        """Whether a word of a phrase is on no page, and nothing here means nearly the same."""
        weights = [self.index.word_weights(word) for word in phrase]
        held = [self._holds(weight) for weight in weights]
        missing = [
            word
            for place, (word, weight) in enumerate(zip(phrase, weights, strict=True))
            if not held[place]
            and word not in known
            and self._is_rare(weight, beside_a_found=any(held[max(0, place - 1) : place + 2]))
        ]
        return any(not self._means(word) for word in missing)

    def holds_any(self, text: str) -> bool:
        """Whether the page holds one of the words of a text."""
        weights = self.index.word_weights(text)
        return bool(self.index.holding(weights, LexicalField.PAGE, self._rows()).any())

    def holds_together(self, text: str) -> bool:
        """Whether one unit, with the title, holds all words of a text."""
        title = self.index.word_weights(self.index.pages[self.row].title)
        rest = self.index.word_weights(text).keys() - title.keys()
        units = self._units()
        rows = np.arange(units.start, units.stop, dtype=np.int32)
        return bool(self.index.holding(rest, LexicalField.UNIT, rows).all(axis=0).any())

    def _holds(self, weights: Mapping[str, float]) -> bool:
        return bool(self.index.holding(weights, LexicalField.PAGE, self._rows()).all())

    def _rows(self) -> NDArray[np.int32]:
        return np.array([self.row], dtype=np.int32)

    def _is_rare(self, weights: Mapping[str, float], *, beside_a_found: bool) -> bool:
        least = NEXT_TO_NONE if beside_a_found else 1.0
        return bool(weights) and min(weights.values()) >= least * self.index.largest_weight

    def _means(self, word: str) -> bool:
        meaning = self.embedder.embed_queries([word])[0]
        likeness = self.index.unit_vectors[self._units()] @ meaning
        return bool(likeness.max(initial=-1.0) >= NEAR_IN_MEANING)

    def _units(self) -> slice:
        first, last = self.index.page_of_passage.searchsorted([self.row, self.row + 1])
        return slice(*map(int, self.index.passage_of_unit.searchsorted([first, last])))


def _words_known(meanings: Mapping[str, str], page: _Page) -> frozenset[str]:
    """Return the words of everyday forms whose meaning the page holds.

    One word may have several meanings, of which one is enough; of a phrase such as "spouse visa" a
    sentence must hold the whole meaning: a page may name partners here and a visa there.
    """
    covered = (
        words(form)
        for form, meaning in meanings.items()
        if (page.holds_together if " " in form else page.holds_any)(meaning)
    )
    return frozenset(word for form in covered for word in form)

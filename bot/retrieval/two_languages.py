"""Which language's pages answer a Welsh question.

Few pages are in Welsh, and by vectors of an English model any of them is like any Welsh question.
So the question is searched in the words of English guidance as well, and that tells the subject:
a Welsh page answers when it is on that subject, else the English page does, or none.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bot.enquiry import Nation
from bot.retrieval.evidence import Evidence
from bot.retrieval.query import Query
from bot.retrieval.suitability import applies_to
from bot.retrieval.welsh_terms import in_english, services_in, telling_forms
from ingestion.passage_index import LexicalField, PassageIndex

# Distance of fused scores within which pages are about the same service in different nations.
_CLOSE = 7.0
# Share of a question's telling words that a Welsh page must hold when no word of it is known to
# us. Chosen on one half of the Welsh questions of the question set `honesty` (ADR 0026).
_LEAST_HELD = 0.5


def in_either_language(
    query: Query, search: Callable[[Query], Evidence], index: PassageIndex, *, least: float
) -> tuple[Query, Evidence]:
    """Return a query and what it finds, in its own language or in the words of the other.

    Args:
        query: What is asked; only a Welsh one has another form.
        search: Returns what the index holds for a query.
        index: The opened index version.
        least: Confidence from which the guidance answers.
    """
    own = search(query)
    if query.locale != "cy" or not own.pages:
        return query, own
    english = in_english(query)
    if english is None:
        return query, own if _holds_words(query, own, index) else replace(own, confidence=0.0)
    other = search(english)
    page = _same_service(own, other, index) if other.confidence >= least else None
    if page is not None:
        sure = max(own.confidence, other.confidence)
        return query, replace(_led_by(page, own), confidence=sure)
    is_named = _is_named(query, own, index)
    if is_named and own.confidence >= min(least, other.confidence):
        return query, own
    return english, other


def _same_service(own: Evidence, other: Evidence, index: PassageIndex) -> int | None:
    """Return the Welsh page of the service that the English pages are about; None for none."""
    if not other.pages:
        return None
    row_of = {index.pages[page.row].url: page.row for page in own.pages}
    best = other.pages[0]
    version = row_of.get(index.pages[best.row].alternate_url)
    if version is not None or applies_to(index.pages[best.row], Nation.WALES):
        return version
    # The English page is for another nation; the Welsh one that leads may be of that service.
    close = (page for page in other.pages if best.score - page.score <= _CLOSE)
    versions = {row_of.get(index.pages[page.row].alternate_url) for page in close}
    return own.pages[0].row if own.pages[0].row in versions else None


def _led_by(row: int, own: Evidence) -> Evidence:
    page = next(page for page in own.pages if page.row == row)
    units = tuple(unit for unit in own.units if unit.page == row)
    others = tuple(other for other in own.pages if other is not page)
    return replace(own, pages=(page, *others), units=units) if units else own


def _is_named(query: Query, own: Evidence, index: PassageIndex) -> bool:
    """Whether the title of the Welsh page that leads names a service of the question."""
    asked, titled = services_in(query.both), services_in(index.pages[own.pages[0].row].title)
    return any(_is_same(one, two) for one in asked for two in titled)


def _is_same(asked: str, titled: str) -> bool:
    """Whether a service is the one of a title, or a part of it: "Council Tax" of its reduction.

    One word is no part of a longer name: every tax is a tax.
    """
    one, two = ({word.lower().removesuffix("s") for word in t.split()} for t in (asked, titled))
    return one == two or (len(one) > 1 and one <= two)


def _holds_words(query: Query, own: Evidence, index: PassageIndex) -> bool:
    telling = telling_forms(query.question)
    if not telling:
        return True
    row = np.array([own.pages[0].row], dtype=np.int32)
    held = 0
    for forms in telling:
        weights = index.word_weights(" ".join(forms))
        held += bool(index.holding(weights, LexicalField.PAGE, row).any())
    return held >= _LEAST_HELD * len(telling)

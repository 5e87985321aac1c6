"""Which language's pages answer a Welsh question.

Few pages are in Welsh, and by vectors of an English model any of them is like any Welsh question.
So the question is searched in the words of English guidance as well, and that tells the subject:
a Welsh page answers when it is on that subject, else the English page does, or none.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bot.enquiry import Nation
from bot.retrieval.calibration import Calibration
from bot.retrieval.evidence import Evidence, led_by
from bot.retrieval.query import Query
from bot.retrieval.suitability import applies_to
from bot.retrieval.welsh_terms import (
    in_english,
    is_welsh_name,
    services_in,
    share_known,
    telling_forms,
    things_in,
)
from ingestion.passage_index import LexicalField, PassageIndex

# Distance of fused scores within which pages are about the same service in different nations.
_CLOSE = 7.0
_VERY_CLOSE = 2.0
# Share of a question's telling words that a Welsh page must hold whose title does not tell.
_LEAST_HELD = 0.5
# Share of them that must be known for the English words to tell the subject.
_LEAST_KNOWN = 0.5


def in_either_language(
    query: Query,
    search: Callable[[Query], Evidence],
    index: PassageIndex,
    calibration: Calibration,
) -> tuple[Query, Evidence]:
    """Return a query and what it finds, in its own language or in the words of the other.

    Args:
        query: What is asked; only a Welsh one has another form.
        search: Returns what the index holds for a query.
        index: The opened index version.
        calibration: Fitted thresholds.
    """
    own = search(query)
    if query.locale != "cy" or not own.pages:
        return query, own
    english = in_english(query)
    if english is None or share_known(query.both) < _LEAST_KNOWN:
        return query, own if _share_held(query, own, index) >= _LEAST_HELD else replace(
            own, confidence=0.0, service_confidence=0.0
        )
    other = search(english)
    if _may_answer(other, calibration) and _is_for_others(own, other, query.nation, index):
        return english, other
    if _may_answer(other, calibration) and _only_english_tells(query, own, other, index):
        return english, other
    page = _same_service(own, other, index) if _may_answer(other, calibration) else None
    if page is not None and (led := led_by(page, own)):
        return query, replace(led, confidence=max(own.confidence, other.confidence))
    return (query, own) if _fits(query, own, other, index, calibration) else (english, other)


def _is_for_others(
    own: Evidence, other: Evidence, nation: Nation | None, index: PassageIndex
) -> bool:
    """Whether the English page is for the nation asked about and the Welsh one is not."""
    if nation is None or not other.pages:
        return False
    theirs, mine = index.pages[other.pages[0].row], index.pages[own.pages[0].row]
    return applies_to(theirs, nation) and not applies_to(mine, nation)


def _fits(
    query: Query, own: Evidence, other: Evidence, index: PassageIndex, calibration: Calibration
) -> bool:
    """Whether the Welsh page that leads is more likely on the subject than the English one."""
    if _is_named(query, own, index):
        return own.confidence >= min(calibration.answer_threshold, other.confidence)
    if _may_answer(other, calibration) or not other.pages:
        return not other.pages
    # "Register a company" and "register a birth" share one of two words.
    if not _may_answer(own, calibration) or _share_held(query, own, index) <= _LEAST_HELD:
        return False
    return own.pages[0].row in _versions(own, other, index, gap=_VERY_CLOSE)


def _may_answer(evidence: Evidence, calibration: Calibration) -> bool:
    return evidence.confidence >= calibration.partial_threshold


def _same_service(own: Evidence, other: Evidence, index: PassageIndex) -> int | None:
    """Return the Welsh page of the service that the English pages are about; None for none."""
    best = other.pages[0]
    versions = _versions(own, other, index, gap=0.0)
    if versions or applies_to(index.pages[best.row], Nation.WALES):
        return next(iter(versions), None)
    # The English page is for another nation; the Welsh one that leads may be of that service.
    leading = own.pages[0].row
    return leading if leading in _versions(own, other, index, gap=_CLOSE) else None


def _versions(own: Evidence, other: Evidence, index: PassageIndex, *, gap: float) -> set[int]:
    """Return the Welsh versions of the English pages within a distance of the best."""
    row_of = {index.pages[page.row].url: page.row for page in own.pages}
    close = (page for page in other.pages if other.pages[0].score - page.score <= gap)
    urls = (index.pages[page.row].alternate_url for page in close)
    return {row_of[url] for url in urls if url in row_of}


def _is_named(query: Query, own: Evidence, index: PassageIndex) -> bool:
    """Whether the title of the Welsh page that leads, or a heading, names a service of it."""
    asked = services_in(query.both)
    leading = own.pages[0].row
    first, last = index.page_of_passage.searchsorted([leading, leading + 1])
    paths = (index.passages[row].heading_path for row in range(first, last))
    headings = {heading for path in paths for heading in path if is_welsh_name(heading)}
    named = (services_in(text) for text in (index.pages[leading].title, *sorted(headings)))
    return any(_is_same(one, two) for one in asked for titled in named for two in titled)


def _only_english_tells(query: Query, own: Evidence, other: Evidence, index: PassageIndex) -> bool:
    """Whether the Welsh page is about a part of the service and lacks what else is asked about.

    "Treth Gyngor ym mand D" is about no reduction: the English page has the bands.
    """
    asked, titled = services_in(query.both), services_in(index.pages[own.pages[0].row].title)
    is_part = any(_is_same(one, two) for one in asked for two in titled)
    if asked & titled or not is_part:
        return False
    return any(
        not all(_holds(forms, own, index) for forms in telling_forms(welsh))
        and all(_holds([word], other, index) for word in english.split())
        for welsh, english in things_in(query.both).items()
    )


def _is_same(asked: str, titled: str) -> bool:
    """Whether a service is the one of a title, or a part of it: "Council Tax" of its reduction.

    One word is no part of a longer name: every tax is a tax.
    """
    one, two = ({word.lower().removesuffix("s") for word in t.split()} for t in (asked, titled))
    return one == two or (len(one) > 1 and one <= two)


def _share_held(query: Query, own: Evidence, index: PassageIndex) -> float:
    """Return the share of a question's telling words that the leading page holds; 1 without any."""
    telling = telling_forms(query.both)
    held = sum(_holds(forms, own, index) for forms in telling)
    return held / len(telling) if telling else 1.0


def _holds(forms: Sequence[str], evidence: Evidence, index: PassageIndex) -> bool:
    """Whether the leading page holds one of the forms of a word."""
    row = np.array([evidence.pages[0].row], dtype=np.int32)
    weights = index.word_weights(" ".join(forms))
    return bool(index.holding(weights, LexicalField.PAGE, row).any())

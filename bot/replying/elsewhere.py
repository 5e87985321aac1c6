"""When the guidance on a subject is for other nations than the citizen's.

A page for another nation is demoted, and then some other page of the right nation comes first:
"divorce in Scotland" would be answered from what legal aid in Scotland covers. It is better to say
that there is no guidance on it for Scotland, and where there is some.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from bot.answer import Answer, AnswerStatus, Block, Citation
from bot.enquiry import Nation
from bot.quoting.citations import Excerpt, citation_of
from bot.quoting.extractive import cite_unit, nearest_pages
from bot.replying.devolved import with_what_there_is
from bot.replying.replies import worded
from bot.retrieval import Evidence, PageCandidate, Query
from bot.retrieval.lexical_signals import share_held
from bot.retrieval.suitability import OTHER_NATION, applies_to
from bot.understanding.follow_ups import subject_words
from bot.understanding.nation_names import NATION_NAMES, only_for
from bot.understanding.nations import without_nations
from bot.understanding.question_kinds import asks_money, holds_money, wants_figure
from ingestion.passage import Passage, Unit, UnitKind
from ingestion.passage_index import LexicalField, PassageIndex

# How much better, in fused score, a page of another nation must fit than the best one of the
# citizen's, and the likeness of titles from which they are the same service in both. On 25
# questions about one nation the right pages were at least .74 alike and all others at most .59
# (2026-11). Up to a clear lead, the page must also hold more of the question's words.
MIN_LEAD = 1.5
CLEAR_LEAD = 5.0
SAME_SERVICE = 0.7
MAX_NEAREST = 3
_STEM = 4
_SHORTEST = 3
# "Do I have to pay for it?" and "Is it free?" ask for an amount, too, though it may be none.
_ASKS_WHETHER_FREE = re.compile(r"\b(?:pay|charged?|free|talu|am ddim)\b", re.IGNORECASE)


def elsewhere(query: Query, evidence: Evidence, index: PassageIndex) -> PageCandidate | None:
    """Return the page of other nations that fits far better than any of the citizen's nation.

    Known miss: a subject that no title names.
    """
    nation = query.nation
    if nation is None or not evidence.pages:
        return None
    others = [p for p in evidence.pages if not applies_to(index.pages[p.row], nation)]
    if not others:
        return None
    best, other = evidence.pages[0], max(others, key=lambda page: page.score)
    if best is not other:
        lead = other.score + OTHER_NATION - best.score
        if lead < MIN_LEAD or _has_the_same(other, evidence, nation, index):
            return None
        is_clear = lead >= CLEAR_LEAD or _is_named_more(query, other, best, index)
        if not is_clear and not _says_more(query, other, best, index):
            return None
    return other if _names_subject(query, index.pages[other.row].title) else None


def only_elsewhere(
    answer: Answer, query: Query, page: PageCandidate, evidence: Evidence, index: PassageIndex
) -> Answer:
    """Return the reply that names the nations there is guidance for, with the page to look at."""
    language = answer.locale
    assert query.nation is not None  # noqa: S101  # elsewhere() found nothing otherwise
    told = told_to(query.nation, query.question, page.row, index)
    nation = index.pages[page.row].nation
    answer = with_what_there_is(answer, index.pages[page.row].title, query.both, query.nation)
    said = only_for(nation, query.nation, language, quoted=told is not None)
    notice = Block("notice", text=said)
    first = page_citation(page.row, index)
    near = nearest_pages(evidence, index, without=[first.url], limit=MAX_NEAREST - 1)
    pages = (first, *(replace(c, number=c.number + 1) for c in near))
    if told is None:
        nothing = worded(answer, AnswerStatus.NO_ANSWER_NOT_FOUND, notice)
        return replace(nothing, nearest_pages=pages)
    reply = worded(answer, AnswerStatus.ANSWERED, notice, told.block, completeness="partial")
    return replace(reply, citations=(told.citation,), nearest_pages=pages)


@dataclass(frozen=True, slots=True)
class Told:
    """What a page for other nations tells people in one: the words and their citation.

    Attributes:
        block: The sentence.
        citation: Where it stands.
        unit: Its row in the index.
    """

    block: Block
    citation: Citation
    unit: int


def told_to(nation: Nation, question: str, row: int, index: PassageIndex) -> Told | None:
    """Return what a page tells people in a nation: "In Scotland you get ... instead"; or None.

    A sentence that names the nation and says the kind of thing that is asked comes first ("The
    badge costs £20 in Scotland"), then one that is addressed to the people there.

    Args:
        nation: Theirs.
        question: What is asked.
        row: Of the page, which is for others.
        index: The opened index version.
    """
    names = "|".join(NATION_NAMES[tongue][nation.value] for tongue in ("en", "cy"))
    named = re.compile(rf"\b(?:{names})\b")
    addressed = re.compile(
        rf"^(?:in|yn|yng) (?:{names}),? (?:you|there|the|mae|rydych)\b", re.IGNORECASE
    )
    sentences = [told for told in _sentences(row, index) if named.search(told[1].text)]
    for fits in (partial(_says_what_is_asked, question), addressed.match):
        for passage, unit, unit_row in sentences:
            if fits(unit.text):
                block = Block("paragraph", unit.text, citations=(1,), language=passage.page.locale)
                return Told(block, cite_unit(passage, unit, row, 1, index), unit_row)
    return None


def _sentences(row: int, index: PassageIndex) -> Iterator[tuple[Passage, Unit, int]]:
    """Yield the sentences of a page with their passages and their rows, in reading order."""
    first, end = index.page_of_passage.searchsorted([row, row + 1])
    for passage_row in range(int(first), int(end)):
        passage = index.passages[passage_row]
        start = int(index.passage_of_unit.searchsorted(passage_row))
        for unit_row, unit in enumerate(passage.units, start):
            if unit.kind is UnitKind.SENTENCE:
                yield passage, unit, unit_row


def _says_what_is_asked(question: str, text: str) -> bool:
    wants_amount = asks_money(question) or _ASKS_WHETHER_FREE.search(question)
    return bool(wants_amount and holds_money(question, text)) or wants_figure(question, text)


def without_other_nations(query: Query, evidence: Evidence, index: PassageIndex) -> Evidence:
    """Return evidence without what stands on pages for other nations, where something else does."""
    nation = query.nation
    if nation is None:
        return evidence
    units = tuple(unit for unit in evidence.units if applies_to(index.pages[unit.page], nation))
    return replace(evidence, units=units or evidence.units)


def _says_more(
    query: Query, page: PageCandidate, other: PageCandidate, index: PassageIndex
) -> bool:
    """Whether a page holds more of what was asked than another one."""
    mine, theirs = shares_of_asked(query, (page, other), index)
    return mine > theirs


def shares_of_asked(
    query: Query, pages: Sequence[PageCandidate], index: PassageIndex
) -> list[float]:
    """Return the share of what was asked, by weight of words, that each page holds; in [0, 1]."""
    weights = index.word_weights(" ".join(subject_words(without_nations(query.both))))
    rows = np.array([page.row for page in pages], dtype=np.int32)
    held = index.holding(weights, LexicalField.PAGE, rows)
    return [float(share) for share in share_held(weights, held)]


def _has_the_same(
    other: PageCandidate, evidence: Evidence, nation: Nation, index: PassageIndex
) -> bool:
    """Whether the citizen's nation has a page on the same service, on top or close to it."""
    titles, best = index.title_vectors, evidence.pages[0].score
    return any(
        float(titles[page.row] @ titles[other.row]) >= SAME_SERVICE
        for page in evidence.pages
        if best - page.score <= CLEAR_LEAD and applies_to(index.pages[page.row], nation)
    )


def _is_named_more(
    query: Query, page: PageCandidate, other: PageCandidate, index: PassageIndex
) -> bool:
    """Whether more of what was asked names a page than another one.

    "A parking fine in Swansea" is about "Parking fines" for England, not "Pay a court fine".
    """
    asked = _stems(query.question)
    mine, theirs = (asked & _stems(index.pages[p.row].title) for p in (page, other))
    return theirs < mine


def _names_subject(query: Query, title: str) -> bool:
    return bool(_stems(query.both) & _stems(title))


def _stems(text: str) -> set[str]:
    # "Bin day" names "Bins and bulky waste".
    return {word[:_STEM].rstrip("s") for word in subject_words(text) if len(word) >= _SHORTEST}


def page_citation(row: int, index: PassageIndex) -> Citation:
    """Return a link to a page, without a quotation."""
    passage = index.passages[int(index.page_of_passage.searchsorted(row))]
    excerpt = Excerpt(passage, passage.units[0], first="")
    return citation_of(excerpt, 1, quote="", link=passage.url, score=1.0)

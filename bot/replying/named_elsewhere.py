"""When somebody names a payment or a body that is for people in another nation than theirs.

Who lives in England and asks about the Scottish Child Payment wants to know about that payment; and
that it is for people in Scotland, and what there is in England.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import numpy as np

from bot import wording
from bot.answer import Answer, Block, BlockReady, Citation
from bot.enquiry import Nation
from bot.quoting.extractive import plain_text
from bot.quoting.numbering import block_from, citation_from, numbered_from
from bot.replying.devolved import what_there_is
from bot.replying.elsewhere import SAME_SERVICE, elsewhere, page_citation, told_to
from bot.retrieval import Evidence, Query
from bot.retrieval.query import Locale
from bot.retrieval.suitability import applies_to, for_another_nation, names_the_service
from bot.understanding.nation_names import NATION_NAMES, nations_in_words
from ingestion.passage_index import PassageIndex

# Pages that are looked through for a service that was named, or one like it.
MAX_PAGES = 20


@dataclass(frozen=True, slots=True)
class Foreword:
    """What is said before an answer about another nation's service.

    Attributes:
        blocks: The service's own words, then what the page itself tells the citizen's nation.
        citations: Of the blocks, numbered from 1.
        counterpart: The page on the same thing for the citizen's nation; None when there is none.
        told: Row of the unit that tells the citizen's nation; None when none does.
        is_for_others: Whether what follows is not for the citizen's nation: it is never complete.
    """

    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...] = ()
    counterpart: Citation | None = None
    told: int | None = None
    is_for_others: bool = False


def about_named(query: Query, evidence: Evidence, index: PassageIndex) -> Query:
    """Return a query about the service that was named, when only another nation has it.

    Unchanged where no service is named, or where the citizen's nation has one in its place.
    """
    if query.nation is None or query.lives_in is not None:
        return query
    page = elsewhere(query, evidence, index)
    if page is None or not names_the_service(query.both, index.pages[page.row].title):
        return query
    first = Nation(index.pages[page.row].nation.split("+")[0])
    return replace(query, nation=first, lives_in=query.nation)


def foreword(
    query: Query, evidence: Evidence, index: PassageIndex, language: Locale
) -> Foreword | None:
    """Return what to say first; None where the answer is for the citizen's own nation, or for all.

    Args:
        query: What was searched for.
        evidence: What retrieval found for it.
        index: The opened index version.
        language: Of the words.
    """
    if not evidence.pages:
        return None
    best = evidence.pages[0].row
    if query.nation is None:
        return _for_whom(best, evidence, index, language)
    if query.lives_in is None:
        named = _named(query, evidence, index)
        if named is None or not _is_like(named, best, index):
            return None
        said = _said(wording.INSTEAD_OF[language], named, query.nation, index, language)
        return Foreword((Block("notice", text=said),))
    if applies_to(index.pages[best], query.lives_in):
        return None
    return _for_others(query, best, query.lives_in, index, language)


def without_told(before: Foreword, evidence: Evidence) -> Evidence:
    """Return evidence without the unit that a foreword quotes, where there is more."""
    units = tuple(unit for unit in evidence.units if unit.row != before.told)
    return replace(evidence, units=units or evidence.units)


def without_repeats(before: Foreword, answer: Answer) -> Foreword:
    """Return a foreword without a sentence that the answer quotes among others."""
    blocks = tuple(
        block for block in before.blocks if not block.citations or block.text not in answer.text
    )
    if blocks == before.blocks:
        return before
    return replace(before, blocks=blocks, citations=())


async def with_foreword(
    before: Foreword | None, events: AsyncIterator[BlockReady | Answer]
) -> AsyncIterator[BlockReady | Answer]:
    """Yield the blocks of a foreword and then those of an answer, numbered to follow it.

    Args:
        before: What is said first; None for nothing.
        events: The blocks of the answer, then the answer.
    """
    if before is None:
        async for event in events:
            yield event
        return
    for block in before.blocks:
        yield BlockReady(block, before.citations if block.citations else ())
    first = len(before.citations)
    async for event in events:
        if isinstance(event, Answer):
            yield joined(event, before)
        else:
            cited = tuple(citation_from(citation, first) for citation in event.citations)
            yield BlockReady(block_from(event.block, first), cited)


def joined(answer: Answer, before: Foreword | None) -> Answer:
    """Return an answer with a foreword, its citations numbered to follow those of the foreword."""
    if before is None:
        return answer
    answer = numbered_from(answer, len(before.citations))
    others = [page for page in answer.nearest_pages if page.url != _url(before.counterpart)]
    nearest = (*([before.counterpart] if before.counterpart else ()), *others)
    blocks = (*before.blocks, *answer.blocks)
    return replace(
        answer,
        completeness="partial" if before.is_for_others else answer.completeness,
        blocks=blocks,
        text=plain_text(blocks),
        citations=(*before.citations, *answer.citations),
        nearest_pages=tuple(replace(page, number=n) for n, page in enumerate(nearest, start=1)),
    )


def _for_whom(
    best: int, evidence: Evidence, index: PassageIndex, language: Locale
) -> Foreword | None:
    """Return for which nations the best page is; None when there is nothing to tell apart."""
    nation = index.pages[best].nation
    # For nearly everybody: the citation names the nations, and a line in every answer is not read.
    if nation in ("", "uk") or nation.count("+") >= 2:
        return None
    # A council's own guidance is all for one nation: there is nothing to tell apart.
    if all(index.pages[page.row].nation == nation for page in evidence.pages):
        return None
    said = wording.FOR_PEOPLE_IN[language].format(nations=nations_in_words(nation, language))
    return Foreword((Block("notice", text=said),))


def _for_others(
    query: Query, best: int, home: Nation, index: PassageIndex, language: Locale
) -> Foreword:
    said = _said(wording.NAMED_ELSEWHERE[language], best, home, index, language)
    like = _counterpart(best, home, index)
    if like is not None:
        said += f" {_said(wording.COUNTERPART[language], like, home, index, language)}"
        counterpart = page_citation(like, index)
        return Foreword((Block("notice", text=said),), counterpart=counterpart, is_for_others=True)
    notice = Block("notice", text=said)
    if told := told_to(home, query.question, best, index):
        return Foreword((notice, told.block), (told.citation,), told=told.unit, is_for_others=True)
    said += f" {_said(wording.NO_COUNTERPART[language], best, home, index, language)}"
    own = what_there_is(index.pages[best].title, query.both, home, language)
    return Foreword((Block("notice", text=f"{said} {own}".rstrip()),), is_for_others=True)


def _said(words: str, row: int, nation: Nation, index: PassageIndex, language: Locale) -> str:
    details = index.pages[row]
    return words.format(
        service=details.title,
        nations=nations_in_words(details.nation, language),
        nation=NATION_NAMES[language][nation.value],
    )


def _named(query: Query, evidence: Evidence, index: PassageIndex) -> int | None:
    """Return the page of another nation whose service the question names."""
    assert query.nation is not None  # noqa: S101  # foreword() asks only then
    for page in evidence.pages[:MAX_PAGES]:
        details = index.pages[page.row]
        if not applies_to(details, query.nation) and names_the_service(query.both, details.title):
            return page.row
    return None


def _counterpart(row: int, home: Nation, index: PassageIndex) -> int | None:
    """Return the page on the same thing that is for the citizen's nation and not for the other."""
    nation = index.pages[row].nation
    likeness = index.title_vectors @ index.title_vectors[row]
    # All pages: those for the citizen's nation were put behind when the other one was searched.
    likely = (int(other) for other in np.argsort(-likeness) if likeness[other] >= SAME_SERVICE)
    return next(
        (
            other
            for other in likely
            if applies_to(index.pages[other], home)
            and for_another_nation(index.pages[other].nation, nation)
        ),
        None,
    )


def _is_like(row: int, other: int, index: PassageIndex) -> bool:
    return float(index.title_vectors[row] @ index.title_vectors[other]) >= SAME_SERVICE


def _url(citation: Citation | None) -> str:
    return citation.url if citation else ""

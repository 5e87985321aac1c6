"""Put an answer together from quotations or from checked blocks of a language model."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import wording
from bot.answer import Answer, AnswerStatus, Block, Citation
from bot.language_models.generative import Draft
from bot.quoting.citations import Excerpt, citation_of, link_to
from bot.quoting.extractive import blocks_of, cite, plain_text, verbatim
from bot.quoting.quotation import Quotation
from bot.quoting.years import time_asked
from bot.replying.councils import is_of_another_council, with_council
from bot.replying.devolved import is_for_elsewhere, with_own_nation
from bot.replying.nearness import near_pages
from bot.replying.replies import with_notice
from bot.replying.validity import with_notices_of_time
from bot.retrieval import Evidence, Query
from bot.retrieval.query import words
from ingestion.document import PageDetails
from ingestion.passage import Passage, Unit
from ingestion.passage_index import PassageIndex

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def quoted(answer: Answer, quotations: Sequence[Quotation], index: PassageIndex) -> Answer:
    """Return the extractive answer: each quotation with its blocks and one citation."""
    language = answer.locale
    numbered = list(enumerate(quotations, start=1))
    blocks = tuple(
        block for number, _ in numbered for block in blocks_of(quotations, number, language)
    )
    answer = replace(
        answer,
        status=AnswerStatus.ANSWERED,
        completeness="complete",
        blocks=blocks,
        citations=tuple(cite(quotation, number, index) for number, quotation in numbered),
        text=plain_text(blocks),
    )
    if any(quotation.disagrees for quotation in quotations):
        answer = with_notice(answer, "disagreement", wording.DISAGREEMENT[language])
    return answer


def cited_blocks(
    drafts: Sequence[Draft], passages: Sequence[Passage], evidence: Evidence, index: PassageIndex
) -> tuple[tuple[Block, ...], tuple[Citation, ...]]:
    """Return blocks a model wrote with citations numbered in order of first use.

    Each citation quotes the units of its passage that a block stands on. Blocks that stand on the
    same ones share it.
    """
    number_of: dict[tuple[Unit, ...], int] = {}
    citations: list[Citation] = []
    blocks = []
    for draft in drafts:
        numbers = []
        for passage in (passages[number - 1] for number in draft.passages):
            units, score = _supporting(draft, passage)
            if units not in number_of:
                number_of[units] = len(number_of) + 1
                citations.append(
                    _quote(units, passage, number_of[units], evidence, index, score=score)
                )
            numbers.append(number_of[units])
        blocks.append(replace(draft.block, citations=tuple(numbers)))
    return tuple(blocks), tuple(citations)


def finished(
    answer: Answer,
    query: Query,
    evidence: Evidence,
    index: PassageIndex,
    *,
    sure: bool,
    today: date,
) -> Answer:
    """Return an answer with completeness, nearest pages and notices filled in.

    Args:
        answer: With blocks and citations.
        query: What was searched for, to tell figures of another time than was asked for.
        evidence: What retrieval found.
        index: The opened index version.
        sure: Whether the confidence reaches the threshold for a complete answer.
        today: To tell figures that are past their date.
    """
    language = answer.locale
    cited = [citation.url for citation in answer.citations]
    pages = _pages_cited(answer, evidence, index)
    if any(page.locale != language for page in pages):
        answer = with_notice(answer, "language", wording.ENGLISH_ONLY[language])
    # A Welsh question may have been searched in the English names of services alone.
    asked = query.question if query.locale == language else answer.question
    time = time_asked(asked, today, leans_on=query.leans_on)
    answer, is_right = with_notices_of_time(answer, pages, time, today)
    answer = with_council(with_own_nation(answer, query), query, index)
    sure = sure and is_right and not (is_for_elsewhere(answer) or is_of_another_council(answer))
    if sure:
        return answer
    answer = with_notice(answer, "partial", wording.PARTIAL[language])
    near = near_pages(evidence, index, without=cited)
    return replace(answer, completeness="partial", nearest_pages=near)


def _pages_cited(answer: Answer, evidence: Evidence, index: PassageIndex) -> list[PageDetails]:
    cited = {citation.passage_id for citation in answer.citations}
    seen = (index.passages[unit.passage] for unit in evidence.units)
    return list({p.page.url: p.page for p in seen if p.passage_id in cited}.values())


def _supporting(draft: Draft, passage: Passage) -> tuple[tuple[Unit, ...], float]:
    """Return the units of a passage that a block stands on, the closest first, and its support.

    That is the unit which shares most words with it, and those which hold the figures of the block
    that this one lacks.
    """
    text = " ".join([draft.block.text, *draft.block.items])
    said = set(words(text))

    def support(unit: Unit) -> float:
        own = set(words(unit.text))
        return len(own & said) / (len(own) + 5)  # a short unit must not win by two common words

    best = max(passage.units, key=support)
    units, wanted = [best], _figures(text) - _figures(verbatim([best]))
    for unit in passage.units:
        if wanted & (held := _figures(verbatim([unit]))):
            units.append(unit)
            wanted -= held
    return tuple(units), min(1.0, support(best))


def _quote(
    units: Sequence[Unit],
    passage: Passage,
    number: int,
    evidence: Evidence,
    index: PassageIndex,
    *,
    score: float,
) -> Citation:
    row = next(u.page for u in evidence.units if index.passages[u.passage] is passage)
    excerpt = Excerpt(passage, units[0], first=units[0].text)
    link = link_to(excerpt, index, row)
    quote = verbatim([unit for unit in passage.units if unit in units])
    return citation_of(excerpt, number, quote=quote, link=link, score=score)


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(text))

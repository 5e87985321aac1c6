"""Put an answer together from quotations or from checked blocks of a language model."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import wording
from bot.answer import Answer, AnswerStatus, Block, Citation
from bot.citations import Excerpt, citation_of, link_to
from bot.dates import BETWEEN, OTHER_YEAR, OUT_OF_DATE, SINCE, UNTIL, day
from bot.extractive import block_of, cite, nearest_pages, plain_text
from bot.generative import Draft
from bot.quotations import Quotation
from bot.replies import with_notice
from bot.retrieval import Evidence, Query
from bot.retrieval.query import Locale, words
from bot.retrieval.suitability import is_out_of_date, was_right_in
from bot.years import year_asked
from ingestion.document import PageDetails
from ingestion.passage import Passage, Unit
from ingestion.passage_index import PassageIndex


def quoted(answer: Answer, quotations: Sequence[Quotation], index: PassageIndex) -> Answer:
    """Return the extractive answer: one block and one citation for each quotation."""
    numbered = list(enumerate(quotations, start=1))
    blocks = tuple(
        replace(block_of(quotation, number), language=quotation.passage.page.locale)
        for number, quotation in numbered
    )
    return replace(
        answer,
        status=AnswerStatus.ANSWERED,
        completeness="complete",
        blocks=blocks,
        citations=tuple(cite(quotation, number, index) for number, quotation in numbered),
        text=plain_text(blocks),
    )


def cited_blocks(
    drafts: Sequence[Draft], passages: Sequence[Passage], evidence: Evidence, index: PassageIndex
) -> tuple[tuple[Block, ...], tuple[Citation, ...]]:
    """Return blocks a model wrote with citations numbered in order of first use.

    Each citation quotes the unit of its passage that shares most words with the first block that
    cites it.
    """
    number_of: dict[int, int] = {}
    citations: list[Citation] = []
    blocks = []
    for draft in drafts:
        for passage in draft.passages:
            if passage not in number_of:
                number_of[passage] = len(number_of) + 1
                citations.append(
                    _quote_for(draft, passages[passage - 1], number_of[passage], evidence, index)
                )
        numbers = tuple(number_of[passage] for passage in draft.passages)
        blocks.append(replace(draft.block, citations=numbers))
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
        query: What was searched for, to tell figures of another year than was asked for.
        evidence: What retrieval found.
        index: The opened index version.
        sure: Whether the confidence reaches the threshold for a complete answer.
        today: To tell figures that are past their date.
    """
    language: Locale = "cy" if answer.language == "cy" else "en"
    cited = [citation.url for citation in answer.citations]
    pages = _pages_cited(answer, evidence, index)
    year = year_asked(query.question)
    if any(page.locale != language for page in pages):
        answer = with_notice(answer, "language", wording.ENGLISH_ONLY[language])
    for page in pages:
        if is_out_of_date(page, today):
            text = OUT_OF_DATE[language].format(period=_period(page, language))
            answer = with_notice(answer, "out_of_date", text)
        elif year and not was_right_in(page, year):
            text = OTHER_YEAR[language].format(year=year, period=_period(page, language))
            answer, sure = with_notice(answer, "other_year", text), False
    if sure:
        return answer
    answer = with_notice(answer, "partial", wording.PARTIAL[language])
    near = nearest_pages(evidence, index, without=cited)
    return replace(answer, completeness="partial", nearest_pages=near)


def _pages_cited(answer: Answer, evidence: Evidence, index: PassageIndex) -> list[PageDetails]:
    cited = {citation.passage_id for citation in answer.citations}
    seen = (index.passages[unit.passage] for unit in evidence.units)
    return list({p.page.url: p.page for p in seen if p.passage_id in cited}.values())


def _quote_for(
    draft: Draft, passage: Passage, number: int, evidence: Evidence, index: PassageIndex
) -> Citation:
    said = set(words(" ".join([draft.block.text, *draft.block.items])))

    def support(unit: Unit) -> float:
        own = set(words(unit.text))
        return len(own & said) / (len(own) + 5)  # a short unit must not win by two common words

    best = max(passage.units, key=support)
    row = next(u.page for u in evidence.units if index.passages[u.passage] is passage)
    excerpt = Excerpt(passage, best, first=best.text)
    link = link_to(excerpt, index, row)
    return citation_of(excerpt, number, quote=best.text, link=link, score=min(1.0, support(best)))


def _period(page: PageDetails, language: Locale) -> str:
    """Return when a page's text was right, in words: "until 5 April 2026"."""
    start, end = day(page.valid_from, language), day(page.valid_to, language)
    if start and end:
        return BETWEEN[language].format(start=start, end=end)
    form = UNTIL if end else SINCE
    return form[language].format(start=start, end=end)

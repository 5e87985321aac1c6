"""Say when what is shown was right for another time than now, or than was asked for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.answer import Answer, Block, Citation, Notice
from bot.quoting.dates import (
    OTHER_TIME,
    OUT_OF_DATE,
    TIME_NOT_SAID,
    period_in_words,
    time_in_words,
)
from bot.quoting.periods import Period, ended, holds_day, periods_of
from bot.quoting.years import TimeAsked
from bot.replying.replies import with_notice
from bot.retrieval.query import Locale
from bot.retrieval.suitability import is_out_of_date
from bot.retrieval.wanted import holds_amount
from ingestion.document import PageDetails


def with_notices_of_time(
    answer: Answer, pages: Sequence[PageDetails], time: TimeAsked | None, today: date
) -> tuple[Answer, bool]:
    """Return the answer with notices, and whether all of it is right for the time that is meant.

    A page tells by its days of validity; where it has none, what is quoted tells by the tax year
    in its words or headings; where neither tells and another time is asked for, that is said.

    Args:
        answer: With blocks and citations.
        pages: The pages cited.
        time: The time asked for; None for now.
        today: The date the answer is given.
    """
    language = answer.locale
    undated = [page for page in pages if page.valid_to is None]
    told = (
        *_of_pages(pages, time, today, language),
        *_of_amounts(_periods_quoted(answer, undated), time, today, language),
    )
    notices: dict[str, str] = {}
    for notice in told:
        notices.setdefault(notice.kind, notice.text)
    for kind, text in notices.items():
        answer = with_notice(answer, kind, text)
    return answer, not notices


def _of_pages(
    pages: Sequence[PageDetails], time: TimeAsked | None, today: date, language: Locale
) -> Iterator[Notice]:
    for page in pages:
        if is_out_of_date(page, today):
            yield _past(page.valid_from, page.valid_to, language)
        elif time and is_out_of_date(page, time.day):
            yield _other(time, page.valid_from, page.valid_to, language)


def _of_amounts(
    quoted: Iterable[tuple[Period, ...]], time: TimeAsked | None, today: date, language: Locale
) -> Iterator[Notice]:
    for periods in quoted:
        past = ended(periods, today)
        if time and periods and not holds_day(periods, time.day):
            yield _other(time, periods[-1].start, periods[-1].end, language)
        elif time and not periods and time.day != today:
            asked = time_in_words(time.first, time.last, language)
            yield Notice("other_year", TIME_NOT_SAID[language].format(time=asked))
        elif past and not time:
            yield _past(past.start, past.end, language)


def _past(start: date | None, end: date | None, language: Locale) -> Notice:
    period = period_in_words(start, end, language)
    return Notice("out_of_date", OUT_OF_DATE[language].format(period=period))


def _other(time: TimeAsked, start: date | None, end: date | None, language: Locale) -> Notice:
    asked = time_in_words(time.first, time.last, language)
    period = period_in_words(start, end, language)
    return Notice("other_year", OTHER_TIME[language].format(time=asked, period=period))


def _periods_quoted(answer: Answer, pages: Sequence[PageDetails]) -> Iterator[tuple[Period, ...]]:
    """Yield the periods that each block with an amount names, of some pages; may be empty."""
    urls = {page.url for page in pages}
    cited = {c.number: c for c in answer.citations}
    for block in answer.blocks:
        text = _text_of(block)
        sources = [cited[number] for number in block.citations if number in cited]
        # A chapter of a guide has an address of its own under its page's.
        if not holds_amount(text) or not any(_stands_on(c, urls) for c in sources):
            continue
        headings = " ".join(heading for c in sources for heading in (c.title, *c.heading_path))
        # What a sentence says itself counts before the heading above it.
        yield periods_of(text) or periods_of(headings)


def _stands_on(citation: Citation, urls: set[str]) -> bool:
    return any(citation.url == url or citation.url.startswith(f"{url}/") for url in urls)


def _text_of(block: Block) -> str:
    cells = (cell for row in block.rows for cell in row)
    return " ".join((block.text, *block.items, *block.headers, *cells))

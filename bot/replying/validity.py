"""Say when what is shown was right for another time than now, or than was asked for."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.answer import Answer, Block, Citation
from bot.quoting.dates import OTHER_YEAR, OUT_OF_DATE, period_in_words
from bot.quoting.periods import Period, ended, names_year, periods_of
from bot.replying.replies import with_notice
from bot.retrieval.query import Locale
from bot.retrieval.suitability import is_out_of_date, was_right_in
from bot.retrieval.wanted import holds_amount
from ingestion.document import PageDetails


def with_notices_of_time(
    answer: Answer, pages: Sequence[PageDetails], year: int | None, today: date
) -> tuple[Answer, bool]:
    """Return the answer with notices, and whether all of it is right for the time that is meant.

    A page tells by its days of validity; where it has none, what is quoted tells by the tax year
    in its words or headings.

    Args:
        answer: With blocks and citations.
        pages: The pages cited.
        year: The year asked for; None for now.
        today: The date the answer is given.
    """
    language: Locale = "cy" if answer.language == "cy" else "en"
    notices: dict[str, str] = {}
    for page in pages:
        period = period_in_words(page.valid_from, page.valid_to, language)
        if is_out_of_date(page, today):
            notices.setdefault("out_of_date", OUT_OF_DATE[language].format(period=period))
        elif year and not was_right_in(page, year):
            text = OTHER_YEAR[language].format(year=year, period=period)
            notices.setdefault("other_year", text)
    for named in _periods_quoted(answer, [page for page in pages if page.valid_to is None]):
        past = ended(named, today)
        if year and not names_year(named, year):
            text = OTHER_YEAR[language].format(year=year, period=_in_words(named[-1], language))
            notices.setdefault("other_year", text)
        elif past and not year:
            text = OUT_OF_DATE[language].format(period=_in_words(past, language))
            notices.setdefault("out_of_date", text)
    for kind, text in notices.items():
        answer = with_notice(answer, kind, text)
    return answer, not notices


def _periods_quoted(answer: Answer, pages: Sequence[PageDetails]) -> Iterator[tuple[Period, ...]]:
    """Yield the periods that each block with an amount names, of some pages; never empty ones."""
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
        if named := periods_of(text) or periods_of(headings):
            yield named


def _stands_on(citation: Citation, urls: set[str]) -> bool:
    return any(citation.url == url or citation.url.startswith(f"{url}/") for url in urls)


def _text_of(block: Block) -> str:
    cells = (cell for row in block.rows for cell in row)
    return " ".join((block.text, *block.items, *block.headers, *cells))


def _in_words(period: Period, language: Locale) -> str:
    return period_in_words(period.start, period.end, language)

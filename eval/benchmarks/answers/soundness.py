"""Whether everything shown stands on the cited page, and every figure in the words that are quoted.

Texts and quotations are looked for in the original file. A figure, an amount or a date counts as
held when the quotation of one of its block's citations has it, or what belongs to the quoted units:
their lead-in, their column headings and the headings above them. Of a frame ("From Passport fees,
right from 9 April 2026:") the page's own dates count, too; "3 of 12 rows" is the service's own.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bot import Answer
from bot.answer import Block, Citation
from bot.quoting.dates import day, period_in_words
from bot.wiring import build_services
from eval.benchmarks.guards.rates import rate
from eval.benchmarks.published_pages import origins_of, text_of
from eval.benchmarks.running import conditionalqa_index
from eval.importers.conditionalqa import import_conditionalqa
from eval.targets import ask_locally
from ingestion.passage import Passage

EXAMPLES = 10
# Dates, amounts, percentages, counts: whatever holds a digit. A date is one figure: "6 April" does
# not hold "6 May".
_FIGURE = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b(?: \d{4}\b)?|[£€$]?\d+(?:[.,:/]\d+)*%?"
)
_COUNTED = re.compile(r"\b\d+ (?:of|o) \d+\b")


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that an answer shows, where, and the words that its citations quote."""

    figure: str
    text: str
    quotes: tuple[str, ...]
    is_quoted: bool


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return the share of quotes, shown texts and figures that stand on the page they cite."""
    index = conditionalqa_index(data, out)
    services = build_services(index_directory=index)
    origins = origins_of(index, services.index.manifest.version)
    folder = data / "conditionalqa" / "pages"
    published = {url: _flat(text_of((folder / name).read_bytes())) for url, name in origins.items()}
    _, items = import_conditionalqa(data / "conditionalqa")

    async def all_of_them() -> list[Answer]:
        return [(await ask_locally(item, services))[0] for item in items]

    answers = asyncio.run(all_of_them())
    quotes = [
        _flat(piece) in published[cited.url]
        for answer in answers
        for cited in answer.citations
        for piece in re.split(r" \| |\n", cited.quote)
    ]
    shown = [found for answer in answers for found in _shown(answer, published)]
    passages = {passage.passage_id: passage for passage in services.index.passages}
    figures = [figure for answer in answers for figure in figures_shown(answer, passages)]
    frames = [figure for answer in answers for figure in figures_of_frames(answer, passages)]
    missing = [figure for figure in (*figures, *frames) if not figure.is_quoted]
    return {
        "answers_with_citations": sum(bool(answer.citations) for answer in answers),
        "blocks_without_citation": sum(not b.citations for a in answers for b in a.blocks),
        "quotes_on_their_page": rate(sum(quotes), len(quotes)),
        "texts_shown_that_stand_on_the_page": rate(sum(t for t, _ in shown), len(shown)),
        "figures_shown": sum(len(figures) for _, figures in shown),
        "figures_not_on_the_page": sum(not held for _, figures in shown for held in figures),
        "figures_in_the_quoted_words": rate(sum(f.is_quoted for f in figures), len(figures)),
        "figures_of_frames_of_the_page": rate(sum(f.is_quoted for f in frames), len(frames)),
        "not_in_the_quoted_words": [asdict(figure) for figure in missing[:EXAMPLES]],
    }


def figures_shown(answer: Answer, passages: Mapping[str, Passage]) -> Iterator[Shown]:
    """Yield every figure of the blocks that cite something.

    Args:
        answer: As the citizen gets it.
        passages: Of the index version, by id.
    """
    for block, cited in _with_citations(answer):
        held = {f for c in cited for f in _FIGURE.findall(_quoted(c, passages[c.passage_id]))}
        quotes = tuple(citation.quote for citation in cited)
        for text in _texts(block):
            for figure in _FIGURE.findall(_flat(text)):
                yield Shown(figure, text, quotes, figure in held)


def figures_of_frames(answer: Answer, passages: Mapping[str, Passage]) -> Iterator[Shown]:
    """Yield every figure of the frames, which name headings and the dates of pages."""
    for block, cited in _with_citations(answer):
        held = {f for c in cited for f in _FIGURE.findall(_named(c, passages[c.passage_id]))}
        for figure in _FIGURE.findall(_COUNTED.sub("", block.frame)):
            yield Shown(figure, block.frame, (), figure in held)


def _with_citations(answer: Answer) -> Iterator[tuple[Block, list[Citation]]]:
    by_number = {citation.number: citation for citation in answer.citations}
    for block in answer.blocks:
        if block.citations:
            yield block, [by_number[number] for number in block.citations]


def _quoted(citation: Citation, passage: Passage) -> str:
    """Return the words a citation quotes, with what belongs to them."""
    quote = _flat(citation.quote)
    units = [unit for unit in passage.units if _flat(unit.text) in quote]
    around = (words for unit in units for words in (unit.lead_in, *unit.headers))
    return _flat(" ; ".join((quote, *citation.heading_path, *around)))


def _named(citation: Citation, passage: Passage) -> str:
    page = passage.page
    dates = [
        words
        for tongue in ("en", "cy")
        for words in (
            day(page.updated_at, tongue) if page.updated_at else "",
            period_in_words(page.valid_from, page.valid_to, tongue),
        )
    ]
    return _flat(" ; ".join((page.title, *citation.heading_path, *dates)))


def _shown(answer: Answer, published: dict[str, str]) -> Iterator[tuple[bool, list[bool]]]:
    url_of = {cited.number: cited.url for cited in answer.citations}
    for block in (block for block in answer.blocks if block.citations):
        pages = [published[url_of[number]] for number in block.citations]
        figures_of_pages = [set(_FIGURE.findall(page)) for page in pages]
        for text in _texts(block):
            figures = _FIGURE.findall(_flat(text))
            held = [any(figure in known for known in figures_of_pages) for figure in figures]
            yield any(_flat(text) in page for page in pages), held


def _texts(block: Block) -> list[str]:
    # A paragraph may join sentences over a line break, a lead-in may hold a caption above it.
    cells = [cell for row in (block.headers, *block.rows) for cell in row]
    return [text for text in (*block.text.split("\n"), *block.items, *cells) if text.strip()]


def _flat(text: str) -> str:
    return " ".join(text.split())

"""Whether everything shown stands on the cited page, read from the original file."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

from bot import Answer
from bot.answer import Block
from bot.wiring import build_services
from eval.benchmarks.guards.rates import rate
from eval.benchmarks.published_pages import origins_of, text_of
from eval.benchmarks.running import conditionalqa_index
from eval.importers.conditionalqa import import_conditionalqa
from eval.targets import ask_locally

# Amounts, dates, percentages, counts: whatever holds a digit.
_FIGURE = re.compile(r"[£€$]?\d+(?:[.,:/]\d+)*%?")


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
        for piece in cited.quote.split(" | ")
    ]
    shown = [found for answer in answers for found in _shown(answer, published)]
    return {
        "answers_with_citations": sum(bool(answer.citations) for answer in answers),
        "blocks_without_citation": sum(not b.citations for a in answers for b in a.blocks),
        "quotes_on_their_page": rate(sum(quotes), len(quotes)),
        "texts_shown_that_stand_on_the_page": rate(sum(t for t, _ in shown), len(shown)),
        "figures_shown": sum(len(figures) for _, figures in shown),
        "figures_not_on_the_page": sum(not held for _, figures in shown for held in figures),
    }


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

"""Whether the deep link of every sentence, item and row leads to it, on pages as published.

The index says what to link to; the browser's search is repeated on the words of the original HTML
file, which the link was not made from.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from bot.quoting.citations import Excerpt, link_to
from bot.quoting.deep_links import Directive, found_by
from eval.benchmarks.published_pages import origins_of, text_of
from eval.benchmarks.running import conditionalqa_index
from ingestion import PassageIndex, Unit
from ingestion.settings import IndexSettings
from ingestion.wiring import open_served


@dataclass(slots=True)
class _Counts:
    units: int = 0
    linked: int = 0
    right: int = 0


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return shares of units whose link has a directive, and whose directive finds the unit."""
    index, _ = open_served(IndexSettings(), directory=conditionalqa_index(data, out))
    origins = origins_of(out / "index", index.manifest.version)
    counts = _Counts()
    for page, details in enumerate(index.pages):
        html = (data / "conditionalqa" / "pages" / origins[details.url]).read_bytes()
        _count(index, page, text_of(html), counts)
    return {
        "units": counts.units,
        "with_directive": round(counts.linked / counts.units, 4),
        "directives_that_find_the_unit": round(counts.right / counts.linked, 4),
    }


def _count(index: PassageIndex, page: int, published: str, counts: _Counts) -> None:
    first, end = index.page_of_passage.searchsorted([page, page + 1])
    for passage in index.passages[int(first) : int(end)]:
        for unit in passage.units:
            start, last = _edges(unit)
            link = link_to(Excerpt(passage, unit, start, last), index, page)
            directive = _directive_in(link)
            counts.units += 1
            counts.linked += directive is not None
            counts.right += directive is not None and _leads_to(directive, published, start, last)


def _leads_to(directive: Directive, published: str, start: str, last: str) -> bool:
    found = found_by(directive, published)
    if found is None:
        return False
    text = published[found[0] : found[1]]
    return text.startswith(start) and text.endswith(last or start)


def _edges(unit: Unit) -> tuple[str, str]:
    cells = [cell for cell in unit.cells if cell]
    return (cells[0], cells[-1] if len(cells) > 1 else "") if cells else (unit.text, "")


def _directive_in(link: str) -> Directive | None:
    terms = link.partition(":~:text=")[2]
    if not terms:
        return None
    prefix, _, rest = terms.rpartition("-,")
    start, _, end = rest.partition(",")
    return Directive(unquote(start), unquote(end), unquote(prefix))

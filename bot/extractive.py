"""Turn quotations into an answer in the guidance's own words."""

from collections.abc import Sequence

from bot.answer import Block, Citation
from bot.citations import Excerpt, citation_of, link_to
from bot.quotations import Quotation
from bot.retrieval import Evidence, UnitCandidate
from ingestion.passage import UnitKind
from ingestion.passage_index import PassageIndex


def cite(quotation: Quotation, number: int, index: PassageIndex) -> Citation:
    """Return the citation of a quotation."""
    units = quotation.units
    is_prose = units[0].kind is UnitKind.SENTENCE
    quote = " ".join(unit.text for unit in units) if is_prose else quotation.best.text
    first = units[0].lead_in.split("\n")[-1] if units[0].lead_in and not is_prose else ""
    excerpt = Excerpt(
        quotation.passage,
        units[0],
        first=_first_text(first, units[0].cells, units[0].text),
        last="" if len(units) == 1 and not first else _last_text(units[-1].cells, units[-1].text),
    )
    link = link_to(excerpt, index, quotation.page)
    return citation_of(excerpt, number, quote=quote, link=link, score=quotation.relevance)


def block_of(quotation: Quotation, number: int) -> Block:
    """Return the block that shows a quotation."""
    units, lead_in = quotation.units, quotation.units[0].lead_in
    texts = tuple(unit.text for unit in units)
    match units[0].kind:
        case UnitKind.SENTENCE:
            return Block("paragraph", text=" ".join(texts), citations=(number,))
        case UnitKind.LIST_ITEM:
            return Block("list", text=lead_in, items=texts, citations=(number,))
        case UnitKind.STEP:
            return Block("steps", text=lead_in, items=texts, citations=(number,))
        case UnitKind.TABLE_ROW:
            return Block(
                "table",
                text=lead_in,
                headers=units[0].headers,
                rows=tuple(unit.cells for unit in units),
                citations=(number,),
            )


def nearest_pages(
    evidence: Evidence, index: PassageIndex, *, without: Sequence[str] = (), limit: int = 3
) -> tuple[Citation, ...]:
    """Return the pages closest to the enquiry, each with its most relevant unit.

    Args:
        evidence: What retrieval found.
        index: The opened index version.
        without: Addresses of pages already cited.
        limit: Most pages to return.
    """
    near: list[Citation] = []
    if not evidence.pages:
        return ()
    best = evidence.pages[0].score
    for candidate in evidence.pages:
        if len(near) == limit:
            break
        if index.pages[candidate.row].url in without:
            continue
        unit = next((unit for unit in evidence.units if unit.page == candidate.row), None)
        if unit is None:
            continue
        score = min(1.0, 2.718281828 ** (candidate.score - best))
        near.append(cite_candidate(unit, len(near) + 1, index, score=score))
    return tuple(near)


def cite_candidate(
    candidate: UnitCandidate, number: int, index: PassageIndex, *, score: float
) -> Citation:
    """Return the citation of a single unit that retrieval found.

    Args:
        candidate: The unit.
        number: Number of the citation.
        index: The opened index version.
        score: Relevance compared with the best, in (0, 1].
    """
    quote = index.units[candidate.row]
    excerpt = Excerpt(
        index.passages[candidate.passage],
        quote,
        first=_first_text("", quote.cells, quote.text),
        last=_last_text(quote.cells, quote.text) if quote.cells else "",
    )
    link = link_to(excerpt, index, candidate.page)
    return citation_of(excerpt, number, quote=quote.text, link=link, score=score)


def plain_text(blocks: Sequence[Block]) -> str:
    """Return blocks as plain text, citations as `[n]`."""
    return "\n\n".join(_plain_block(block) for block in blocks)


def _plain_block(block: Block) -> str:
    lines = [block.text] if block.text else []
    match block.kind:
        case "list":
            lines += [f"- {item}" for item in block.items]
        case "steps":
            lines += [f"{number}. {item}" for number, item in enumerate(block.items, start=1)]
        case "table":
            lines += [" | ".join(row) for row in ((block.headers,) if block.headers else ())]
            lines += [" | ".join(row) for row in block.rows]
        case "paragraph" | "notice":
            pass
    marks = "".join(f" [{number}]" for number in block.citations)
    return "\n".join(lines) + marks


def _first_text(lead_in: str, cells: Sequence[str], text: str) -> str:
    return lead_in or next((cell for cell in cells if cell), text)


def _last_text(cells: Sequence[str], text: str) -> str:
    return next((cell for cell in reversed(cells) if cell), text)

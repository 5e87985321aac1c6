"""Turn quotations into an answer in the guidance's own words."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bot.answer import Block, BlockKind, Citation
from bot.quoting.citations import Excerpt, citation_of, link_to
from bot.quoting.frames import frame_of
from bot.quoting.quotation import Quotation
from bot.retrieval import Evidence, UnitCandidate
from bot.retrieval.query import Locale
from ingestion.passage import Passage, Unit, UnitKind
from ingestion.passage_index import PassageIndex


def cite(quotation: Quotation, number: int, index: PassageIndex) -> Citation:
    """Return the citation of a quotation."""
    units, last = quotation.units, quotation.units[-1]
    quote = verbatim(units)
    opening = _opening(units[0])
    excerpt = Excerpt(
        quotation.passage,
        units[0],
        first=_first_text(opening, units[0].cells, units[0].text),
        last="" if len(units) == 1 and not opening else _last_text(last.cells, last.text),
    )
    link = link_to(excerpt, index, quotation.page)
    return citation_of(excerpt, number, quote=quote, link=link, score=quotation.relevance)


def blocks_of(quotations: Sequence[Quotation], number: int, language: Locale) -> list[Block]:
    """Return the blocks that show one of some quotations, framed in the answer's language."""
    quotation = quotations[number - 1]
    frame = frame_of(quotation, language, fellows=quotations)
    tongue = quotation.passage.page.locale
    return [
        replace(_block_of(units, number), language=tongue, frame=frame)
        for units in quotation.shown_blocks
    ]


def verbatim(units: Sequence[Unit]) -> str:
    """Return the words of units as they stand on the page, a line for each part of it.

    A list or table comes with its lead-in and its column headings.
    """
    lines: list[str] = []
    for _, block in groupby(units, key=lambda unit: unit.block):
        fellows = list(block)
        if fellows[0].kind is UnitKind.SENTENCE:
            lines.append(" ".join(unit.text for unit in fellows))
        else:
            lines += [fellows[0].lead_in, " | ".join(fellows[0].headers)]
            lines += [unit.text for unit in fellows]
    return "\n".join(line for line in lines if line)


def _block_of(units: Sequence[Unit], number: int) -> Block:
    prose = [unit for unit in units if unit.kind is UnitKind.SENTENCE]
    rest = [unit for unit in units if unit.kind is not UnitKind.SENTENCE]
    if not rest:
        return Block("paragraph", text=_prose(prose), citations=(number,))
    opening = "\n".join(text for text in (_prose(prose), rest[0].lead_in) if text)
    if rest[0].kind is UnitKind.TABLE_ROW:
        rows = tuple(unit.cells for unit in rest)
        headers = rest[0].headers
        return Block("table", text=opening, headers=headers, rows=rows, citations=(number,))
    kind: BlockKind = "list" if rest[0].kind is UnitKind.LIST_ITEM else "steps"
    items = tuple(unit.text for unit in rest)
    return Block(kind, text=opening, items=items, citations=(number,))


def _prose(units: Sequence[Unit]) -> str:
    """Return sentences as text, with a line for each paragraph of the page."""
    paragraphs: dict[int, list[str]] = {}
    for unit in units:
        paragraphs.setdefault(unit.block, []).append(unit.text)
    return "\n".join(" ".join(sentences) for sentences in paragraphs.values())


def _opening(unit: Unit) -> str:
    is_prose = unit.kind is UnitKind.SENTENCE
    return unit.lead_in.split("\n")[-1] if unit.lead_in and not is_prose else ""


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
    passage = index.passages[candidate.passage]
    unit = index.units[candidate.row]
    return cite_unit(passage, unit, candidate.page, number, index, score=score)


def cite_unit(
    passage: Passage,
    unit: Unit,
    page: int,
    number: int,
    index: PassageIndex,
    *,
    score: float = 1.0,
) -> Citation:
    """Return the citation of one unit of a page.

    Args:
        passage: Where it stands.
        unit: What is cited.
        page: Row of the page.
        number: Number of the citation.
        index: The opened index version.
        score: Relevance compared with the best, in (0, 1].
    """
    excerpt = Excerpt(
        passage,
        unit,
        first=_first_text("", unit.cells, unit.text),
        last=_last_text(unit.cells, unit.text) if unit.cells else "",
    )
    link = link_to(excerpt, index, page)
    return citation_of(excerpt, number, quote=unit.text, link=link, score=score)


def plain_text(blocks: Sequence[Block]) -> str:
    """Return blocks as plain text, citations as `[n]`, each frame once."""
    shown, before = [], ""
    for block in blocks:
        text = _plain_block(block)
        shown.append(f"{block.frame}\n{text}" if block.frame not in ("", before) else text)
        before = block.frame
    return "\n\n".join(shown)


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

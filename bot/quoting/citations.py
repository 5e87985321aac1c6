"""Point to the place on a page where something stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Citation
from bot.quoting.deep_links import deep_link, place_of
from ingestion.passage import Passage, Unit
from ingestion.passage_index import PassageIndex


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a citation points to.

    Attributes:
        passage: The passage it stands in.
        unit: The unit it starts with.
        first, last: Verbatim text that it starts and ends with; `last` is empty when `first` is
            all of it.
    """

    passage: Passage
    unit: Unit
    first: str
    last: str = ""


def link_to(excerpt: Excerpt, index: PassageIndex, page: int) -> str:
    """Return the link that scrolls to an excerpt of a page."""
    passage, unit = excerpt.passage, excerpt.unit
    text, start = page_text(index, page, passage)
    return deep_link(
        passage.url,
        unit.anchor or passage.anchor,
        page_text=text,
        start=place_of(excerpt.first, text, start, before=_texts_before(unit, passage)),
        first=excerpt.first,
        last=excerpt.last,
    )


def citation_of(excerpt: Excerpt, number: int, *, quote: str, link: str, score: float) -> Citation:
    """Return a citation of an excerpt."""
    passage, page = excerpt.passage, excerpt.passage.page
    return Citation(
        number=number,
        title=page.title,
        heading_path=(*passage.heading_path, *excerpt.unit.under),
        url=passage.url,
        deep_link=link,
        quote=quote,
        publisher=page.publisher,
        nation=page.nation,
        locale=page.locale,
        updated_at=page.updated_at,
        passage_id=passage.passage_id,
        score=round(score, 4),
    )


def page_text(index: PassageIndex, page: int, passage: Passage) -> tuple[str, int]:
    """Return the plain text of a page part, and where one passage of it starts.

    Headings stand where they do on the page: a link may need the words before a quotation.
    Only passages at the same address count: a chapter of a guide is a page of its own.
    """
    first, end = index.page_of_passage.searchsorted([page, page + 1])
    parts: list[str] = []
    length = start = 0
    before: tuple[str, ...] = ()
    for other in index.passages[int(first) : int(end)]:
        if other.url != passage.url:
            continue
        added = [*_new_headings(before, other.heading_path), _with_cells_apart(other.text)]
        if other is passage:
            start = length + sum(len(part) + 1 for part in added[:-1])
        parts += added
        length += sum(len(part) + 1 for part in added)
        before = other.heading_path
    return "\n".join(parts), start


def _with_cells_apart(text: str) -> str:
    """Return text with the cells of table rows in lines of their own, as blocks of the page."""
    return text.replace(" | ", "\n")


def _new_headings(before: Sequence[str], path: Sequence[str]) -> list[str]:
    """Return the headings of a path that do not already stand above the text before it."""
    shared = next(
        (i for i, (a, b) in enumerate(zip(before, path, strict=False)) if a != b),
        min(len(before), len(path)),
    )
    return list(path[shared:])


def _texts_before(unit: Unit, passage: Passage) -> list[str]:
    """Return what stands in a passage before a unit and its lead-in, in order."""
    texts: list[str] = []
    for other in passage.units:
        if other.unit_id == unit.unit_id:
            break
        texts.append(_with_cells_apart(other.text))
    if unit.lead_in and texts and texts[-1].endswith(unit.lead_in):
        texts.pop()
    return texts

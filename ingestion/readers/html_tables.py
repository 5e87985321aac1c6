"""Tables of HTML: every cell under its own headings, also where cells span rows and columns."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from ingestion.document import Block, BlockKind
from ingestion.readers.html_text import text_of
from ingestion.readers.html_visibility import is_dropped

# The HTML standard allows 1,000 columns and 65,534 rows; nobody reads a table that wide, and a
# hostile page must not make a million cells of ten.
MAX_SPAN = 60
_ROWS = ("./tr", "./thead/tr", "./tbody/tr", "./tfoot/tr")
_Cell = tuple[str, bool]
"""Its text, and whether it is a heading."""


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only places things: what is in its cells is read as ordinary text."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iterdescendants("table", "h1", "h2", "h3", "h4"), None) is not None:
        return True
    return all(len(row.xpath("./th|./td")) <= 1 for row in table.iterdescendants("tr")) and (
        next(table.iterdescendants("th"), None) is None
    )


def table_block(table: HtmlElement) -> Block | None:
    """Return a table; None when it has no filled cell."""
    head, body = _grid(table)
    if not head:
        while len(body) > 1 and _is_heading(body[0], is_first=not head):
            head.append(body.pop(0))
    rows = tuple(tuple(text for text, _ in row) for row in (body or head))
    captions = [text_of(found) for found in table.iterchildren("caption")]
    if not rows:
        return None
    headers = _merged(head) if body else ()
    return Block(BlockKind.TABLE, "".join(captions[:1]), headers=headers, rows=rows)


def _grid(table: HtmlElement) -> tuple[list[list[_Cell]], list[list[_Cell]]]:
    """Return the rows of the head and of the body, spans filled in, empty rows left out."""
    head: list[list[_Cell]] = []
    body: list[list[_Cell]] = []
    below: dict[int, tuple[int, _Cell]] = {}
    rows = [row for row in table.xpath("|".join(_ROWS)) if not is_dropped(row)]
    width = max((sum(1 for _ in row.iterchildren("td", "th")) for row in rows), default=0)
    for row in rows:
        cells = list(_row(row, below, width))
        if any(text for text, _ in cells):
            (head if row.getparent().tag == "thead" else body).append(cells)
    return head, body


def _row(row: HtmlElement, below: dict[int, tuple[int, _Cell]], width: int) -> Iterator[_Cell]:
    """Yield a row's cells; `below` holds cells of earlier rows that reach into this one."""
    column = 0
    cells = [cell for cell in row.iterchildren("td", "th") if not is_dropped(cell)]
    for cell in cells:
        while column in below:
            yield _from_above(below, column)
            column += 1
        found = (text_of(cell), cell.tag == "th")
        # A cell across the whole table is a line of its own; repeating it would say it thrice.
        wide = 1 if len(cells) == 1 and width > 1 else _span(cell, "colspan")
        for _ in range(wide):
            if (rows := _span(cell, "rowspan")) > 1:
                below[column] = (rows - 1, found)
            yield found
            column += 1
    while column in below:
        yield _from_above(below, column)
        column += 1


def _from_above(below: dict[int, tuple[int, _Cell]], column: int) -> _Cell:
    left, cell = below.pop(column)
    if left > 1:
        below[column] = (left - 1, cell)
    return cell


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), MAX_SPAN)) if value.isascii() and value.isdigit() else 1


def _is_heading(row: list[_Cell], *, is_first: bool) -> bool:
    """Whether a row is one of headings: the first may have an empty corner or be a single cell."""
    filled = [is_heading for text, is_heading in row if text]
    if is_first:
        return all(filled) and (len(filled) > 1 or len(row) == 1)
    return len(row) > 1 and all(is_heading for _, is_heading in row)


def _merged(head: list[list[_Cell]]) -> tuple[str, ...]:
    """Return one heading a column: the headings above each other, each once."""
    width = max((len(row) for row in head), default=0)
    columns = (
        dict.fromkeys(row[n][0] for row in head if n < len(row) and row[n][0]) for n in range(width)
    )
    return tuple(" ".join(column) for column in columns)

"""Lines of a page in reading order, from words with places: columns, rows of tables, headings.

A PDF knows letters and places only. Every threshold here is our choice, made on leaflets and
letters of public bodies, and is stated where it is used.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00ad": ""}
)
MARKER = re.compile(r"(?:[•▪◦‣●○■–*·\uf0b7-]|\(?\d{1,2}[.)]|\(?[a-z][.)])(?:\s|$)")
# Gap between columns of text, in points; a blank of 11-point text is 3.
_GUTTER = 8
_COLUMN_ROWS = 4
_COLUMN_WORDS = 3.5  # On a line of a column; cells of a table hold fewer.
_TABLE_ROWS = 3
Word = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text.

    Attributes:
        text: Its words.
        page: From 1.
        size: Of most letters, in points.
        bold: Whether all of it is.
        top, bottom, left: In points from the page's top left corner.
        share: Height on the page, 0 at the top and 1 at the bottom.
    """

    text: str
    page: int
    size: float
    bold: bool
    top: float
    bottom: float
    left: float
    share: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        page: From 1.
        top: In points from the page's top.
        left, right: In points from the page's left edge.
        rows: Cells, spans filled in.
        headings: Rows of headings at the top; None when it cannot be told from lines.
    """

    page: int
    top: float
    left: float
    right: float
    rows: tuple[tuple[str, ...], ...]
    headings: int | None = None


Thing = Line | Grid


def in_reading_order(
    words: Sequence[Word], grids: Sequence[Grid], *, page: int, height: float
) -> list[Thing]:
    """Return lines and tables as people read them: a column to its end, then the next.

    Args:
        words: With `text`, `x0`, `x1`, `top`, `bottom`, `size` and `fontname`.
        grids: Tables that were found by their lines; their words are not among `words`.
        page: Its number.
        height: Of the page in points.
    """
    bands: list[list[Word]] = []
    for grid in sorted(grids, key=lambda g: g.top):
        bands.append([word for word in words if word["top"] < grid.top])
        words = [word for word in words if word["top"] >= grid.top]
    bands.append(list(words))
    things: list[Thing] = []
    for number, band in enumerate(bands):
        for column in _columns(band):
            things += _tables(list(_rows(column)), page, height)
        things += sorted(grids, key=lambda g: g.top)[number : number + 1]
    return things


def clean(text: str) -> str:
    """Return text without ligatures and soft hyphens, with single spaces."""
    # A bullet from a font without a table of letters comes as its number in the font.
    text = re.sub(r"^\(cid:\d+\)\s+", "• ", text)
    return " ".join(text.translate(_LIGATURES).split())


def _columns(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield words column by column; a line across all columns stands between them."""
    gutter = _gutter(words)
    if gutter is None:
        yield list(words)
        return
    band: list[Word] = []
    for row in _rows(words):
        if not _crosses(row, gutter):
            band += row
            continue
        yield from _sides(band, gutter)
        band = []
        yield row
    yield from _sides(band, gutter)


def _sides(band: Sequence[Word], gutter: float) -> Iterator[list[Word]]:
    for side in (
        [word for word in band if word["x1"] <= gutter],
        [word for word in band if word["x1"] > gutter],
    ):
        if side:
            yield from _columns(side)


def _gutter(words: Sequence[Word]) -> float | None:
    """Return where a page falls into columns of running text; None when it does not."""
    rows = list(_rows(words))
    if len(rows) < 2 * _COLUMN_ROWS and len(words) < 2 * _COLUMN_ROWS * _COLUMN_WORDS:
        return None
    left, right = min(w["x0"] for w in words), max(w["x1"] for w in words)
    covered = [0] * (int(right - left) + 2)
    for word in words:
        for x in range(int(word["x0"] - left), int(word["x1"] - left) + 1):
            covered[x] += 1
    # A title or a note may cross the gutter, but not most lines.
    free = [count <= 0.3 * len(rows) for count in covered]
    best, start = (0, 0), None
    fifth = len(free) // 5
    for x in range(fifth, len(free) - fifth + 1):
        if free[x]:
            start = x if start is None else start
            best = max(best, (x + 1 - start, start))
        else:
            start = None
    if best[0] < _GUTTER:
        return None
    gutter = left + best[1] + best[0] / 2
    return gutter if _is_between_columns(rows, gutter) else None


def _is_between_columns(rows: Sequence[Sequence[Word]], gutter: float) -> bool:
    """Whether running text stands on both sides, and begins at one place on the right."""
    apart = [row for row in rows if not _crosses(row, gutter)]
    lefts = [side for row in apart if (side := [w for w in row if w["x1"] <= gutter])]
    rights = [side for row in apart if (side := [w for w in row if w["x1"] > gutter])]
    if min(len(lefts), len(rights)) < _COLUMN_ROWS or len(apart) < len(rows) / 2:
        return False
    starts = Counter(round(side[0]["x0"] / 3) for side in rights)
    aligned = starts.most_common(1)[0][1] >= len(rights) / 2
    return aligned and all(
        sum(map(len, sides)) / len(sides) >= _COLUMN_WORDS for sides in (lefts, rights)
    )


def _crosses(row: Sequence[Word], gutter: float) -> bool:
    if any(word["x0"] < gutter < word["x1"] for word in row):
        return True
    left = max((word["x1"] for word in row if word["x1"] <= gutter), default=None)
    right = min((word["x0"] for word in row if word["x1"] > gutter), default=None)
    return left is not None and right is not None and right - left < _GUTTER - 2


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the words of each line, from left to right."""
    row: list[Word] = []
    for word in sorted(words, key=lambda w: (w["top"], w["x0"])):
        if row and abs(word["top"] - row[-1]["top"]) > max(2.0, word["size"] * 0.4):
            yield sorted(row, key=lambda w: w["x0"])
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda w: w["x0"])


def _tables(rows: Sequence[list[Word]], page: int, height: float) -> Iterator[Thing]:
    """Yield lines, and tables without ruled lines where cells stand below each other."""
    start = 0
    while start < len(rows):
        cells = [_cells(rows[start])]
        end = start + 1
        while len(cells[0]) > 1 and end < len(rows) and _is_aligned(cells[0], _cells(rows[end])):
            cells.append(_cells(rows[end]))
            end += 1
        if len(cells) < _TABLE_ROWS:
            yield _line(rows[start], page, height)
            start += 1
            continue
        texts = tuple(tuple(clean(" ".join(w["text"] for w in c)) for c in row) for row in cells)
        right = max(word["x1"] for row in rows[start:end] for word in row)
        yield Grid(page, rows[start][0]["top"], rows[start][0]["x0"], right, texts)
        start = end


def _cells(row: Sequence[Word]) -> list[list[Word]]:
    """Return the words between wide gaps; a bullet is no cell."""
    cells: list[list[Word]] = []
    for word in row:
        wide = cells and word["x0"] - cells[-1][-1]["x1"] > 1.5 * word["size"]
        if cells and (not wide or _is_marker(cells[-1])):
            cells[-1].append(word)
        else:
            cells.append([word])
    return cells


def _is_marker(cell: Sequence[Word]) -> bool:
    text = cell[0]["text"]
    return len(cell) == 1 and bool(MARKER.fullmatch(text) or text.startswith("(cid:"))


def _is_aligned(first: Sequence[Sequence[Word]], other: Sequence[Sequence[Word]]) -> bool:
    return len(first) == len(other) and all(
        abs(a[0]["x0"] - b[0]["x0"]) < 6 or abs(a[-1]["x1"] - b[-1]["x1"]) < 6
        for a, b in zip(first, other, strict=True)
    )


def _line(row: Sequence[Word], page: int, height: float) -> Line:
    sizes: Counter[float] = Counter()
    for word in row:
        sizes[round(word["size"], 1)] += len(word["text"])
    bold = all(re.search(r"bold|black|heavy", word["fontname"], re.IGNORECASE) for word in row)
    return Line(
        clean(" ".join(word["text"] for word in row)),
        page,
        sizes.most_common(1)[0][0],
        bold,
        row[0]["top"],
        max(word["bottom"] for word in row),
        row[0]["x0"],
        row[0]["top"] / height,
    )

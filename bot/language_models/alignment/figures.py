"""Rows, columns, clauses and limits: whether a figure belongs to what a sentence is about."""

import re
from collections.abc import Mapping

from bot.language_models.alignment.sentences import Pair, Said, shares
from guardrails.figures import Figure, figures_in, is_stated

_CLAUSE_END = re.compile(
    r",?\s+(?:and|but|while)\s+|[,;:|]\s+(?:or\s+)?|\s+or\s+(?=£?\d[\d.,]* (?!or\b))"
)
# What stands before a figure, and after it, by what it means.
_RELATIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("most", r"(?:at most|up to|no more than|not more than|maximum of|within)\s*$"),
        ("least", r"(?:at least|no less than|not less than|minimum of)\s*$"),
        ("over", r"(?:more than|over|above|exceeds?)\s*$"),
        ("under", r"(?:less than|under|below|fewer than)\s*$"),
        ("each", r"(?:every|each|per)\s*$"),
    )
)
_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("least", r"^[^.,;|]{0,20}?\bor (?:over|more|older|above)\b"),
        ("most", r"^[^.,;|]{0,20}?\bor (?:less|under|younger|below|fewer)\b"),
    )
)
_NUMBER = re.compile(r"£?\d[\d,.]*\d|£?\d")
_CLEARLY = 0.2
"""By how much more a clause must be in question than the one that holds the figure."""
_FULL = 1
"""Words of a clause that says what it is about."""


def other_row(pair: Pair) -> bool:
    """Whether a figure stands in a row that the sentence is less about than about another."""
    rows = [near for near in pair.source if near.is_row]
    labels = [Said(_label(row)) for row in rows]
    words = shares(pair.said, labels)
    about = {
        row: share + len(label.figures & pair.said.figures)
        for row, label, share in zip(rows, labels, words, strict=True)
    }
    prose = [near for near in pair.source if not near.is_row]
    in_prose = dict(zip(prose, shares(pair.said, prose), strict=True))
    return any(
        _is_elsewhere(figure, {**about, **_holding(figure, in_prose)})
        for figure in pair.said.figures
    )


def _holding(figure: Figure, about: Mapping[Said, float]) -> dict[Said, float]:
    return {text: share for text, share in about.items() if is_stated(figure, text.figures)}


def other_clause(pair: Pair) -> bool:
    """Whether a figure stands in a clause that the sentence is less about than about another.

    Clauses that leave out what the one before them says ("£140 with one") are not judged.
    """
    stated = [c for source in pair.source if not source.is_row for c in _clauses(source.text)]
    short = frozenset[Figure]().union(*(c.figures for c in stated if len(c.stems) < _FULL))
    full = [clause for clause in stated if len(clause.stems) >= _FULL]
    for said in _clauses(pair.said.text):
        about = dict(zip(full, shares(said, full), strict=True))
        judged = said.figures - short if len(said.stems) >= _FULL else ()
        if any(_is_elsewhere(figure, about, by=_CLEARLY) for figure in judged):
            return True
    return False


def _clauses(text: str) -> list[Said]:
    """Return the parts of a sentence that hold a figure, each with what leads up to it."""
    clauses: list[str] = []
    before = ""
    for part in _CLAUSE_END.split(text):
        before = f"{before} {part}"
        if figures_in(part):
            clauses.append(before)
            before = ""
    return [Said(clause) for clause in clauses]


def _is_elsewhere(figure: Figure, about: Mapping[Said, float], *, by: float = 0.0) -> bool:
    """Whether what holds a figure is less in question than something that does not."""
    own = [share for text, share in about.items() if is_stated(figure, text.figures)]
    others = [share for text, share in about.items() if not is_stated(figure, text.figures)]
    return bool(own and others) and max(own) + by < max(others)


def _label(row: Said) -> str:
    """Return what a row is about: its first cell and those without a figure, but no headings."""
    cells = [cell.rpartition(": ")[2] for cell in row.text.split(" | ")]
    return " ".join([cells[0], *(cell for cell in cells[1:] if not figures_in(cell))])


def other_column(pair: Pair) -> bool:
    """Whether a sentence names the heading of another cell than that of its only figure."""
    said = pair.said
    most = max((len(said.figures & row.figures) for row in pair.source if row.is_row), default=0)
    if most != 1:
        return False
    for row in (s for s in pair.source if s.is_row and said.figures & s.figures):
        cells = [cell for cell in map(_cell, row.text.split(" | ")) if cell[1]]
        for heading, figures in cells:
            others = frozenset[str]().union(*(h for h, _ in cells if h is not heading))
            named, other = (heading - others) & said.stems, (others - heading) & said.stems
            if figures & said.figures and other and not named:
                return True
    return False


def _cell(cell: str) -> tuple[frozenset[str], frozenset[Figure]]:
    heading, _, text = cell.rpartition(": ")
    return Said(heading).stems, figures_in(text)


def other_relation(pair: Pair) -> bool:
    """Whether a figure is a limit of another kind, or none of the source's "each"."""
    clauses = [Said(c) for near in pair.source for c in _CLAUSE_END.split(near.text)]
    together = [c for c in clauses if pair.said.figures and pair.said.figures <= c.figures]
    for number, kinds in _relations(pair.said.text).items():
        stated: set[str] = set()
        for clause in together or pair.source:
            stated |= _relations(clause.text).get(number, set())
        if kinds and stated and not kinds & stated:
            return True
        others = {n for c in pair.near for n, k in _relations(c.text).items() if "each" in k}
        if "each" in kinds and others and number not in others:
            return True
    return False


def _relations(text: str) -> dict[str, set[str]]:
    """Return what kinds of limit each figure of a text is, by the figure's digits."""
    found: dict[str, set[str]] = {}
    for number in _NUMBER.finditer(text):
        before, after = text[: number.start()], text[number.end() :]
        kinds = [kind for kind, pattern in _RELATIONS if pattern.search(before)][:1]
        kinds = kinds or [kind for kind, pattern in _AFTER if pattern.search(after)][:1]
        found.setdefault(number[0].strip("£,."), set()).update(kinds)
    return found

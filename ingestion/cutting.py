"""Cut documents into passages: sections merged when small, split between blocks when long."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from ingestion.document import Block, Document, Section
from ingestion.passage import Passage, Unit, UnitKind
from ingestion.units import units_of_block


@dataclass(frozen=True, slots=True)
class CuttingRules:
    """Sizes of passages, in words.

    Attributes:
        target: A passage is closed before the block that would take it past this. 130 words stay
            under the 256 tokens the bundled model reads.
        smallest: A piece shorter than this joins the one before it under the same heading, or
            else moves up: into its parent's piece, or with a small neighbour under their parent.
        revision: Raised whenever the cutting code changes what comes out.
    """

    target: int = 130
    smallest: int = 25
    revision: int = 3

    @property
    def digest(self) -> str:
        """Identifier of these rules, as recorded in the manifest."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


DEFAULT_RULES = CuttingRules()


@dataclass(frozen=True, slots=True)
class _Piece:
    section: Section
    units: tuple[Unit, ...]

    @property
    def words(self) -> int:
        return _words(self.units)


def cut(document: Document, *, model: str, rules: CuttingRules = DEFAULT_RULES) -> list[Passage]:
    """Return the passages of a document in reading order.

    Every unit of every block is in exactly one passage.

    Args:
        document: What to cut.
        model: Name of the embedding model; part of the digest.
        rules: Sizes.
    """
    pieces = [piece for section in document.sections for piece in _split(section, rules)]
    seen: dict[str, int] = {}
    passages = []
    for piece in _merge(pieces, rules):
        passages.append(_passage(document, piece, seen, model=model, rules=rules))
    return passages


def _split(section: Section, rules: CuttingRules) -> Iterator[_Piece]:
    units: list[Unit] = []
    size = ordinal = 0
    for block in section.blocks:
        for part in _fitting(block, rules):
            cut_units = units_of_block(part, ordinal)
            words = _words(cut_units)
            if units and size + words > rules.target:
                whole, introducing = _without_introduction(units)
                yield _Piece(section, whole)
                units, size, ordinal = list(introducing), _words(introducing), len(introducing)
                cut_units = units_of_block(part, ordinal)
            units += cut_units
            size += words
            ordinal += 1
    if units:
        yield _Piece(section, tuple(units))


def _without_introduction(units: Sequence[Unit]) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """Return units, and the last sentence apart when it introduces what follows: "You need:"."""
    *before, last = units
    if not before or last.kind is not UnitKind.SENTENCE or not last.text.endswith(":"):
        return tuple(units), ()
    return tuple(before), (replace(last, block=0),)


def _fitting(block: Block, rules: CuttingRules) -> Iterator[Block]:
    """Yield a block, or its parts when it alone is longer than two passages."""
    units = units_of_block(block, 0)
    if _words(units) <= 2 * rules.target or len(units) < 2:
        yield block
        return
    group: list[int] = []
    size = 0
    for position, unit in enumerate(units):
        words = len(unit.text.split())
        if group and size + words > rules.target:
            yield _part(block, units, group)
            group, size = [], 0
        group.append(position)
        size += words
    yield _part(block, units, group)


def _part(block: Block, units: Sequence[Unit], positions: Sequence[int]) -> Block:
    if block.items:
        return replace(block, items=tuple(block.items[i] for i in positions))
    if block.rows:
        return replace(block, rows=tuple(block.rows[i] for i in positions))
    return replace(block, text=" ".join(units[i].text for i in positions))


def _merge(pieces: Sequence[_Piece], rules: CuttingRules) -> list[_Piece]:
    merged: list[_Piece] = []
    for piece in pieces:
        place = _place_for_both(merged[-1], piece, rules) if merged else None
        if place is None:
            merged.append(piece)
        else:
            merged[-1] = _joined(merged[-1], piece, place)
    return merged


def _place_for_both(before: _Piece, piece: _Piece, rules: CuttingRules) -> Section | None:
    """Return the section that two pieces are joined under, or None when they stay apart."""
    mine, other = piece.section, before.section
    if piece.words >= rules.smallest or other.url != mine.url:
        return None
    if other.heading_path == mine.heading_path:
        return other
    parent = mine.heading_path[:-1]
    if not parent or before.words + piece.words > rules.target:
        return None
    if other.heading_path == parent:
        return other
    both_small = before.words < rules.smallest and other.heading_path[:-1] == parent
    return replace(other, heading_path=parent, anchor="", blocks=()) if both_small else None


def _joined(before: _Piece, piece: _Piece, place: Section) -> _Piece:
    shift = before.units[-1].block + 1
    moved = (replace(unit, block=unit.block + shift) for unit in piece.units)
    return _Piece(
        place,
        (
            *(_moved_up(unit, before.section, place) for unit in before.units),
            *(_moved_up(unit, piece.section, place) for unit in moved),
        ),
    )


def _moved_up(unit: Unit, section: Section, place: Section) -> Unit:
    under = section.heading_path[len(place.heading_path) :]
    if not under:
        return unit
    return replace(unit, under=(*under, *unit.under), anchor=unit.anchor or section.anchor)


def _passage(
    document: Document, piece: _Piece, seen: dict[str, int], *, model: str, rules: CuttingRules
) -> Passage:
    section = piece.section
    text = text_of(piece.units)
    identity = "\x1f".join([document.details.url, *section.heading_path, text])
    key = hashlib.sha256(identity.encode()).hexdigest()[:20]
    seen[key] = seen.get(key, -1) + 1
    passage_id = f"{key}-{seen[key]}" if seen[key] else key
    content = "\x1f".join([*section.heading_path, "", text, model, rules.digest])
    return Passage(
        passage_id=passage_id,
        page=document.details,
        url=section.url or document.details.url,
        anchor=section.anchor,
        heading_path=section.heading_path,
        text=text,
        units=tuple(
            replace(unit, unit_id=f"{passage_id}.{number}")
            for number, unit in enumerate(piece.units)
        ),
        digest=hashlib.sha256(content.encode()).hexdigest(),
    )


def text_of(units: Sequence[Unit]) -> str:
    """Return the plain text of units as it stands on the page, a line for each block or item.

    Headings below the passage's own get a line. A lead-in is written once, and not again when the
    paragraph before the list already holds it.
    """
    lines: list[str] = []
    before: Unit | None = None
    for unit in units:
        opens = before is None or before.block != unit.block
        if unit.under and (before is None or before.under != unit.under):
            lines.append(unit.under[-1])
        if opens and unit.lead_in and not (lines and lines[-1].endswith(unit.lead_in)):
            lines.append(unit.lead_in)
        if unit.kind is UnitKind.SENTENCE and not opens:
            lines[-1] = f"{lines[-1]} {unit.text}"
        else:
            lines.append(unit.text)
        before = unit
    return "\n".join(lines)


def _words(units: Sequence[Unit]) -> int:
    return sum(len(unit.text.split()) for unit in units)

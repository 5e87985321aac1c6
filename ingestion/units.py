"""Cut blocks into evidence units: sentences, list items, steps and table rows."""

from collections.abc import Sequence

from ingestion.document import Block, BlockKind
from ingestion.passage import Unit, UnitKind
from ingestion.sentences import split_sentences


def units_of_block(block: Block, ordinal: int) -> list[Unit]:
    """Return the units of a block, with ids still empty.

    Args:
        block: What to cut.
        ordinal: Position of the block inside its passage.
    """
    match block.kind:
        case BlockKind.PARAGRAPH:
            return [
                Unit("", UnitKind.SENTENCE, sentence, block=ordinal)
                for sentence in split_sentences(block.text)
            ]
        case BlockKind.LIST | BlockKind.STEPS:
            kind = UnitKind.LIST_ITEM if block.kind is BlockKind.LIST else UnitKind.STEP
            return [Unit("", kind, item, lead_in=block.text, block=ordinal) for item in block.items]
        case BlockKind.TABLE:
            return [_row(block, cells, ordinal) for cells in block.rows]


def _row(block: Block, cells: Sequence[str], ordinal: int) -> Unit:
    return Unit(
        "",
        UnitKind.TABLE_ROW,
        " | ".join(cells),
        lead_in=block.text,
        block=ordinal,
        headers=block.headers,
        cells=tuple(cells),
    )

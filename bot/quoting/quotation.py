"""What is quoted from one passage."""

from dataclasses import dataclass

from ingestion.passage import Passage, Unit, UnitKind


@dataclass(frozen=True, slots=True)
class Quotation:
    """Runs of units of one passage, in reading order.

    Attributes:
        passage: The passage quoted.
        page: Row of its page in the index.
        pieces: What is quoted, each piece of one block of the passage; never empty.
        best: The unit it was chosen for.
        relevance: Relevance compared with the best quotation of the answer, in (0, 1].
        left_out: How many items or rows of its list or table are not shown.
        disagrees: Whether another quotation of the answer gives another figure for the same.
    """

    passage: Passage
    page: int
    pieces: tuple[tuple[Unit, ...], ...]
    best: Unit
    relevance: float
    left_out: int = 0
    disagrees: bool = False

    @property
    def units(self) -> tuple[Unit, ...]:
        """Everything quoted, in reading order."""
        return tuple(unit for piece in self.pieces for unit in piece)

    @property
    def shown_blocks(self) -> tuple[tuple[Unit, ...], ...]:
        """What each block shows: sentences, or a list or table with the sentences before it."""
        shown: list[tuple[Unit, ...]] = []
        for piece in self.pieces:
            if shown and shown[-1][-1].kind is UnitKind.SENTENCE:
                shown[-1] += piece
            else:
                shown.append(piece)
        return tuple(shown)

    @property
    def text(self) -> str:
        """Everything quoted, as one line."""
        return " ".join(unit.text for unit in self.units)

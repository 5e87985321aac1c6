"""Passages, the unit of retrieval, and evidence units, the unit of quotation."""

from dataclasses import dataclass
from enum import StrEnum

from ingestion.document import PageDetails


class UnitKind(StrEnum):
    """What a quotation is on the page."""

    SENTENCE = "sentence"
    LIST_ITEM = "list_item"
    STEP = "step"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest text that may be quoted as an answer.

    Attributes:
        unit_id: `<passage_id>.<ordinal>`; stable while the passage's text stays the same.
        kind: What it is on the page.
        text: Verbatim text as it stands on the page; a table row's cells joined with ` | `.
        lead_in: The sentence that introduces the list, or the table's caption; may be empty.
        block: Ordinal of the paragraph, list or table inside the passage; units that share it
            belong together.
        headers: Column headings of a table row; empty otherwise.
        cells: Cell texts of a table row; empty otherwise.
        under: Headings between the passage's and this unit, when its section was too small to
            be a passage; usually empty.
        anchor: Id of the last of them on the page; empty when `under` is, or it has none.
    """

    unit_id: str
    kind: UnitKind
    text: str
    lead_in: str = ""
    block: int = 0
    headers: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One heading-sized piece of a published page, with sections too small to stand alone.

    Attributes:
        passage_id: Derived from page address, heading path, part number and text.
        page: The page it stands on.
        url: Address of the page part, without a fragment.
        anchor: Id of the heading on the page; empty when it has none.
        heading_path: Headings from the page title down to this passage.
        text: Plain text of all units in reading order.
        units: What may be quoted from it, in reading order; never empty.
        digest: SHA-256 of text, heading path, embedding model and cutting rules; passages with
            an unchanged digest keep their vectors.
    """

    passage_id: str
    page: PageDetails
    url: str
    anchor: str
    heading_path: tuple[str, ...]
    text: str
    units: tuple[Unit, ...]
    digest: str

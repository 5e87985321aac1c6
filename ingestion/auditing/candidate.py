"""What the checks look at: a version that was built and is not live yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingestion.changes import Changes
from ingestion.document import Failed
from ingestion.manifest import Manifest
from ingestion.opened_index import OpenedIndex
from ingestion.page_record import PageRecord


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version before it is published.

    Attributes:
        index: The version, open.
        records: Its pages as read, by address.
        live: Manifest of the published version; None when nothing is published.
        pages: Its pages compared with those of the version before.
        failed: Pages that keep their last good text because they could not be read.
        today: The date by which text must be valid.
    """

    index: OpenedIndex
    records: Mapping[str, PageRecord]
    live: Manifest | None
    pages: Changes
    failed: Sequence[Failed]
    today: date

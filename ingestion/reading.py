"""Read every source, and keep the last good text of what cannot be read now."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingestion.document import Document, Failed, Kept, Skipped, Withdrawn
from ingestion.errors import SourceUnavailableError
from ingestion.manifest import SourceRecord
from ingestion.page_record import PageRecord
from ingestion.source import Found, Source

Report = Callable[[str, int, int], None]
Before = dict[tuple[str, str], list[PageRecord]]


@dataclass(slots=True)
class Reading:
    """What the sources hold.

    Attributes:
        records: Pages by address.
        skipped: What was found and is not indexed.
        failed: What could not be read; its last good text is in `records` when there was one.
        sources: A line for each source, for the manifest.
        withdrawn: Pages that no source may bring back, by address.
    """

    records: dict[str, PageRecord] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    sources: list[SourceRecord] = field(default_factory=list)
    withdrawn: dict[str, Withdrawn] = field(default_factory=dict)

    def add(self, record: PageRecord) -> None:
        """Add a page; of two pages with one address the first wins."""
        url = record.document.details.url
        if url in self.withdrawn:
            self.skipped.append(Skipped(record.document.origin, self.withdrawn[url].reason))
            return
        first = self.records.get(url)
        if first is None:
            self.records[url] = record
            return
        where = first.document.origin
        reason = f"The same address as {where!r}, which was read before."
        self.skipped.append(Skipped(record.document.origin, reason))

    def withdraw(self, found: Withdrawn) -> None:
        """Take a page out, also when a source that was read before brought it."""
        self.withdrawn[found.origin] = found
        self.records.pop(found.origin, None)
        self.skipped.append(Skipped(found.origin, found.reason))


def read_sources(
    sources: Sequence[Source],
    before: Iterable[PageRecord],
    *,
    settings: Mapping[str, str],
    report: Report,
) -> Reading:
    """Read sources in order.

    Args:
        sources: Where guidance is published.
        before: Pages of the version to compare with.
        settings: For each source of that version the digest of its settings. A source that is
            not there, or has others now, is asked for every page, even those that are the same.
        report: Called with stage, done and total.

    Raises:
        SourceNotFoundError: A source does not exist.
    """
    known: Before = {}
    for record in before:
        known.setdefault(record.key, []).append(record)
    reading = Reading()
    for source in sources:
        pages, skipped = len(reading.records), len(reading.skipped)
        again = settings.get(source.location) != source.settings_digest
        _read(source, known, reading, again=again, report=report)
        reading.sources.append(
            SourceRecord(
                location=source.location,
                pages=len(reading.records) - pages,
                skipped=len(reading.skipped) - skipped,
                settings=source.settings_digest,
            )
        )
    return reading


def _read(source: Source, known: Before, reading: Reading, *, again: bool, report: Report) -> None:
    mine = {origin: rows for (place, origin), rows in known.items() if place == source.location}
    fetched = {} if again else {origin: rows[0].document.fetch for origin, rows in mine.items()}
    seen: set[str] = set()
    try:
        for found in source.read(fetched):
            seen.add(found.origin)
            _take(found, source.location, mine, reading)
            report("reading", len(reading.records) + len(reading.skipped), 0)
    except SourceUnavailableError as error:
        reading.failed.append(Failed(source.location, error.reason))
        for origin in sorted(mine.keys() - seen):
            for record in mine[origin]:
                reading.add(record)


def _take(found: Found, location: str, mine: dict[str, list[PageRecord]], reading: Reading) -> None:
    match found:
        case Document():
            reading.add(PageRecord(location, found))
        case Skipped():
            reading.skipped.append(found)
        case Withdrawn():
            reading.withdraw(found)
        case Failed() | Kept():
            if isinstance(found, Failed):
                reading.failed.append(found)
            for record in mine.get(found.origin, ()):
                reading.add(record)

"""Pages that a content management system sent itself, and pages that it withdrew."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ingestion.document import Document, Fetch, Skipped, Withdrawn
from ingestion.events import EventKind, EventLog, GuidanceEvent
from ingestion.readers.html import read_html
from ingestion.source import Found


class Events:
    """The log of events as a source; it comes before all others, because it is the newest."""

    location = "events"
    settings_digest = ""

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def read(self, earlier: Mapping[str, Fetch]) -> Iterator[Found]:
        """Yield the last state of every page that was sent or withdrawn."""
        for url, event in sorted(self._log.latest().items()):
            if event.kind is EventKind.WITHDRAW:
                when = f"{event.occurred_at:%-d %B %Y}"
                yield Withdrawn(url, f"The page was withdrawn by its publisher on {when}.")
            elif event.html:
                yield _page(event)


def _page(event: GuidanceEvent) -> Document | Skipped:
    read = read_html(event.html, origin=event.url, fallback_url=event.url)
    if isinstance(read, Skipped):
        return read
    details = replace(
        read.details,
        # The address that was sent counts: a template may carry the canonical link of another page.
        url=event.url,
        title=event.title or read.details.title,
        publisher=event.publisher or read.details.publisher,
        updated_at=event.occurred_at.date(),
    )
    return replace(read, details=details, fetch=Fetch(fetched_at=event.occurred_at))

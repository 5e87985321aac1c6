"""Pages whose text is past its date or not right yet, and pages that could not be read."""

from collections.abc import Iterator

from ingestion.auditing.candidate import Candidate
from ingestion.auditing.findings import Finding, warns


def check(candidate: Candidate) -> Iterator[Finding]:
    """Name pages outside their dates; answers say so, but the text should be replaced."""
    for page in candidate.index.pages:
        if page.valid_to is not None and page.valid_to < candidate.today:
            text = f"The text was right until {page.valid_to:%-d %B %Y}; replace or withdraw it."
            yield warns("expired", page.url, text)
        if page.valid_from is not None and page.valid_from > candidate.today:
            text = f"The text is right from {page.valid_from:%-d %B %Y} only."
            yield warns("not_yet_valid", page.url, text)


def check_read(candidate: Candidate) -> Iterator[Finding]:
    """Name pages that keep their last good text, and what the readers remarked."""
    for failed in candidate.failed:
        yield warns("not_read", failed.origin, f"Keeps its last good text: {failed.reason}")
    for url, record in candidate.records.items():
        for remark in record.document.remarks:
            yield warns("reading", url, remark)

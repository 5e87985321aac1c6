"""Links between pages of the index that lead nowhere."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from ingestion.auditing.candidate import Candidate
from ingestion.auditing.findings import Finding, warns


def check(candidate: Candidate) -> Iterator[Finding]:
    """Name links to pages that this build removes, and links to parts of a page that it lacks.

    A link to a page that was never indexed is no mistake: an index is a part of a site.
    """
    gone = {_plain(url) for url in candidate.pages.removed}
    gone |= {_plain(old) for old, _ in candidate.pages.moved}
    if not gone:
        return
    for url, record in candidate.records.items():
        for link in record.document.links:
            if _plain(urljoin(url, link)) in gone:
                yield warns("links", url, f"Links to {link}, which this version no longer has.")


def _plain(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}"

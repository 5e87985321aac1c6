"""A website, read by its sitemap."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from ingestion.document import Document, Failed, Fetch, Kept, Skipped
from ingestion.errors import (
    AddressRefusedError,
    FetchFailedError,
    RobotsDisallowError,
    SourceUnavailableError,
)
from ingestion.source import Found
from ingestion.sources.fetching import Fetcher, Response
from ingestion.sources.pacing import in_order
from ingestion.sources.robots import Robots
from ingestion.sources.sitemap_xml import Entry, read_sitemap
from ingestion.sources.source_settings import SourceSettings
from ingestion.sources.unpacking import GZIP_START, TooLargeError, unpacked
from ingestion.sources.web_pages import asks_not_to_be_indexed, meaning_of, read_response

# https://www.sitemaps.org/protocol.html: 50 MB unpacked; an index lists sitemaps, not indexes, but
# some sites nest them once more.
MAX_SITEMAP_BYTES = 52_428_800
MAX_SITEMAPS = 500
MAX_SITEMAP_DEPTH = 3
# Some sites never change `lastmod`; a page is asked for (conditionally) after this all the same.
TRUST_LASTMOD_FOR = timedelta(days=7)


@dataclass(slots=True)
class _Listing:
    """What the sitemaps of a site list.

    Attributes:
        pages: By address, in the form to send.
        skipped: What they list in vain.
        missing: Why the list is incomplete; empty when it is complete.
    """

    pages: dict[str, Entry] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    missing: str = ""


class SitemapSource:
    """A website that lists its pages in a sitemap."""

    def __init__(
        self,
        address: str,
        fetcher: Fetcher,
        *,
        location: str = "",
        settings: SourceSettings | None = None,
    ) -> None:
        self._address = address
        self._location = location or f"sitemap:{address}"
        self._settings = settings or SourceSettings()
        self._fetcher = fetcher
        self._robots = Robots(fetcher)

    @property
    def location(self) -> str:
        """Name or address as given to the build."""
        return self._location

    @property
    def settings_digest(self) -> str:
        """Changes when what the owner says of the pages does; kept copies are out of date then."""
        return self._settings.digest

    def read(self, earlier: Mapping[str, Fetch]) -> Iterator[Found]:
        """Yield every page, in the order of the addresses.

        Raises:
            SourceUnavailableError: The sitemap cannot be read.
            AddressRefusedError: The sitemap lies in a private network.
        """
        listing = self._list()
        yield from listing.skipped
        pages = sorted(listing.pages)

        def read_one(url: str) -> list[Found]:
            return self._page(url, listing.pages, earlier.get(url))

        for found in in_order(read_one, pages, workers=self._fetcher.limits.concurrency):
            yield from found
        if listing.missing:
            reason = f"The site's list of pages is incomplete: {listing.missing}."
            unlisted = sorted(url for url in set(earlier) - set(pages) if self._settings.takes(url))
            yield from (Failed(url, reason) for url in unlisted)

    def _list(self) -> _Listing:
        listing = _Listing()
        waiting = deque([(self._fetcher.checked(self._address), 1)])
        asked: set[str] = set()
        while waiting:
            address, depth = waiting.popleft()
            if address in asked:
                continue
            asked.add(address)
            if len(asked) > MAX_SITEMAPS:
                listing.missing = f"it has more than {MAX_SITEMAPS} sitemaps"
                break
            try:
                found = read_sitemap(self._sitemap(address))
            except (FetchFailedError, ValueError) as error:
                self._note_failure(listing, address, error, is_first=len(asked) == 1)
                continue
            self._add(listing, found.pages)
            if found.sitemaps and depth >= MAX_SITEMAP_DEPTH:
                listing.missing = f"its sitemaps are nested more than {MAX_SITEMAP_DEPTH} deep"
            else:
                inside = self._on_site(listing, found.sitemaps)
                waiting.extend((url, depth + 1) for url, _ in inside)
        return listing

    def _note_failure(
        self, listing: _Listing, address: str, error: Exception, *, is_first: bool
    ) -> None:
        reason = error.reason if isinstance(error, FetchFailedError) else str(error)
        if is_first:
            raise SourceUnavailableError(self._location, reason=reason) from error
        listing.missing = f"{address}: {reason}"

    def _sitemap(self, address: str) -> bytes:
        answer = self._fetcher.get(address, accept="application/xml,text/xml,*/*;q=0.5")
        if answer.status != 200:
            raise FetchFailedError(address, reason=f"the server answered {answer.status}")
        if not answer.content.startswith(GZIP_START):
            return answer.content
        try:
            return unpacked(answer.content, max_bytes=MAX_SITEMAP_BYTES)
        except TooLargeError as error:
            reason = f"it holds more than {MAX_SITEMAP_BYTES} bytes"
            raise FetchFailedError(address, reason=reason) from error

    def _add(self, listing: _Listing, entries: Iterable[Entry]) -> None:
        for url, entry in self._on_site(listing, entries):
            if self._settings.takes(url):
                listing.pages[url] = entry
        if len(listing.pages) > self._settings.max_pages:
            reason = f"it lists more than {self._settings.max_pages} pages; see `max_pages`"
            raise SourceUnavailableError(self._location, reason=reason)

    def _on_site(self, listing: _Listing, entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
        home = _site_of(self._fetcher.checked(self._address))
        for entry in entries:
            try:
                url = self._fetcher.checked(entry.address)
            except AddressRefusedError as error:
                listing.skipped.append(Skipped(entry.address, f"Not asked: {error.reason}."))
                continue
            if _site_of(url) == home:
                yield url, entry
            else:
                listing.skipped.append(Skipped(url, "It is on another site than the sitemap."))

    def _page(self, url: str, listed: Mapping[str, Entry], earlier: Fetch | None) -> list[Found]:
        if earlier and _is_unchanged(listed[url], earlier, now=self._fetcher.now()):
            return [Kept(url)]
        answer = self._answer(url, earlier)
        if not isinstance(answer, Response):
            return [answer]
        reason = self._reason_against(url, answer, listed)
        if reason:
            return [Skipped(url, reason)]
        if earlier and earlier.sha256 == answer.fetch.sha256:
            return [Kept(url)]
        return [
            self._settings.describe(found)
            if isinstance(found, Document)
            else _not_read(found, known=earlier is not None)
            for found in read_response(answer, origin=url)
        ]

    def _answer(self, url: str, earlier: Fetch | None) -> Response | Found:
        """Ask for a page; return the answer when it holds text, else what that means."""
        try:
            answer = self._fetcher.get(
                url, earlier=earlier, accept="text/html,*/*;q=0.5", permit=self._robots.permit
            )
        except RobotsDisallowError:
            return Skipped(url, "The site's robots.txt asks programs not to read it.")
        except AddressRefusedError as error:
            return Skipped(url, f"Not asked: {error.reason}.")
        except FetchFailedError as error:
            return Failed(url, f"It could not be read: {error.reason}.")
        if answer.status == 200:
            return answer
        if answer.status == 304 and earlier:
            return Kept(url)
        return meaning_of(url, answer.status)

    def _reason_against(self, url: str, answer: Response, listed: Mapping[str, Entry]) -> str:
        if asks_not_to_be_indexed(answer):
            return "The page asks not to be indexed (noindex)."
        if answer.url == url:
            return ""
        if answer.url in listed:
            return f"It redirects to {answer.url}, which is read by itself."
        if _site_of(answer.url) != _site_of(url):
            return f"It redirects to another site, {answer.url}."
        if not self._settings.takes(answer.url):
            return f"It redirects to {answer.url}, which is left out."
        return ""


def _site_of(url: str) -> str:
    """Return host and port; `www.` is the same site, and sitemaps often name the other form."""
    return urlsplit(url).netloc.removeprefix("www.")


def _not_read(found: Skipped, *, known: bool) -> Found:
    """A page that was read before and suddenly has no text is broken, not removed."""
    return Failed(found.origin, found.reason) if known else found


def _is_unchanged(entry: Entry, earlier: Fetch, *, now: datetime) -> bool:
    """Whether the sitemap says that the page is older than our copy, and our copy is fresh."""
    if entry.changed_at is None or earlier.fetched_at is None:
        return False
    return entry.changed_at < earlier.fetched_at and now - earlier.fetched_at < TRUST_LASTMOD_FOR

"""What a site asks programs not to read (RFC 9309).

Protego rather than the standard library's parser: that one knows no `*` and `$` in paths and takes
the first rule that fits, where RFC 9309 (2.2.2) takes the longest.
"""

from threading import Lock
from urllib.parse import urlsplit

from protego import Protego

from ingestion.errors import AddressRefusedError, FetchFailedError, RobotsDisallowError
from ingestion.sources.fetching import AGENT, Fetcher

# A site that asks for more would need days for a few hundred pages; it is read this slowly.
MAX_CRAWL_DELAY_SECONDS = 30.0
MAX_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB are read, the rest may be ignored.


class Robots:
    """Reads each site's robots.txt once and keeps to it."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, Protego | FetchFailedError] = {}
        self._lock = Lock()

    def permit(self, url: str) -> None:
        """Return when an address may be read.

        Raises:
            RobotsDisallowError: The site asks not to.
            FetchFailedError: The site's robots.txt cannot be read, which forbids everything until
                it can (RFC 9309, 2.3.1.4).
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            if site not in self._rules:
                self._rules[site] = self._read(site)
            rules = self._rules[site]
        if isinstance(rules, FetchFailedError):
            raise FetchFailedError(url, reason=f"the site's robots.txt: {rules.reason}")
        if not rules.can_fetch(url, AGENT):
            raise RobotsDisallowError(url)

    def _read(self, site: str) -> "Protego | FetchFailedError":
        try:
            answer = self._fetcher.get(f"{site}/robots.txt", accept="text/plain")
        except FetchFailedError as error:
            return error
        except AddressRefusedError:
            # No rules: the page itself is refused for the same reason, if that reason is the host.
            return Protego.parse("")
        if answer.status == 429 or answer.status >= 500:
            reason = f"the server answered {answer.status}"
            return FetchFailedError(f"{site}/robots.txt", reason=reason)
        text = answer.content[:MAX_BYTES].decode("utf-8", "replace") if answer.status == 200 else ""
        rules = Protego.parse(text)
        delay = rules.crawl_delay(AGENT)
        if delay:
            host = urlsplit(site).hostname or ""
            self._fetcher.turns.slow_down(host, min(float(delay), MAX_CRAWL_DELAY_SECONDS))
        return rules

"""Fetch one address, politely and within limits. Nothing else in the room uses the network."""

import hashlib
import ssl
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpcore

from ingestion.document import Fetch
from ingestion.errors import FetchFailedError
from ingestion.sources.addresses import AddressRules
from ingestion.sources.guarded_network import GuardedBackend
from ingestion.sources.pacing import HostTurns
from ingestion.sources.unpacking import TooLargeError, joined, unpacked

AGENT = "citizen-enquiry-bot"
Permit = Callable[[str], None]
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((429, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much of a server's time and of our memory one page may take.

    Attributes:
        max_bytes: Of one page, packed and unpacked.
        total_seconds: From the first byte sent to the last received, for one attempt.
        step_seconds: For connecting, and for a server that has gone silent.
        max_redirects: Followed for one page.
        attempts: For a server that is busy or silent.
        max_wait_seconds: Longest `Retry-After` that is waited for.
        delay_seconds: Between two requests to one host.
        concurrency: Requests under way at once.
    """

    max_bytes: int = 20_000_000
    total_seconds: float = 60.0
    step_seconds: float = 15.0
    max_redirects: int = 5
    attempts: int = 3
    max_wait_seconds: float = 120.0
    delay_seconds: float = 0.5
    concurrency: int = 4


@dataclass(frozen=True, slots=True)
class Clocks:
    """Time, so that tests need not wait.

    Attributes:
        now: UTC.
        monotonic: Seconds that never go back.
        sleep: Waits for seconds.
    """

    now: Callable[[], datetime] = lambda: datetime.now(tz=UTC)
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered.

    Attributes:
        url: Address that answered, after redirects.
        status: HTTP status.
        headers: By lower-case name; the last of several.
        content: Unpacked bytes.
        fetched_at: UTC.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    fetched_at: datetime | None = None

    @property
    def fetch(self) -> Fetch:
        """What to remember of this copy."""
        return Fetch(
            fetched_at=self.fetched_at,
            etag=self.headers.get("etag", ""),
            last_modified=self.headers.get("last-modified", ""),
            sha256=hashlib.sha256(self.content).hexdigest(),
        )


def _anything(_url: str) -> None:
    """Permit every address."""


class Fetcher:
    """Asks servers for pages; safe to use from several threads."""

    def __init__(
        self,
        rules: AddressRules,
        limits: FetchLimits | None = None,
        *,
        contact: str = "",
        clocks: Clocks | None = None,
    ) -> None:
        self.limits = limits or FetchLimits()
        self._clocks = clocks or Clocks()
        self._rules = rules
        self._agent = f"{AGENT}/0.1 (+{contact})" if contact else f"{AGENT}/0.1"
        self.turns = HostTurns(
            self.limits.delay_seconds, clock=self._clocks.monotonic, sleep=self._clocks.sleep
        )
        self._backend = GuardedBackend(rules)
        self._pool = httpcore.ConnectionPool(
            _trust(), max_connections=self.limits.concurrency, network_backend=self._backend
        )
        # Sources share a fetcher and none can tell that it is the last: it closes with itself.
        weakref.finalize(self, self._pool.close)

    def get(
        self,
        url: str,
        *,
        earlier: Fetch | None = None,
        accept: str = "*/*",
        permit: Permit = _anything,
    ) -> Response:
        """Return the answer for an address, redirects followed.

        Args:
            url: Address.
            earlier: The copy we have; an unchanged page is answered with status 304.
            accept: Media types wanted.
            permit: Called with every address before it is asked; raises to stop.

        Raises:
            AddressRefusedError: The address, or one it redirects to, must not be asked.
            FetchFailedError: No usable answer: silence, damage, too many bytes or redirects.
        """
        headers = {"User-Agent": self._agent, "Accept": accept, "Accept-Encoding": "gzip"}
        if earlier is not None and earlier.etag:
            headers["If-None-Match"] = earlier.etag
        if earlier is not None and earlier.last_modified:
            headers["If-Modified-Since"] = earlier.last_modified
        asked: list[str] = []
        current = self._rules.checked(url)
        while current not in asked and len(asked) <= self.limits.max_redirects:
            permit(current)
            asked.append(current)
            response = self._patiently(current, headers)
            target = response.headers.get("location", "")
            if response.status not in _REDIRECTS or not target:
                return response
            current = self._next(current, target)
        if current in asked:
            raise FetchFailedError(url, reason=f"it redirects in a circle, back to {current!r}")
        raise FetchFailedError(
            url, reason=f"it redirects more than {self.limits.max_redirects} times"
        )

    def checked(self, url: str) -> str:
        """Return an address in the form to send.

        Raises:
            AddressRefusedError: Its form alone forbids it.
        """
        return self._rules.checked(url)

    def now(self) -> datetime:
        """UTC."""
        return self._clocks.now()

    def _next(self, current: str, target: str) -> str:
        following = self._rules.checked(urljoin(current, _as_written(target)))
        if current.startswith("https:") and following.startswith("http:"):
            raise FetchFailedError(current, reason=f"it redirects to {following!r}, unencrypted")
        return following

    def _patiently(self, url: str, headers: Mapping[str, str]) -> Response:
        pause = 1.0
        for _ in range(self.limits.attempts - 1):
            wait = pause
            try:
                response = self._once(url, headers)
            except FetchFailedError as error:
                if not error.temporary:
                    raise
            else:
                if response.status not in _BUSY:
                    return response
                wait = self._wait_asked_for(response, pause)
                if wait > self.limits.max_wait_seconds:
                    return response
            self.turns.hold(urlsplit(url).hostname or "", wait)
            pause *= 2
        return self._once(url, headers)

    def _wait_asked_for(self, response: Response, otherwise: float) -> float:
        """Return `Retry-After` in seconds; it is a number or a date (RFC 9110, 10.2.3)."""
        stated = response.headers.get("retry-after", "").strip()
        if stated.isdigit():
            return max(float(stated), otherwise)
        try:
            until = parsedate_to_datetime(stated)
        except ValueError:
            return otherwise
        if until.tzinfo is None:
            until = until.replace(tzinfo=UTC)
        return max((until - self._clocks.now()).total_seconds(), otherwise)

    def _once(self, url: str, headers: Mapping[str, str]) -> Response:
        parts = urlsplit(url)
        self.turns.wait(parts.hostname or "")
        limits = self.limits
        step = dict.fromkeys(("connect", "read", "write"), limits.step_seconds)
        self._backend.deadline.start(limits.total_seconds, time.monotonic)
        with (
            _named_failures(url, limits),
            self._pool.stream(
                "GET",
                url,
                headers=_as_bytes({"Host": parts.netloc, **headers}),
                extensions={"timeout": step},
            ) as answer,
        ):
            found = {
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in answer.headers
            }
            length = found.get("content-length", "")
            if length.isdigit() and int(length) > limits.max_bytes:
                raise TooLargeError
            content = joined(answer.iter_stream(), max_bytes=limits.max_bytes)
            content = _decoded(content, found.get("content-encoding", ""), limits.max_bytes)
        return Response(url, answer.status, found, content, self._clocks.now())


def _as_bytes(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Return headers as they are sent; an ETag goes back with the very bytes it came in."""
    return [(k.encode("latin-1"), v.encode("latin-1", "replace")) for k, v in headers.items()]


def _as_written(target: str) -> str:
    """Return a redirect's target; many servers send UTF-8 where only ASCII is allowed."""
    try:
        return target.encode("latin-1").decode("utf-8")
    except ValueError:
        return target


def _decoded(content: bytes, encoding: str, max_bytes: int) -> bytes:
    coding = encoding.strip().lower()
    if not content or coding in ("", "identity"):
        return content
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"it is packed with {coding!r}, which was not asked for")
    return unpacked(content, max_bytes=max_bytes)


@contextmanager
def _named_failures(url: str, limits: FetchLimits) -> Iterator[None]:
    """Turn each way a request can fail into one sentence."""
    try:
        yield
    except httpcore.TimeoutException as error:
        reason = f"it did not answer in time ({limits.total_seconds:g} seconds at most)"
        raise FetchFailedError(url, reason=reason, temporary=True) from error
    except httpcore.NetworkError as error:
        # httpcore drops the cause, not the context.
        if isinstance(error.__context__, ssl.SSLError):
            raise FetchFailedError(url, reason="its certificate cannot be trusted") from error
        reason = "no connection, or it broke off"
        raise FetchFailedError(url, reason=reason, temporary=True) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        reason = "the answer is not valid HTTP or is cut off"
        raise FetchFailedError(url, reason=reason, temporary=True) from error
    except TooLargeError as error:
        reason = f"it is larger than {limits.max_bytes} bytes"
        raise FetchFailedError(url, reason=reason) from error
    except ValueError as error:
        raise FetchFailedError(url, reason=str(error)) from error


def _trust() -> ssl.SSLContext:
    """Trust the public authorities and those this machine was told to trust."""
    context = httpcore.default_ssl_context()
    context.load_default_certs()
    return context

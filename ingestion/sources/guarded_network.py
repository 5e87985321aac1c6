"""Connections that go only where the rules allow, and that never outlive their time.

This module and `fetching` are the only homes of httpcore, the engine below httpx. httpx itself is
not used: it has no way to connect to a checked address while keeping the name for `Host`, for TLS
and for its pool of connections, and its time limits start again with every byte received.
"""

import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from ingestion.sources.addresses import AddressRules

Clock = Callable[[], float]


class Deadline(threading.local):
    """When the request of this thread has to be over; a pool runs a request in its own thread."""

    at: float | None = None

    def start(self, seconds: float, clock: Clock) -> None:
        """Begin the time of a new request."""
        self.at = clock() + seconds

    def left(self, timeout: float | None, clock: Clock) -> float | None:
        """Return the time an operation may take.

        Raises:
            ReadTimeout: There is none left.
        """
        if self.at is None:
            return timeout
        seconds = self.at - clock()
        if seconds <= 0:
            raise httpcore.ReadTimeout("no time left")
        return seconds if timeout is None else min(seconds, timeout)


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name, checks the numbers, and connects to those numbers."""

    def __init__(self, rules: AddressRules, *, clock: Clock = time.monotonic) -> None:
        self._rules = rules
        self._clock = clock
        self._network = httpcore.SyncBackend()
        self.deadline = Deadline()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers.

        Raises:
            AddressRefusedError: The name leads into a private network.
            FetchFailedError: The name does not resolve.
            ConnectError: No address answers.
        """
        failure: Exception = httpcore.ConnectError("the name has no address")
        for address in self._rules.addresses_of(host, port):
            try:
                stream = self._network.connect_tcp(
                    address,
                    port,
                    self.deadline.left(timeout, self._clock),
                    local_address,
                    socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return TimedStream(stream, self.deadline, self._clock)
        raise failure


class TimedStream(httpcore.NetworkStream):
    """A connection whose every operation ends with the time of the whole request."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline, clock: Clock) -> None:
        self._stream = stream
        self._deadline = deadline
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes; none when the server has closed."""
        return self._stream.read(max_bytes, self._deadline.left(timeout, self._clock))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, self._deadline.left(timeout, self._clock))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the encrypted connection; the certificate is checked against the name."""
        left = self._deadline.left(timeout, self._clock)
        stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return TimedStream(stream, self._deadline, self._clock)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)

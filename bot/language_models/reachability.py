"""Whether anybody listens at a language model's address, found out before a citizen asks.

A connection is opened and closed again: nothing is sent, no question and no key, and a provider
charges nothing. Known misses: a server that listens and answers no request; a wrong key.
"""

import logging
import socket
import threading
from contextlib import suppress
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = 2.0
_PORTS = {"http": 80, "https": 443}


def is_reachable(url: str, *, timeout_seconds: float = TIMEOUT_SECONDS) -> bool:
    """Return whether a connection to a server can be opened, or to the proxy that leads there.

    Args:
        url: Its address.
        timeout_seconds: Longest time this takes.
    """
    reached = threading.Event()

    def connect() -> None:
        # A port that is no number, a host that nobody knows or where nobody listens.
        with (
            suppress(OSError, ValueError),
            socket.create_connection(_address(url), timeout=timeout_seconds),
        ):
            reached.set()

    # No time limit of a socket holds for looking its name up.
    looking = threading.Thread(target=connect, name="language-model-address", daemon=True)
    looking.start()
    looking.join(timeout_seconds)
    return reached.is_set()


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme, "")
    if proxy and not proxy_bypass(parts.hostname or ""):
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    if not parts.hostname:
        message = "an address without a host"
        raise ValueError(message)
    return parts.hostname, parts.port or _PORTS.get(parts.scheme, 443)


class Looked(Protocol):
    """A language model that can be looked for."""

    def look(self, *, idle_seconds: float) -> None:
        """Find out whether it can be reached, unless it was asked within so many seconds."""
        ...


class ModelWatch:
    """Looks for a language model at intervals, in a thread of its own."""

    def __init__(self, model: Looked, interval_seconds: float) -> None:
        self._model = model
        self._interval_seconds = interval_seconds
        self._stopping = threading.Event()

    def start(self) -> None:
        """Begin to look, the first time after one interval."""
        threading.Thread(target=self._run, name="language-model", daemon=True).start()

    def stop(self) -> None:
        """Stop looking."""
        self._stopping.set()

    def look(self) -> None:
        """Look now."""
        self._model.look(idle_seconds=self._interval_seconds)

    def _run(self) -> None:
        while not self._stopping.wait(self._interval_seconds):
            try:
                self.look()
            # Whatever one look ends with, the next one may find the model again.
            except Exception as error:  # noqa: BLE001
                logger.warning(
                    "language_model.not_looked_for", extra={"error": type(error).__name__}
                )

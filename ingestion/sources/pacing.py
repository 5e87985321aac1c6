"""Read many pages at once without pressing any one server."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class HostTurns:
    """Gives each request to a host its moment, at least a delay after the one before."""

    def __init__(
        self,
        delay_seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._delay = delay_seconds
        self._clock = clock
        self._sleep = sleep
        self._delays: dict[str, float] = {}
        self._free_at: dict[str, float] = {}
        self._lock = Lock()

    def slow_down(self, host: str, delay_seconds: float) -> None:
        """Keep a longer delay for one host, as its robots.txt asks; never a shorter one."""
        with self._lock:
            self._delays[host] = max(delay_seconds, self._delay, self._delays.get(host, 0))

    def hold(self, host: str, seconds: float) -> None:
        """Send nothing to a host for some seconds, from any thread: it asked for rest."""
        with self._lock:
            self._free_at[host] = max(self._free_at.get(host, 0), self._clock() + seconds)

    def wait(self, host: str) -> None:
        """Return when this request may be sent; requests to other hosts do not wait for it."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + self._delays.get(host, self._delay)
        if turn > now:
            self._sleep(turn - now)


def in_order(
    read: Callable[[Item], Result], items: Iterable[Item], *, workers: int
) -> Iterator[Result]:
    """Yield the result of each item in the order of the items, reading several at once.

    At most twice as many items as workers are under way, so that a slow consumer is not flooded.
    """
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(workers, thread_name_prefix="fetch") as pool:
        try:
            for item in items:
                waiting.append(pool.submit(read, item))
                if len(waiting) >= 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

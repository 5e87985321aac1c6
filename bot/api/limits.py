"""How often one address may ask. Addresses are counted in memory and never stored."""

import math
import time
from ipaddress import ip_address

from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from bot.service_settings import ServiceSettings


class RateLimiter:
    """Counts questions in moving windows, one count for each process."""

    def __init__(self, settings: ServiceSettings) -> None:
        is_off = settings.rate_limits.strip().lower() == "off"
        self._limits = [] if is_off else parse_many(settings.rate_limits)
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._proxies = settings.proxy_networks

    def seconds_to_wait(self, request: Request) -> int | None:
        """Count one question; return seconds until the next is allowed, or None when it is now."""
        key = self._address(request)
        for limit in self._limits:
            if not self._window.hit(limit, key):
                reset = self._window.get_window_stats(limit, key).reset_time
                return max(1, math.ceil(reset - time.time()))  # noqa: TID251  # as `limits` does
        return None

    def _address(self, request: Request) -> str:
        """Return the nearest address that is not one of our own proxies.

        `X-Forwarded-For` is read from the right: anything left of the first untrusted address was
        written by a stranger.
        """
        address = request.client.host if request.client else ""
        forwarded = request.headers.get("x-forwarded-for", "")
        for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
            if not self._is_proxy(address):
                break
            address = hop
        return address

    def _is_proxy(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._proxies)

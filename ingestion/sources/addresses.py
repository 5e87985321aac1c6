"""Which addresses may be asked: a build must never be led into the network it runs in.

A page on a public site can name or redirect to `http://169.254.169.254/`, `http://localhost/` or a
name that resolves there, and an index would then publish what it found. The rule is applied to the
numbers a name resolves to, and the connection is made to those very numbers, so that a name which
answers differently the second time (DNS rebinding) gains nothing.

Source: OWASP Server-Side Request Forgery Prevention Cheat Sheet, "case 2", and RFC 6890.
"""

import re
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from ingestion.errors import AddressRefusedError, FetchFailedError

Resolve = Callable[[str, int], Sequence[str]]

_PORTS = {"http": 80, "https": 443}
# Python's own tables differ between its versions, so what they have missed is named here: IANA's
# special-purpose registries (RFC 6890 and its updates), and Azure's metadata and DNS service, which
# the registries call global but which answers only inside that cloud.
_SPECIAL_V4 = tuple(
    IPv4Network(network)
    for network in ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")
)
_GLOBAL_V6 = IPv6Network("2000::/3")
_SPECIAL_V6 = tuple(IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "3fff::/20"))
# IPv6 forms that carry an IPv4 address in their last 32 bits: IPv4-compatible (RFC 4291, 2.5.5.1),
# IPv4-translated (RFC 2765) and NAT64 (RFC 6052, RFC 8215).
_CARRIERS = tuple(
    IPv6Network(network)
    for network in ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")
)
_STRANGE = re.compile(r"[\x00-\x1f\x7f\\]")
_HOST = re.compile(r"[a-z0-9._:-]+")
_KEPT = "/%:@!$&'()*+,;=~-._"


def is_public(address: str) -> bool:
    """Whether an IP address, with or without a zone, belongs to the public internet."""
    number = ip_address(address.partition("%")[0])
    if isinstance(number, IPv4Address):
        return _is_public_v4(number)
    inside = [number.ipv4_mapped, number.sixtofour]
    if any(number in network for network in _CARRIERS):
        inside.append(IPv4Address(int(number) & 0xFFFFFFFF))
    carried = [inner for inner in inside if inner is not None]
    if carried:
        return all(_is_public_v4(inner) for inner in carried)
    special = any(number in network for network in _SPECIAL_V6)
    return number in _GLOBAL_V6 and not special and number.is_global


def _is_public_v4(number: IPv4Address) -> bool:
    special = any(number in network for network in _SPECIAL_V4)
    return number.is_global and not (number.is_multicast or number.is_reserved or special)


def resolve_host(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host name, as the operating system gives them.

    Raises:
        OSError: The name does not resolve.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class AddressRules:
    """Which addresses may be asked.

    Attributes:
        private_hosts: Hosts that may be asked although they are not public: `host` for ports 80
            and 443, `host:port` for that port.
        resolve: Turns a name and a port into IP addresses.
    """

    private_hosts: frozenset[str] = frozenset()
    resolve: Resolve = resolve_host

    @classmethod
    def allowing(
        cls, private_hosts: Iterable[str], resolve: Resolve = resolve_host
    ) -> "AddressRules":
        """Return rules with some hosts allowed, however they are written."""
        return cls(
            frozenset(host.strip().lower() for host in private_hosts if host.strip()), resolve
        )

    def checked(self, url: str) -> str:
        """Return an address in the form to send, without its fragment.

        Raises:
            AddressRefusedError: Its scheme, user name, host or port is not allowed.
        """
        # Spaces at the ends and within are common in sitemaps and redirects, and harmless.
        written = url.strip(" ").replace(" ", "%20")
        try:
            parts = urlsplit(written)
            port = parts.port
            host = _ascii_host(parts.hostname or "")
        except ValueError as error:
            raise AddressRefusedError(url, reason="it is not a web address") from error
        reason = self._reason_against(written, parts, host, port)
        if reason:
            raise AddressRefusedError(url, reason=reason)
        shown = f"[{host}]" if ":" in host else host
        if port is not None and port != _PORTS[parts.scheme]:
            shown = f"{shown}:{port}"
        path, query = quote(parts.path or "/", safe=_KEPT), quote(parts.query, safe=_KEPT + "?/")
        return urlunsplit((parts.scheme, shown, path, query, ""))

    def _reason_against(self, url: str, parts: SplitResult, host: str, port: int | None) -> str:
        other_port = port is not None and port not in _PORTS.values()
        reasons = (
            (_STRANGE.search(url), "it holds a backslash or a control character"),
            (parts.scheme not in _PORTS, "only http and https are read"),
            (
                parts.username is not None or parts.password is not None,
                "it holds a user name or a password",
            ),
            (not host, "it names no host"),
            (host and not _HOST.fullmatch(host), "its host is not a name or a number"),
            (
                other_port and not self._allows(host, port or 0),
                f"port {port} is neither 80 nor 443",
            ),
        )
        return next((reason for is_so, reason in reasons if is_so), "")

    def addresses_of(self, host: str, port: int) -> Sequence[str]:
        """Return the IP addresses to connect to, in the order to try them.

        Raises:
            AddressRefusedError: One of them is not public; all are refused then, because the next
                connection might choose that one.
            FetchFailedError: The name does not resolve.
        """
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchFailedError(host, reason="the host name does not resolve") from error
        if not self._allows(host, port):
            for address in addresses:
                if not is_public(address):
                    reason = f"{host} is {address}, which is not on the public internet"
                    raise AddressRefusedError(host, reason=reason)
        return addresses

    def _allows(self, host: str, port: int) -> bool:
        shown = f"[{host}]" if ":" in host else host
        named = shown.lower() in self.private_hosts and port in _PORTS.values()
        return named or f"{shown}:{port}".lower() in self.private_hosts


def _ascii_host(host: str) -> str:
    """Return a host as DNS knows it; `[::1]` comes without its brackets."""
    return host.rstrip(".").encode("idna").decode("ascii").lower() if host.strip(".") else ""

"""Whether a form came from a page of this service."""

from starlette.requests import Request


def is_from_elsewhere(request: Request) -> bool:
    """Return whether a page of another site sent a form.

    Another site could otherwise put a question into somebody's mouth, or give them a conversation
    that it can read itself. `SameSite=Lax` alone does not prevent that: it keeps our cookie back,
    yet lets the reply set one.

    `Sec-Fetch-Site` is believed first because no proxy changes it; browsers send it over TLS and
    to this machine. Elsewhere `Origin` must name the host of the request, so a proxy in front has
    to pass `Host` on. A program that is no browser sends neither, and has nobody's cookies.

    See https://cheatsheetseries.owasp.org, "Cross-Site Request Forgery Prevention".
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    return origin is not None and origin.partition("://")[2].lower() != host.lower()

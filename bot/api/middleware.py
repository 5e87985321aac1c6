"""What happens to every request: size limit, security headers, counting."""

from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.problems import reply_with_problem
from bot.metrics import Metrics

MAX_BODY_BYTES = 64 * 1024
# A content management system sends whole pages, and only with a key. Who pastes a whole document
# into the chat gets it back with what is wrong; forms make up to twelve bytes of one character.
LARGE_BODIES = {"/v1/ingest/events": 5 * 1024 * 1024, "/chat": 512 * 1024}
# The pages load one script and one style sheet from here and nothing from anywhere else.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors {ancestors}"
)


class BodyLimit:
    """Refuses large bodies before they are read into memory."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = LARGE_BODIES.get(scope["path"], MAX_BODY_BYTES)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > most:
            await _too_large(scope, receive, send)
            return
        read = 0
        too_large = False

        async def counted() -> Message:
            nonlocal read, too_large
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                too_large = True
                return {"type": "http.request", "body": b"", "more_body": False}
            return message

        async def guarded(message: Message) -> None:
            if not too_large:
                await send(message)

        await self._app(scope, counted, guarded)
        if too_large:
            await _too_large(scope, receive, send)


class SecurityHeaders:
    """Adds the headers a public service is expected to send."""

    def __init__(self, app: ASGIApp, *, ancestors: str) -> None:
        self._app = app
        policy = CONTENT_SECURITY_POLICY.format(ancestors=ancestors or "'self'")
        self._headers = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class Counting:
    """Counts requests and times them by route, never by address or content."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        started, status = perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            if scope["type"] == "http":
                route = getattr(scope.get("route"), "path", "other")
                seconds = perf_counter() - started
                self._metrics.count_request(scope["method"], route, status, seconds)


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    most = LARGE_BODIES.get(scope["path"], MAX_BODY_BYTES)
    detail = f"The request is larger than {most // 1024} KiB. Send a shorter one."
    await reply_with_problem(scope, 413, detail)(scope, receive, send)

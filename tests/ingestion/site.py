"""A real web server on this machine that says what a test tells it to, and remembers who asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ingestion.sources.addresses import AddressRules
from ingestion.sources.fetching import Clocks, Fetcher, FetchLimits

QUICK = FetchLimits(delay_seconds=0, attempts=1, total_seconds=5, step_seconds=5)


@dataclass(frozen=True)
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Route = Reply | bytes | Callable[["Request"], "Reply | bytes | None"]


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    connection: BaseHTTPRequestHandler


@dataclass
class Site:
    port: int
    routes: dict[str, Route] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def fetcher(
        self, limits: FetchLimits = QUICK, clocks: Clocks | None = None, *also: str
    ) -> Fetcher:
        return Fetcher(AddressRules.allowing([self.host, *also]), limits, clocks=clocks)

    def with_etag(self, path: str, body: bytes, etag: str = '"1"') -> None:
        """Serve a page that answers 304 to whoever has it already."""

        def reply(request: Request) -> Reply:
            if request.headers.get("if-none-match") == etag:
                return Reply(status=304, headers={"ETag": etag})
            return Reply(body, headers={"ETag": etag, "Content-Type": "text/html"})

        self.routes[path] = reply


@contextmanager
def serving() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Else each answer waits 40 ms for the client to confirm its first packet.
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.path, headers, self)
            site.requests.append(request)
            route = site.routes.get(self.path, Reply(status=404))
            reply = route(request) if callable(route) else route
            if reply is None:
                self.close_connection = True
                return
            reply = Reply(reply) if isinstance(reply, bytes) else reply
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.status != 304:
                self.wfile.write(reply.body)

        def handle(self) -> None:
            # A client that has had enough hangs up; that is what some tests are about.
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def page(title: str, text: str = "You can apply online.", head: str = "") -> bytes:
    return (
        f"<!doctype html><html lang=en><head>{head}</head><body><main><h1>{title}</h1>"
        f"<p>{text}</p></main></body></html>"
    ).encode()


def sitemap(*entries: str | tuple[str, str]) -> bytes:
    rows = [(entry, "") if isinstance(entry, str) else entry for entry in entries]
    urls = "".join(
        f"<url><loc>{url}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</url>"
        for url, when in rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    ).encode()


def sitemap_index(*urls: str) -> bytes:
    rows = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'
    ).encode()

import gzip
import itertools
import shutil
import socket
import ssl
import subprocess
import threading
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.document import Fetch
from ingestion.errors import AddressRefusedError, FetchFailedError
from ingestion.sources.addresses import AddressRules
from ingestion.sources.fetching import Clocks, Fetcher
from ingestion.sources.pacing import HostTurns, in_order
from ingestion.sources.unpacking import TooLargeError, unpacked
from tests.ingestion.site import QUICK, Reply, Request, Site

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Pauses:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def monotonic(self) -> float:
        return self.seconds

    @property
    def clocks(self) -> Clocks:
        return Clocks(now=lambda: NOON, monotonic=self.monotonic, sleep=self.sleep)


def test_a_page_comes_with_what_is_needed_to_ask_again(site: Site) -> None:
    site.routes["/a"] = Reply(b"text", headers={"ETag": '"7"', "Last-Modified": "Sun, 1 Mar 2026"})

    answer = site.fetcher(clocks=Pauses().clocks).get(f"{site.url}/a")

    assert answer.content == b"text"
    assert answer.fetch == Fetch(
        fetched_at=NOON,
        etag='"7"',
        last_modified="Sun, 1 Mar 2026",
        sha256="982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1",
    )


def test_a_page_we_have_is_asked_for_conditionally(site: Site) -> None:
    site.with_etag("/a", b"text", '"7"')

    answer = site.fetcher().get(f"{site.url}/a", earlier=Fetch(etag='"7"', last_modified="M"))

    assert answer.status == 304
    assert site.requests[0].headers["if-modified-since"] == "M"


def test_strange_letters_in_an_etag_go_back_as_they_came(site: Site) -> None:
    site.with_etag("/a", b"text", '"é"')
    first = site.fetcher().get(f"{site.url}/a")

    assert site.fetcher().get(f"{site.url}/a", earlier=first.fetch).status == 304


def test_strange_letters_in_a_redirect_are_understood(site: Site) -> None:
    location = "/tŷ newydd".encode().decode("latin-1")
    site.routes["/a"] = Reply(status=301, headers={"Location": location})
    site.routes["/t%C5%B7%20newydd"] = b"text"

    assert site.fetcher().get(f"{site.url}/a").content == b"text"


def test_the_server_is_told_who_asks(site: Site) -> None:
    site.routes["/"] = b""
    rules = AddressRules.allowing([site.host])

    Fetcher(rules, QUICK, contact="https://council.example/bot").get(site.url)

    sent = site.requests[0].headers
    assert sent["user-agent"] == "citizen-enquiry-bot/0.1 (+https://council.example/bot)"
    assert sent["host"] == site.host
    assert "cookie" not in sent


def test_redirects_are_followed_to_the_address_that_answers(site: Site) -> None:
    site.routes["/a"] = Reply(status=301, headers={"Location": "b?x=1"})
    site.routes["/b?x=1"] = Reply(status=307, headers={"Location": f"{site.url}/c#part"})
    site.routes["/c"] = b"here"

    answer = site.fetcher().get(f"{site.url}/a")

    assert (answer.url, answer.content) == (f"{site.url}/c", b"here")


@pytest.mark.parametrize(
    ("target", "reason"),
    [("/a", "in a circle"), ("/b", "in a circle"), ("/1", "more than 5 times")],
)
def test_endless_redirects_are_given_up(site: Site, target: str, reason: str) -> None:
    site.routes["/a"] = Reply(status=302, headers={"Location": target})
    site.routes["/b"] = Reply(status=302, headers={"Location": "/a"})
    for number in range(1, 20):
        site.routes[f"/{number}"] = Reply(status=302, headers={"Location": f"/{number + 1}"})

    with pytest.raises(FetchFailedError, match=reason):
        site.fetcher().get(f"{site.url}/a")

    assert len(site.requests) <= 6


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "http://user:secret@127.0.0.1/",
    ],
)
def test_a_redirect_into_the_private_network_is_refused(site: Site, target: str) -> None:
    site.routes["/a"] = Reply(status=302, headers={"Location": target})

    with pytest.raises(AddressRefusedError):
        site.fetcher().get(f"{site.url}/a")


def test_a_redirect_to_another_port_of_an_allowed_host_is_refused(site: Site) -> None:
    site.routes["/a"] = Reply(status=302, headers={"Location": "http://127.0.0.1:22/"})

    with pytest.raises(AddressRefusedError, match="port 22"):
        site.fetcher().get(f"{site.url}/a")


def test_a_name_that_leads_to_this_machine_is_refused_before_anything_is_sent(site: Site) -> None:
    rules = AddressRules(
        frozenset((f"other.example:{site.port}",)), resolve=lambda *_: ["127.0.0.1"]
    )
    site.routes["/"] = b"secret"

    with pytest.raises(AddressRefusedError):
        Fetcher(rules, QUICK).get("http://innocent.example/")

    assert site.requests == []


def test_the_connection_goes_to_the_very_address_that_was_checked(site: Site) -> None:
    # A name that answers differently the second time must never be asked a second time.
    answers = iter([["127.0.0.1"]])
    rules = AddressRules(
        frozenset((f"guidance.example:{site.port}",)), resolve=lambda *_: next(answers)
    )
    site.routes["/a"] = b"text"

    answer = Fetcher(rules, QUICK).get(f"http://guidance.example:{site.port}/a")

    assert answer.content == b"text"
    assert site.requests[0].headers["host"] == f"guidance.example:{site.port}"


def test_the_next_address_of_a_name_is_tried_when_one_does_not_answer(site: Site) -> None:
    rules = AddressRules(
        frozenset((f"guidance.example:{site.port}",)),
        resolve=lambda *_: ["127.0.0.9", "127.0.0.1"],
    )
    site.routes["/a"] = b"text"

    assert Fetcher(rules, QUICK).get(f"http://guidance.example:{site.port}/a").content == b"text"


def test_a_page_that_is_too_large_is_not_read_to_its_end(site: Site) -> None:
    site.routes["/said"] = Reply(b"", headers={"Content-Length": "99999999999"})

    def endless(request: Request) -> None:
        out = request.connection.wfile
        out.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in itertools.count():
            out.write(b"400\r\n" + b"x" * 1024 + b"\r\n")

    site.routes["/endless"] = endless
    fetcher = site.fetcher(replace(QUICK, max_bytes=10_000))

    for path in ("/said", "/endless"):
        with pytest.raises(FetchFailedError, match="larger than 10000 bytes"):
            fetcher.get(f"{site.url}{path}")


def test_a_page_that_unpacks_to_too_much_is_refused(site: Site) -> None:
    bomb = gzip.compress(b"\x00" * 5_000_000)
    site.routes["/a"] = Reply(bomb, headers={"Content-Encoding": "gzip"})

    with pytest.raises(FetchFailedError, match="larger than"):
        site.fetcher(replace(QUICK, max_bytes=100_000)).get(f"{site.url}/a")


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("br", b"x", "not asked for"),
        ("gzip", b"not gzip", "damaged"),
        ("gzip", gzip.compress(b"text" * 100, mtime=0)[:-9], "cut off"),
    ],
)
def test_content_that_cannot_be_unpacked_is_a_failure(
    site: Site, encoding: str, body: bytes, reason: str
) -> None:
    site.routes["/a"] = Reply(body, headers={"Content-Encoding": encoding})

    with pytest.raises(FetchFailedError, match=reason):
        site.fetcher().get(f"{site.url}/a")


def test_packed_pages_are_unpacked(site: Site) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\x00\x00"
    site.routes["/a"] = Reply(packed, headers={"Content-Encoding": "gzip"})

    assert site.fetcher().get(f"{site.url}/a").content == b"one two"


def test_a_bomb_is_never_unpacked_whole() -> None:
    bomb = gzip.compress(b"\x00" * 50_000_000)
    tracemalloc.start()

    with pytest.raises(TooLargeError):
        unpacked(bomb, max_bytes=100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 2_000_000


@given(st.binary(max_size=2_000), st.integers(0, 2_000))
def test_unpacking_gives_the_content_back_or_says_it_is_too_large(
    content: bytes, most: int
) -> None:
    packed = gzip.compress(content)

    if len(content) <= most:
        assert unpacked(packed, max_bytes=most) == content
    else:
        with pytest.raises(TooLargeError):
            unpacked(packed, max_bytes=most)


@pytest.mark.parametrize("drip", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\nbody"])
def test_a_server_that_takes_too_long_is_given_up(site: Site, drip: bytes) -> None:
    def stalls(request: Request) -> None:
        request.connection.wfile.write(drip)
        site.closing.wait(20)

    site.routes["/a"] = stalls
    started = perf_counter()

    with pytest.raises(FetchFailedError, match="did not answer in time") as failed:
        site.fetcher(replace(QUICK, total_seconds=0.2)).get(f"{site.url}/a")

    assert failed.value.temporary
    assert perf_counter() - started < 3  # The step alone would allow 5.


def test_a_server_that_drips_a_byte_at_a_time_cannot_outlast_the_limit(site: Site) -> None:
    def drips(request: Request) -> None:
        request.connection.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not site.closing.wait(0.02):
            request.connection.wfile.write(b"a")

    site.routes["/a"] = drips

    with pytest.raises(FetchFailedError, match="did not answer in time"):
        site.fetcher(replace(QUICK, total_seconds=0.3, step_seconds=5)).get(f"{site.url}/a")


def test_an_answer_that_is_cut_off_is_a_failure(site: Site) -> None:
    def breaks(request: Request) -> None:
        request.connection.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    site.routes["/a"] = breaks

    with pytest.raises(FetchFailedError, match="cut off"):
        site.fetcher().get(f"{site.url}/a")


def test_nobody_listening_is_a_failure() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{unused.getsockname()[1]}"
    fetcher = Fetcher(AddressRules.allowing([host]), QUICK)

    with pytest.raises(FetchFailedError, match="no connection"):
        fetcher.get(f"http://{host}/")


@pytest.mark.parametrize(
    ("retry_after", "slept"),
    [
        ("7", [7.0, 7.0]),
        ("Sun, 01 Mar 2026 12:00:30 GMT", [30.0, 30.0]),
        ("", [1.0, 2.0]),
        ("soon", [1.0, 2.0]),
        ("0", [1.0, 2.0]),
        ("-5", [1.0, 2.0]),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_when_it_says(
    site: Site, status: int, retry_after: str, slept: list[float]
) -> None:
    replies = iter([status, status, 200])
    site.routes["/a"] = lambda _: Reply(
        b"text", status=next(replies), headers={"Retry-After": retry_after}
    )
    pauses = Pauses()

    answer = site.fetcher(replace(QUICK, attempts=3), pauses.clocks).get(f"{site.url}/a")

    assert answer.status == 200
    assert pauses.slept == slept


def test_a_server_that_asks_for_hours_is_left_alone(site: Site) -> None:
    site.routes["/a"] = Reply(status=429, headers={"Retry-After": "7200"})
    pauses = Pauses()

    answer = site.fetcher(replace(QUICK, attempts=3), pauses.clocks).get(f"{site.url}/a")

    assert (answer.status, pauses.slept, len(site.requests)) == (429, [], 1)


def test_a_server_that_stays_busy_is_given_up(site: Site) -> None:
    site.routes["/a"] = Reply(status=503)
    pauses = Pauses()

    answer = site.fetcher(replace(QUICK, attempts=3), pauses.clocks).get(f"{site.url}/a")

    assert (answer.status, pauses.slept) == (503, [1.0, 2.0])


def test_requests_to_one_host_keep_their_distance(site: Site) -> None:
    site.routes["/a"] = b"text"
    pauses = Pauses()
    fetcher = site.fetcher(replace(QUICK, delay_seconds=2.5), pauses.clocks)

    for _ in range(3):
        fetcher.get(f"{site.url}/a")

    assert pauses.slept == [2.5, 2.5]


def test_each_host_has_its_own_turns() -> None:
    pauses = Pauses()
    turns = HostTurns(1, clock=pauses.monotonic, sleep=pauses.sleep)
    turns.slow_down("slow.example", 10)
    turns.slow_down("slow.example", 0.1)

    for host in ("slow.example", "quick.example", "slow.example"):
        turns.wait(host)

    assert pauses.slept == [10]


def test_a_busy_host_is_left_alone_by_every_thread() -> None:
    pauses = Pauses()
    turns = HostTurns(0, clock=pauses.monotonic, sleep=pauses.sleep)
    turns.hold("busy.example", 30)
    turns.hold("busy.example", 5)

    for host in ("quick.example", "busy.example", "busy.example"):
        turns.wait(host)

    assert pauses.slept == [30]


def test_no_more_requests_at_once_than_allowed() -> None:
    running, most = 0, 0
    lock, together = threading.Lock(), threading.Barrier(3)

    def read(number: int) -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait(10)
        with lock:
            running -= 1
        return number

    found = list(in_order(read, range(12), workers=3))

    assert found == list(range(12))
    assert most == 3


def test_reading_stops_when_nobody_wants_more() -> None:
    asked: list[int] = []

    def read(number: int) -> int:
        asked.append(number)
        return number

    results = in_order(read, range(1_000), workers=2)
    next(results)
    results.close()  # type: ignore[attr-defined]

    assert len(asked) <= 4


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=guidance.example",
         "-addext", "subjectAltName=DNS:guidance.example",
         "-keyout", str(path), "-out", str(path.with_name("public.pem"))],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_text(path.read_text() + path.with_name("public.pem").read_text())
    return path


@pytest.mark.parametrize(
    ("name", "is_trusted"),
    [("guidance.example", True), ("guidance.example", False), ("other.example", True)],
)
def test_a_certificate_is_checked_against_the_name(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_trusted: bool
) -> None:
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_name("public.pem")))
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, given, _context: names.append(given)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def answer() -> None:
            connection, _ = listening.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as secure:
                    secure.recv(4096)
                    secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext")
            except OSError:
                connection.close()

        thread = threading.Thread(target=answer)
        thread.start()
        rules = AddressRules(frozenset((f"{name}:{port}",)), resolve=lambda *_: ["127.0.0.1"])
        fetcher = Fetcher(rules, QUICK)
        try:
            if is_trusted and name == "guidance.example":
                assert fetcher.get(f"https://{name}:{port}/").content == b"text"
            else:
                with pytest.raises(FetchFailedError, match="certificate"):
                    fetcher.get(f"https://{name}:{port}/")
        finally:
            thread.join(10)
    assert names == [name]


def test_a_redirect_from_an_encrypted_address_to_an_open_one_is_not_followed() -> None:
    fetcher = Fetcher(AddressRules(), QUICK)

    assert fetcher._next("https://a.example/", "/b") == "https://a.example/b"
    assert fetcher._next("http://a.example/", "https://a.example/") == "https://a.example/"
    with pytest.raises(FetchFailedError, match="unencrypted"):
        fetcher._next("https://a.example/x", "http://a.example/")

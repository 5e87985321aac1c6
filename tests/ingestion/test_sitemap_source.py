import gzip
import threading
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter

import pytest

from ingestion.document import Document, Failed, Fetch, Kept, Skipped
from ingestion.errors import AddressRefusedError, SourceUnavailableError
from ingestion.source import Found
from ingestion.sources.addresses import AddressRules
from ingestion.sources.fetching import Clocks, Fetcher, Response
from ingestion.sources.sitemap import MAX_SITEMAPS, SitemapSource
from ingestion.sources.sitemap_xml import changed_at, read_sitemap
from ingestion.sources.source_settings import SourceSettings
from ingestion.sources.web_pages import asks_not_to_be_indexed
from tests.ingestion.site import QUICK, Reply, Request, Site, page, sitemap, sitemap_index

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def fetcher(site: Site) -> Fetcher:
    return site.fetcher(QUICK, Clocks(now=lambda: NOON))


def read(
    site: Site, earlier: dict[str, Fetch] | None = None, settings: SourceSettings | None = None
) -> list[Found]:
    source = SitemapSource(f"{site.url}/sitemap.xml", fetcher(site), settings=settings)
    return list(source.read(earlier or {}))


def lists(site: Site, *paths: str, when: str = "") -> None:
    site.routes["/sitemap.xml"] = sitemap(*((f"{site.url}{path}", when) for path in paths))


def only(found: list[Found]) -> Found:
    (one,) = found
    return one


def test_every_listed_page_is_read_in_the_order_of_addresses(site: Site) -> None:
    lists(site, "/b", "/a", "/b")
    site.routes |= {"/a": page("A"), "/b": page("B")}

    found = read(site)

    assert [f.details.title for f in found if isinstance(f, Document)] == ["A", "B"]
    assert [f.origin for f in found] == [f"{site.url}/a", f"{site.url}/b"]
    assert site.paths.count("/b") == 1


def test_a_page_remembers_its_copy(site: Site) -> None:
    lists(site, "/a")
    site.with_etag("/a", page("A"), '"7"')

    found = only(read(site))

    assert isinstance(found, Document)
    assert (found.fetch.etag, found.fetch.fetched_at) == ('"7"', NOON)
    assert len(found.fetch.sha256) == 64


def test_a_page_that_did_not_change_is_kept(site: Site) -> None:
    lists(site, "/a")
    site.with_etag("/a", page("A"), '"7"')

    assert only(read(site, {f"{site.url}/a": Fetch(etag='"7"')})) == Kept(f"{site.url}/a")


def test_a_page_with_the_same_bytes_is_kept_although_the_server_does_not_say_so(site: Site) -> None:
    lists(site, "/a")
    site.routes["/a"] = page("A")
    first = only(read(site))
    assert isinstance(first, Document)

    assert only(read(site, {first.origin: first.fetch})) == Kept(first.origin)


@pytest.mark.parametrize(
    ("lastmod", "fetched", "is_asked"),
    [
        ("2026-03-08", datetime(2026, 3, 9, 1, tzinfo=UTC), False),
        ("2026-03-09", datetime(2026, 3, 9, 1, tzinfo=UTC), True),
        ("2026-03-09T00:30:00+00:00", datetime(2026, 3, 9, 1, tzinfo=UTC), False),
        ("2026-03-09T00:30:00-05:00", datetime(2026, 3, 9, 1, tzinfo=UTC), True),
        ("last week", datetime(2026, 3, 9, 1, tzinfo=UTC), True),
        ("", datetime(2026, 3, 9, 1, tzinfo=UTC), True),
        ("2026-01-01", datetime(2026, 2, 1, tzinfo=UTC), True),
        ("2026-01-01", None, True),
    ],
)
def test_the_date_in_the_sitemap_saves_a_request_for_a_week(
    site: Site, lastmod: str, fetched: datetime | None, is_asked: bool
) -> None:
    lists(site, "/a", when=lastmod)
    site.routes["/a"] = page("A")

    found = only(read(site, {f"{site.url}/a": Fetch(fetched_at=fetched)}))

    assert ("/a" in site.paths) == is_asked
    assert isinstance(found, Document if is_asked else Kept)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, Skipped), (410, Skipped), (451, Skipped), (500, Failed), (502, Failed), (429, Failed),
     (403, Failed), (401, Failed), (204, Failed), (418, Failed)],
)  # fmt: skip
def test_what_is_gone_leaves_and_what_is_broken_stays(
    site: Site, status: int, kind: type[Found]
) -> None:
    lists(site, "/a")
    site.routes["/a"] = Reply(status=status)

    found = only(read(site, {f"{site.url}/a": Fetch()}))

    assert isinstance(found, kind)
    assert found.origin == f"{site.url}/a"


def test_a_page_that_vanishes_from_the_sitemap_is_not_mentioned(site: Site) -> None:
    lists(site, "/a")
    site.routes["/a"] = page("A")

    found = read(site, {f"{site.url}/b": Fetch()})

    assert [f.origin for f in found] == [f"{site.url}/a"]


def test_a_page_that_hangs_fails_alone(site: Site) -> None:
    lists(site, "/a", "/b")
    site.routes |= {"/a": lambda _: site.closing.wait(20) and None, "/b": page("B")}
    slow = site.fetcher(replace(QUICK, total_seconds=1.0))

    found = list(SitemapSource(f"{site.url}/sitemap.xml", slow).read({}))

    assert [type(f) for f in found] == [Failed, Document]


def test_a_page_that_is_too_large_fails_alone(site: Site) -> None:
    lists(site, "/a", "/b")
    site.routes |= {"/a": b"x" * 20_000, "/b": page("B")}
    small = site.fetcher(replace(QUICK, max_bytes=10_000))

    found = list(SitemapSource(f"{site.url}/sitemap.xml", small).read({}))

    assert [type(f) for f in found] == [Failed, Document]
    assert isinstance(found[0], Failed)
    assert "larger than 10000 bytes" in found[0].reason


def test_a_page_that_suddenly_has_no_text_is_broken_not_removed(site: Site) -> None:
    lists(site, "/a")
    site.routes["/a"] = b"<html><body><main></main></body></html>"

    assert isinstance(only(read(site)), Skipped)
    assert isinstance(only(read(site, {f"{site.url}/a": Fetch()})), Failed)


@pytest.mark.parametrize(
    ("rules", "is_read"),
    [
        ("User-agent: *\nDisallow: /a", False),
        ("User-agent: *\nDisallow: /*?x\nAllow: /a", True),
        ("User-agent: *\nDisallow: /\nAllow: /a$", True),
        ("User-agent: citizen-enquiry-bot\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: otherbot\nDisallow: /", True),
        ("", True),
        ("<html>not found</html>", True),
    ],
)
def test_robots_txt_is_kept_to(site: Site, rules: str, is_read: bool) -> None:
    lists(site, "/a")
    site.routes |= {"/robots.txt": rules.encode(), "/a": page("A")}

    found = only(read(site))

    assert isinstance(found, Document) == is_read
    assert ("/a" in site.paths) == is_read


@pytest.mark.parametrize("status", [500, 503, 429])
def test_pages_stay_when_robots_txt_cannot_be_read(site: Site, status: int) -> None:
    lists(site, "/a")
    site.routes |= {"/robots.txt": Reply(status=status), "/a": page("A")}

    found = only(read(site))

    assert isinstance(found, Failed)
    assert "robots.txt" in found.reason
    assert "/a" not in site.paths


def test_robots_txt_is_read_once(site: Site) -> None:
    lists(site, *(f"/{n}" for n in range(8)))

    read(site)

    assert site.paths.count("/robots.txt") == 1


def test_a_crawl_delay_slows_every_request_to_the_site(site: Site) -> None:
    lists(site, "/a", "/b")
    site.routes |= {
        "/robots.txt": b"User-agent: *\nCrawl-delay: 9",
        "/a": page("A"),
        "/b": page("B"),
    }
    slept: list[float] = []
    clocks = Clocks(now=lambda: NOON, monotonic=lambda: 0.0, sleep=slept.append)
    slow = site.fetcher(replace(QUICK, concurrency=1), clocks)

    list(SitemapSource(f"{site.url}/sitemap.xml", slow).read({}))

    assert slept == [9.0]


@pytest.mark.parametrize(
    ("headers", "head", "is_read"),
    [
        ({"X-Robots-Tag": "noindex, nofollow"}, "", False),
        ({"X-Robots-Tag": "citizen-enquiry-bot: noindex"}, "", False),
        ({"X-Robots-Tag": "otherbot: noindex"}, "", True),
        ({"X-Robots-Tag": "nofollow"}, "", True),
        ({}, '<meta name="robots" content="nofollow,NOINDEX">', False),
        ({}, "<META content=none name=Robots>", False),
        ({}, "<!-- a --><meta name='robots' content='noindex'/>", False),
        ({}, "<![<meta name='robots' content='noindex'>", False),
        ({}, '<meta name="description" content="noindex">', True),
        ({}, '<meta name="robots" content="index, follow">', True),
        ({}, '<meta name="googlebot" content="noindex">', True),
        ({}, '<!-- <meta name="robots" content="noindex"> -->', True),
    ],
)
def test_a_page_can_ask_not_to_be_indexed(
    site: Site, headers: dict[str, str], head: str, is_read: bool
) -> None:
    lists(site, "/a")
    site.routes["/a"] = Reply(page("A", head=head), headers=headers)

    assert isinstance(only(read(site)), Document) == is_read


@pytest.mark.parametrize("unit", ["<!--", "<a ", "<meta ", "<![", "<meta name='", "<!-- -->"])
def test_a_page_cannot_keep_the_reader_busy(site: Site, unit: str) -> None:
    # The standard library's parser needs minutes for some of these.
    answer = Response(f"{site.url}/a", 200, {}, (unit * 60_000).encode())
    started = perf_counter()

    assert not asks_not_to_be_indexed(answer)
    assert perf_counter() - started < 2


def test_a_page_that_moved_within_the_site_is_read_under_its_new_address(site: Site) -> None:
    lists(site, "/old")
    site.routes |= {
        "/old": Reply(status=301, headers={"Location": "/new"}),
        "/new": page("New"),
    }

    found = only(read(site))

    assert isinstance(found, Document)
    assert (found.origin, found.details.url) == (f"{site.url}/old", f"{site.url}/new")


def test_a_page_that_redirects_to_a_listed_one_is_left_out(site: Site) -> None:
    lists(site, "/new", "/old")
    site.routes |= {
        "/old": Reply(status=301, headers={"Location": "/new"}),
        "/new": page("New"),
    }

    found = read(site)

    assert [type(f) for f in found] == [Document, Skipped]


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/", "http://localhost/", "file:///a"])
def test_a_page_that_redirects_into_the_private_network_is_left_out(
    site: Site, target: str
) -> None:
    lists(site, "/a")
    site.routes["/a"] = Reply(status=302, headers={"Location": target})

    found = only(read(site))

    assert isinstance(found, Skipped)
    assert "Not asked" in found.reason


def test_a_page_cannot_claim_the_address_of_another_site(site: Site) -> None:
    lists(site, "/a", "/b")
    site.routes |= {
        "/a": page("A", head='<link rel="canonical" href="https://elsewhere.example/x">'),
        "/b": page("B", head='<link rel="canonical" href="/better">'),
    }

    found = [f.details.url for f in read(site) if isinstance(f, Document)]

    assert found == [f"{site.url}/a", f"{site.url}/better"]


def test_addresses_on_other_sites_and_strange_ones_are_not_asked(site: Site) -> None:
    site.routes["/sitemap.xml"] = sitemap(
        "http://169.254.169.254/", "file:///etc/passwd", "https://elsewhere.example/", "/relative"
    )

    found = read(site)

    assert [type(f) for f in found] == [Skipped] * 4
    assert site.paths == ["/sitemap.xml"]


@pytest.mark.parametrize(
    ("home", "listed"), [("council.example", "www.council.example"), ("www.a.example", "a.example")]
)
def test_www_is_the_same_site(site: Site, home: str, listed: str) -> None:
    hosts = [f"{home}:{site.port}", f"{listed}:{site.port}"]
    rules = AddressRules(frozenset(hosts), resolve=lambda *_: ["127.0.0.1"])
    site.routes |= {"/sitemap.xml": sitemap(f"http://{hosts[1]}/a"), "/a": page("A")}

    source = SitemapSource(f"http://{hosts[0]}/sitemap.xml", Fetcher(rules, QUICK))

    assert [type(f) for f in source.read({})] == [Document]


def test_the_character_set_of_the_server_is_believed(site: Site) -> None:
    lists(site, "/a")
    body = page("A", "Costs £20 – “fee”").decode().encode("windows-1252")
    site.routes["/a"] = Reply(body, headers={"Content-Type": "text/html; charset=windows-1252"})

    found = only(read(site))

    assert isinstance(found, Document)
    assert found.sections[0].blocks[0].text == "Costs £20 – “fee”"


def test_packed_sitemaps_of_an_index_are_read(site: Site) -> None:
    site.routes |= {
        "/sitemap.xml": sitemap_index(f"{site.url}/1.xml.gz", f"{site.url}/2.xml"),
        "/1.xml.gz": gzip.compress(sitemap(f"{site.url}/a")),
        "/2.xml": sitemap(f"{site.url}/b"),
        "/a": page("A"),
        "/b": page("B"),
    }

    assert [f.origin for f in read(site)] == [f"{site.url}/a", f"{site.url}/b"]


def test_pages_of_a_sitemap_that_fails_keep_their_text(site: Site) -> None:
    site.routes |= {
        "/sitemap.xml": sitemap_index(f"{site.url}/1.xml", f"{site.url}/2.xml"),
        "/1.xml": sitemap(f"{site.url}/a"),
        "/2.xml": Reply(status=500),
        "/a": page("A"),
    }

    found = read(site, {f"{site.url}/b": Fetch(), f"{site.url}/a": Fetch()})

    assert [type(f) for f in found] == [Document, Failed]
    assert found[1].origin == f"{site.url}/b"


def test_sitemaps_that_list_each_other_come_to_an_end(site: Site) -> None:
    site.routes |= {
        "/sitemap.xml": sitemap_index(f"{site.url}/1.xml", f"{site.url}/sitemap.xml"),
        "/1.xml": sitemap_index(f"{site.url}/sitemap.xml", f"{site.url}/2.xml"),
        "/2.xml": sitemap_index(f"{site.url}/3.xml"),
        "/3.xml": sitemap_index(f"{site.url}/4.xml"),
    }

    read(site)

    assert site.paths == ["/sitemap.xml", "/1.xml", "/2.xml"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500),
        Reply(status=404),
        Reply(b"<html><body>Hello</body></html>"),
        Reply(b"<urlset><url></urlset>"),
        Reply(b"plain words"),
        Reply(b'<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>'),
        Reply(b"\x1f\x8bbroken"),
    ],
)
def test_a_site_that_cannot_be_listed_keeps_its_pages(site: Site, reply: Reply) -> None:
    site.routes["/sitemap.xml"] = reply

    with pytest.raises(SourceUnavailableError):
        read(site)


def test_a_site_that_lists_too_many_pages_is_not_read(site: Site) -> None:
    lists(site, "/a", "/b", "/c")

    with pytest.raises(SourceUnavailableError, match="more than 2 pages"):
        read(site, settings=SourceSettings(max_pages=2))

    assert site.paths == ["/sitemap.xml"]


def test_a_sitemap_in_the_private_network_is_the_operators_to_allow() -> None:
    source = SitemapSource("http://127.0.0.1/sitemap.xml", Fetcher(AddressRules(), QUICK))

    with pytest.raises(AddressRefusedError, match="allow_private_hosts"):
        list(source.read({}))


def test_patterns_decide_before_anything_is_asked(site: Site) -> None:
    lists(site, "/guidance/a", "/guidance/old/b", "/news/c")
    site.routes["/guidance/a"] = page("A")
    settings = SourceSettings(include=("/guidance/",), exclude=("*/old/*",))

    found = read(site, settings=settings)

    assert [f.origin for f in found] == [f"{site.url}/guidance/a"]
    assert not {"/news/c", "/guidance/old/b"} & set(site.paths)


def test_the_source_says_what_the_page_does_not(site: Site) -> None:
    lists(site, "/a")
    site.routes["/a"] = page("A", head='<meta name="publisher" content="Stated">')
    settings = SourceSettings(publisher="Council", nation="wales", weight=2.0, locale="cy")

    found = only(read(site, settings=settings))

    assert isinstance(found, Document)
    details = found.details
    assert (details.publisher, details.nation) == ("Stated", "wales")
    assert (details.weight, details.locale) == (2.0, "cy")


def test_a_welsh_page_in_an_english_source_stays_welsh(site: Site) -> None:
    lists(site, "/a")
    site.routes["/a"] = page("A").replace(b"lang=en", b"lang=cy")

    found = only(read(site, settings=SourceSettings(locale="en")))

    assert isinstance(found, Document)
    assert found.details.locale == "cy"


def test_lines_of_text_are_a_sitemap_too() -> None:
    found = read_sitemap("\ufeffhttps://a.example/1\n\n https://a.example/2\n".encode())

    assert [entry.address for entry in found.pages] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_pictures_in_a_sitemap_are_not_pages() -> None:
    content = (
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        b'xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> https://a.example/ '
        b"</loc><i:image><i:loc>https://a.example/p.png</i:loc></i:image></url><url></url></urlset>"
    )

    assert [entry.address for entry in read_sitemap(content).pages] == ["https://a.example/"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2026-03-09", datetime(2026, 3, 9, 23, 59, 59, 999999, UTC)),
        (" 2026-03-09T10:00:00Z ", datetime(2026, 3, 9, 10, tzinfo=UTC)),
        ("2026-03-09T10:00:00+01:00", datetime(2026, 3, 9, 9, tzinfo=UTC)),
        ("2026-03-09T10:00:00", datetime(2026, 3, 9, 10, tzinfo=UTC)),
        ("9 March 2026", None),
        ("", None),
        ("0000-00-00", None),
    ],
)
def test_dates_are_read_as_written(stated: str, expected: datetime | None) -> None:
    assert changed_at(stated) == expected


def test_a_site_with_endless_sitemaps_is_read_in_part_and_the_rest_stays(site: Site) -> None:
    names = [f"/{n}.xml" for n in range(MAX_SITEMAPS + 50)]
    site.routes["/sitemap.xml"] = sitemap_index(*(site.url + name for name in names))
    site.routes |= {name: sitemap(f"{site.url}/a") for name in names}
    site.routes["/a"] = page("A")

    found = read(site, {f"{site.url}/b": Fetch()})

    assert [type(f) for f in found] == [Document, Failed]
    assert len([path for path in site.paths if path.endswith(".xml")]) == MAX_SITEMAPS


def test_no_more_requests_reach_a_site_at_once_than_allowed(site: Site) -> None:
    lists(site, *(f"/{n}" for n in range(12)))
    active: list[int] = []
    most = 0
    lock, together = threading.Lock(), threading.Barrier(3)

    def answer(request: Request) -> bytes:
        nonlocal most
        with lock:
            active.append(1)
            most = max(most, len(active))
        together.wait(10)
        with lock:
            active.pop()
        return page(request.path)

    site.routes |= {f"/{n}": answer for n in range(12)}
    three = site.fetcher(replace(QUICK, concurrency=3))

    found = list(SitemapSource(f"{site.url}/sitemap.xml", three).read({}))

    assert [type(f) for f in found] == [Document] * 12
    assert most == 3

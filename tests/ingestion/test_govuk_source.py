import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingestion.document import Document, Failed, Fetch, Kept, Skipped
from ingestion.errors import SourceNotFoundError, SourceUnavailableError
from ingestion.source import Found
from ingestion.sources.fetching import Clocks
from ingestion.sources.govuk_api import GovukSource
from ingestion.sources.govuk_links import destination_of, listed_by, path_on_site
from ingestion.sources.source_settings import SourceSettings
from tests.ingestion.site import QUICK, Reply, Site

# Read when the module is: no test sees the ENQUIRY_ variables of the machine.
DATA = os.environ.get("ENQUIRY_TEST_DATA", "")
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def item(path: str, schema: str = "answer", **more: Any) -> dict[str, Any]:
    return {
        "base_path": path,
        "schema_name": schema,
        "document_type": schema,
        "title": path.strip("/").replace("-", " ").title(),
        "details": {"body": f"<p>About {path}.</p>"},
        "links": {},
        **more,
    }


def link(path: str, schema: str = "answer", **more: Any) -> dict[str, Any]:
    return {"base_path": path, "schema_name": schema, "document_type": schema, **more}


def collection(path: str, *documents: dict[str, Any]) -> dict[str, Any]:
    return item(path, "document_collection", links={"documents": list(documents)})


def publish(site: Site, *items: dict[str, Any]) -> None:
    for each in items:
        site.routes["/api" + each["base_path"]] = json.dumps(each).encode()


def read(
    site: Site,
    path: str,
    earlier: dict[str, Fetch] | None = None,
    settings: SourceSettings | None = None,
) -> list[Found]:
    fetcher = site.fetcher(QUICK, Clocks(now=lambda: NOON))
    source = GovukSource(path, fetcher, api=f"{site.url}/api", settings=settings)
    return list(source.read(earlier or {}))


def told(site: Site, found: list[Found]) -> list[tuple[str, str]]:
    start = f"{site.url}/api"
    return [(type(f).__name__, f.origin.removeprefix(start)) for f in found]


def test_one_page_is_read_under_its_public_address(site: Site) -> None:
    publish(site, item("/vat-rates"))

    (found,) = read(site, "/vat-rates")

    assert isinstance(found, Document)
    assert found.details.url == "https://www.gov.uk/vat-rates"
    assert found.fetch.fetched_at == NOON


@pytest.mark.parametrize("path", ["/vat-rates", "https://www.gov.uk/vat-rates?x=1#part"])
def test_the_address_of_a_page_can_be_given_as_people_copy_it(site: Site, path: str) -> None:
    publish(site, item("/vat-rates"))

    assert told(site, read(site, path)) == [("Document", "/vat-rates")]


def test_a_collection_is_followed_level_by_level_and_each_page_read_once(site: Site) -> None:
    publish(
        site,
        collection("/all", link("/part", "document_collection"), link("/a")),
        collection("/part", link("/a"), link("/b"), link("/all", "document_collection")),
        item("/a"),
        item("/b"),
    )

    found = told(site, read(site, "/all"))

    assert found == [("Document", p) for p in ("/all", "/part", "/a", "/b")]
    assert sorted(site.paths) == ["/api/a", "/api/all", "/api/b", "/api/part"]


def test_depth_is_limited(site: Site) -> None:
    publish(
        site, *(collection(f"/{n}", link(f"/{n + 1}", "document_collection")) for n in range(9))
    )

    found = read(site, "/0", settings=SourceSettings(max_depth=2))

    assert told(site, found) == [("Document", p) for p in ("/0", "/1", "/2")]


def test_a_manual_is_read_with_its_sections(site: Site) -> None:
    sections = [{"base_path": "/guidance/m/one"}, {"base_path": "/guidance/m/two"}]
    details = {"body": "<p>The manual.</p>", "child_section_groups": [{"child_sections": sections}]}
    publish(
        site,
        item("/guidance/m", "manual", details=details),
        item("/guidance/m/one", "manual_section"),
        item("/guidance/m/two", "manual_section"),
    )

    found = told(site, read(site, "/guidance/m"))

    assert found == [("Document", p) for p in ("/guidance/m", "/guidance/m/one", "/guidance/m/two")]


def test_a_tax_manual_is_read_to_its_deepest_section(site: Site) -> None:
    def with_sections(path: str, schema: str, *below: str) -> dict[str, Any]:
        groups = [{"child_sections": [{"section_id": "X", "base_path": p} for p in below]}]
        return item(
            path, schema, details={"body": f"<p>{path}</p>", "child_section_groups": groups}
        )

    publish(
        site,
        with_sections("/hmrc/em", "hmrc_manual", "/hmrc/em/em1"),
        with_sections("/hmrc/em/em1", "hmrc_manual_section", "/hmrc/em/em11"),
        with_sections("/hmrc/em/em11", "hmrc_manual_section"),
    )

    assert len(read(site, "/hmrc/em")) == 3


def test_a_step_by_step_leads_to_the_pages_of_its_steps(site: Site) -> None:
    rows = [
        {"text": "A", "href": "/a?x=1"},
        {"text": "B", "href": "https://www.gov.uk/b"},
        {"text": "C", "href": "https://elsewhere.example/c"},
        {"text": "D", "href": "/government/uploads/d.pdf"},
        {"text": "E"},
    ]
    steps = {"steps": [{"title": "One", "contents": [{"type": "list", "contents": rows}]}]}
    publish(
        site,
        item("/steps", "step_by_step_nav", details={"step_by_step_nav": steps}),
        item("/a"),
        item("/b"),
    )

    assert told(site, read(site, "/steps")) == [("Document", p) for p in ("/steps", "/a", "/b")]


def test_a_browse_page_only_lists(site: Site) -> None:
    browse = item(
        "/browse/benefits",
        "mainstream_browse_page",
        details={},
        description="Includes eligibility.",
        links={"second_level_browse_pages": [link("/browse/benefits/x", "mainstream_browse_page")]},
    )
    below = item(
        "/browse/benefits/x",
        "mainstream_browse_page",
        details={"groups": [{"contents": ["/a"]}]},
        links={"mainstream_browse_content": [link("/b")]},
    )
    publish(site, browse, below, item("/a"), item("/b"))

    found = told(site, read(site, "/browse/benefits"))

    assert found == [
        ("Skipped", "/browse/benefits"),
        ("Skipped", "/browse/benefits/x"),
        ("Document", "/b"),
        ("Document", "/a"),
    ]


def test_a_publication_brings_its_html(site: Site) -> None:
    html = [{"attachment_type": "html", "url": "/government/publications/p/text", "title": "T"}]
    parent = {"parent": [link("/government/publications/p", "publication")]}
    publish(
        site,
        item("/government/publications/p", "publication", details={"attachments": html}),
        item("/government/publications/p/text", "html_publication", links=parent),
    )

    found = told(site, read(site, "/government/publications/p"))

    assert found == [
        ("Document", "/government/publications/p"),
        ("Document", "/government/publications/p/text"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {
            "withdrawn_notice": {
                "explanation": "<p>Old.</p>",
                "withdrawn_at": "2025-01-01T00:00:00Z",
            }
        },
        {"schema_name": "gone"},
    ],
)
def test_html_goes_with_its_publication(site: Site, changes: dict[str, Any]) -> None:
    publication = item("/p", "publication", links={"children": [link("/p/t", "html_publication")]})
    parent = {"parent": [link("/p", "publication")]}
    publish(
        site,
        collection("/all", link("/p/t", "html_publication"), link("/p", "publication")),
        {**publication, **changes},
        item("/p/t", "html_publication", links=parent),
    )

    found = told(site, read(site, "/all"))

    assert sorted(found) == [("Document", "/all"), ("Skipped", "/p"), ("Skipped", "/p/t")]


def test_html_of_a_publication_that_says_it_was_withdrawn_is_left_out(site: Site) -> None:
    parent = {"parent": [link("/p", "publication", withdrawn=True)]}
    publish(site, item("/p/t", "html_publication", links=parent))

    (found,) = read(site, "/p/t")

    assert isinstance(found, Skipped)
    assert "withdrawn" in found.reason


def test_a_redirect_is_followed_and_left_out(site: Site) -> None:
    redirects = [{"path": "/old", "type": "exact", "destination": "/new#part"}]
    publish(
        site,
        collection("/all", link("/old"), link("/new")),
        item("/old", "redirect", redirects=redirects, title=None, details={}),
        item("/new"),
    )

    assert told(site, read(site, "/all")) == [
        ("Document", "/all"),
        ("Skipped", "/old"),
        ("Document", "/new"),
    ]
    assert told(site, read(site, "/old")) == [("Skipped", "/old"), ("Document", "/new")]


def test_redirects_in_a_circle_come_to_an_end(site: Site) -> None:
    publish(
        site,
        item("/a", "redirect", redirects=[{"destination": "/b"}]),
        item("/b", "redirect", redirects=[{"destination": "/a"}]),
    )

    assert told(site, read(site, "/a")) == [("Skipped", "/a"), ("Skipped", "/b")]


def test_the_part_of_a_guide_leads_to_the_guide(site: Site) -> None:
    publish(site, collection("/all", link("/g/fees"), link("/g")), item("/g", "guide"))
    site.routes["/api/g/fees"] = Reply(status=303, headers={"Location": "/api/g"})

    found = told(site, read(site, "/all"))

    assert sorted(found) == [("Document", "/all"), ("Document", "/g"), ("Skipped", "/g/fees")]


def test_what_is_gone_says_why(site: Site) -> None:
    gone = item("/a", "gone", details={"explanation": "<p>No longer law.</p>"})
    publish(site, collection("/all", link("/a"), link("/b")))
    site.routes["/api/a"] = Reply(json.dumps(gone).encode(), status=410)
    site.routes["/api/b"] = Reply(b"<html>", status=410)

    found = read(site, "/all")

    assert [f.reason for f in found if isinstance(f, Skipped)] == [
        "The page was removed from GOV.UK: No longer law.",
        "The page was removed (410).",
    ]


def test_a_leaf_that_did_not_change_is_kept_without_its_text(site: Site) -> None:
    publish(site, collection("/all", link("/a")))
    site.with_etag("/api/a", json.dumps(item("/a")).encode(), '"7"')

    found = read(site, "/all", {f"{site.url}/api/a": Fetch(etag='"7"')})

    assert told(site, found) == [("Document", "/all"), ("Kept", "/a")]


def test_a_collection_that_did_not_change_still_leads_to_its_pages(site: Site) -> None:
    whole = json.dumps(collection("/all", link("/a"))).encode()
    site.with_etag("/api/all", whole, '"7"')
    publish(site, item("/a"))
    first = read(site, "/all")
    known = {f.origin: f.fetch for f in first if isinstance(f, Document)}

    found = read(site, "/all", known)

    assert [type(f) for f in found] == [Kept, Kept]
    assert [f.origin for f in found] == list(known)


@pytest.mark.parametrize("reply", [Reply(status=500), Reply(b"not json"), Reply(b"[1]")])
def test_a_page_that_fails_keeps_its_text(site: Site, reply: Reply) -> None:
    publish(site, collection("/all", link("/a"), link("/b")), item("/b"))
    site.routes["/api/a"] = reply

    found = read(site, "/all", {f"{site.url}/api/gone-from-the-list": Fetch()})

    assert told(site, found) == [("Document", "/all"), ("Failed", "/a"), ("Document", "/b")]


def test_pages_below_a_list_that_fails_keep_their_text(site: Site) -> None:
    publish(site, collection("/all", link("/part", "document_collection")))
    site.routes["/api/part"] = Reply(status=500)
    earlier = {f"{site.url}/api/below": Fetch(), "https://elsewhere.example/x": Fetch()}

    found = read(site, "/all", earlier)

    assert told(site, found) == [("Document", "/all"), ("Failed", "/part"), ("Failed", "/below")]


def test_the_first_page_must_answer(site: Site) -> None:
    site.routes["/api/a"] = Reply(status=500)

    with pytest.raises(SourceUnavailableError):
        read(site, "/a")
    with pytest.raises(SourceNotFoundError):
        read(site, "/never-was")


def test_a_first_page_that_was_removed_leaves_the_index(site: Site) -> None:
    found = read(site, "/was", {f"{site.url}/api/was": Fetch()})

    assert told(site, found) == [("Skipped", "/was")]


def test_too_long_a_list_is_not_read(site: Site) -> None:
    publish(site, collection("/all", *(link(f"/{n}") for n in range(10))))

    with pytest.raises(SourceUnavailableError, match="more than 5 pages"):
        read(site, "/all", settings=SourceSettings(max_pages=5))

    assert site.paths == ["/api/all"]


def test_what_patterns_leave_out_is_not_asked(site: Site) -> None:
    publish(
        site,
        collection("/all", link("/guidance/a"), link("/guidance/old"), link("/news")),
        item("/guidance/a"),
    )
    settings = SourceSettings(include=("/guidance/*",), exclude=("*/old",), weight=3)

    found = read(site, "/all", settings=settings)

    assert told(site, found) == [("Document", "/guidance/a")]
    assert site.paths == ["/api/all", "/api/guidance/a"]
    assert isinstance(found[0], Document)
    assert found[0].details.weight == 3


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/a/b?x#y", "/a/b"),
        ("https://www.gov.uk/a/", "/a"),
        ("http://gov.uk/a", "/a"),
        ("https://www.gov.uk.evil.example/a", ""),
        ("//evil.example/a", ""),
        ("https://user@www.gov.uk/a", ""),
        ("mailto:a@b.example", ""),
        ("/a.pdf", ""),
        ("/government/organisations/hmrc", ""),
        (
            "/government/organisations/hmrc/contact/tax",
            "/government/organisations/hmrc/contact/tax",
        ),
        ("#part", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_only_links_to_pages_of_the_site_are_followed(target: str, path: str) -> None:
    assert path_on_site(target) == path


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"links": None, "details": None},
        {"schema_name": "document_collection", "links": {"documents": [1, {"base_path": 7}, {}]}},
        {"details": {"step_by_step_nav": {"steps": [{"contents": [{"contents": [None]}]}]}}},
        {"details": {"child_section_groups": "x", "groups": [{"contents": "y"}]}},
        {"redirects": "x"},
    ],
)
def test_items_in_a_strange_form_list_nothing(broken: dict[str, Any]) -> None:
    assert listed_by(broken) == []
    assert destination_of(broken) == ""


def test_real_items_are_read_from_a_server(site: Site) -> None:
    if not DATA:
        pytest.skip("ENQUIRY_TEST_DATA names no folder with govuk_content_items")
    items = {}
    for path in sorted((Path(DATA) / "govuk_content_items").rglob("*.json")):
        each = json.loads(path.read_text("utf-8"))
        if isinstance(each, dict) and str(each.get("base_path") or "").startswith("/"):
            items[each["base_path"]] = each
    assert items
    publish(site, *items.values())
    listing = collection("/everything", *(link(path, "") for path in items))
    publish(site, {**listing, "links": {"documents": [{"base_path": path} for path in items]}})
    wide = site.fetcher(replace(QUICK, total_seconds=20))

    found = list(GovukSource("/everything", wide, api=f"{site.url}/api").read({}))

    by_origin = {f.origin.removeprefix(f"{site.url}/api"): f for f in found}
    for path, each in items.items():
        withdrawn = isinstance((each.get("withdrawn_notice") or {}).get("explanation"), str)
        leaves = withdrawn or each.get("schema_name") in ("gone", "redirect")
        one = by_origin[path]
        assert not isinstance(one, Failed), path
        if leaves:
            assert isinstance(one, Skipped), path
        elif (each.get("details") or {}).get("body"):
            assert isinstance(one, Document), path
            assert one.details.url == f"https://www.gov.uk{path}"
    again = {f.origin: f.fetch for f in found if isinstance(f, Document)}
    second = list(GovukSource("/everything", wide, api=f"{site.url}/api").read(again))
    assert {f.origin for f in second if isinstance(f, Kept)} == set(again)

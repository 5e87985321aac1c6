"""What a build does when a source answers only in part."""

from pathlib import Path

from ingestion.document import Document, Failed, Kept, PageDetails, Skipped
from tests.ingestion.guidance_site import Feed, Site, page


def texts(site: Site) -> dict[str, str]:
    index = site.open()
    try:
        return {passage.page.title: passage.text for passage in index.passages}
    finally:
        index.close()


def test_a_page_that_fails_keeps_its_last_good_text_and_is_listed(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(sources=[Feed(page("bins", "Every week."), page("tax", "In April."))], publish=True)

    failed = Failed("/bins", "The server answered 503.")
    result = site.build(sources=[Feed(failed, page("tax", "In May."))], publish=True)

    assert texts(site) == {"bins": "Every week.", "tax": "In May."}
    assert result.failed == (failed,)
    assert any(f.check == "not_read" and f.subject == "/bins" for f in result.findings)


def test_a_source_that_breaks_off_keeps_the_pages_it_did_not_reach(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(sources=[Feed(page("bins", "Every week."), page("tax", "In April."))], publish=True)

    half = Feed(page("bins", "Every day."), breaks="connection reset")
    result = site.build(sources=[half], publish=True)

    assert texts(site) == {"bins": "Every day.", "tax": "In April."}
    assert [failed.reason for failed in result.failed] == ["connection reset"]


def test_a_page_that_is_gone_leaves_the_index(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(sources=[Feed(page("bins", "Every week."), page("tax", "In April."))], publish=True)

    gone = Skipped("/tax", "The page was withdrawn by its publisher.")
    site.build(sources=[Feed(page("bins", "Every week."), gone)], publish=True)

    assert texts(site) == {"bins": "Every week."}


def test_a_source_is_told_what_is_known_and_kept_copies_stay(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(sources=[Feed(page("bins", "Every week."))], publish=True)
    site.embedder.embedded.clear()

    feed = Feed(Kept("/bins"))
    result = site.build(sources=[feed], publish=True)

    assert feed.earlier["/bins"].etag == "etag of Every week."
    assert texts(site) == {"bins": "Every week."}
    assert site.embedder.embedded == []
    assert result.page_changes.nothing


def test_a_full_build_asks_for_every_page_again(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(sources=[Feed(page("bins", "Every week."))], publish=True)

    feed = Feed(page("bins", "Every week."))
    site.build(sources=[feed], full=True)

    assert feed.earlier == {}


def test_a_page_that_moves_keeps_its_vectors(tmp_path: Path) -> None:
    site = Site(tmp_path)
    before = page("bins", "Every week.")
    site.build(sources=[Feed(before)], publish=True)
    site.embedder.embedded.clear()

    moved = Document(
        PageDetails("https://example.gov.uk/waste/bins", "bins"), before.sections, "/waste/bins"
    )
    result = site.build(sources=[Feed(moved)], publish=True)

    assert site.embedder.embedded == []
    assert result.page_changes.moved == (
        ("https://example.gov.uk/bins", "https://example.gov.uk/waste/bins"),
    )
    assert len(result.passage_changes.moved) == 1


def test_new_settings_of_a_source_make_kept_copies_out_of_date(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(sources=[Feed(page("bins", "Every week."))], publish=True)

    feed = Feed(page("bins", "Every week."), settings="another publisher")
    site.build(sources=[feed])

    assert feed.earlier == {}

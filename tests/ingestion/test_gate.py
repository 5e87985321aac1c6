import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ingestion.auditing.audit import read_audit
from ingestion.auditing.trail import entries
from ingestion.difference import difference, printed
from ingestion.explanation import explanation
from ingestion.explanation import printed as printed_explanation
from ingestion.gate import audit_file
from ingestion.pruning import prune
from tests.ingestion.guidance_site import NOW, Feed, Site, page, write_pages


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def checks(result: object) -> list[tuple[str, str]]:
    return [(f.check, str(f.severity)) for f in result.findings]  # type: ignore[attr-defined]


def many(site: Site, number: int) -> None:
    write_pages(site.folder, **{f"p{i}": f"Service {i} is for group {i}." for i in range(number)})


def test_a_clean_build_passes_and_says_nothing(site: Site) -> None:
    result = site.build(publish=True)

    assert result.published
    assert result.findings == ()


def test_losing_many_pages_is_not_published(site: Site) -> None:
    many(site, 60)
    live = site.build(publish=True)
    for number in range(30):
        (site.folder / f"p{number}.md").unlink()

    result = site.build(publish=True)

    assert not result.published
    assert ("counts", "blocks") in checks(result)
    assert site.store.published() == live.version
    assert [entry["action"] for entry in entries(site.store.directory)] == ["publish", "refused"]


def test_a_reason_overrides_the_checks_and_stays_in_the_trail(site: Site) -> None:
    many(site, 60)
    site.build(publish=True)
    for number in range(30):
        (site.folder / f"p{number}.md").unlink()

    result = site.build(publish=True, force_reason="The scheme closed.")

    assert result.published
    last = list(entries(site.store.directory))[-1]
    assert (last["action"], last["reason"]) == ("publish", "The scheme closed.")
    assert last["by"]
    assert "counts" in last["overridden"][0]


def test_a_few_pages_may_go(site: Site) -> None:
    site.build(publish=True)
    (site.folder / "bins.md").unlink()

    assert site.build(publish=True).published


def test_vectors_that_belong_to_other_text_are_not_published(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(site, 20)
    site.build(publish=True)
    many(site, 21)

    monkeypatch.setattr(
        "ingestion.opened_index.OpenedIndex.nearest_of_each",
        lambda self, vectors: np.zeros(len(vectors), dtype=np.int32),
    )
    result = site.build(publish=True)

    assert not result.published
    assert ("self_retrieval", "blocks") in checks(result)


def test_a_passage_that_the_vector_database_lacks_is_not_published(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingestion import chroma_index

    whole = chroma_index._fill

    def forgetful(client: object, name: str, ids: list[str], vectors: object) -> None:
        whole(client, name, ["0-forgotten", *ids[1:]], vectors)  # type: ignore[arg-type]

    monkeypatch.setattr(chroma_index, "_fill", forgetful)
    result = site.build(publish=True)

    assert not result.published
    assert [name for name, _ in checks(result)].count("orphans") == 2


def test_pages_past_their_date_are_named(site: Site) -> None:
    content = (
        "---\nurl: https://example.gov.uk/rates\ntitle: rates\nvalid_to: 2026-04-05\n---\n\n£5."
    )
    (site.folder / "rates.md").write_text(content, "utf-8")

    result = site.build(publish=True)

    assert result.published
    expired = [f for f in result.findings if f.check == "expired"]
    assert [f.subject for f in expired] == ["https://example.gov.uk/rates"]
    assert "5 April 2026" in expired[0].text
    assert NOW.date() > date(2026, 4, 5)


def test_pages_with_nearly_the_same_words_are_named(site: Site) -> None:
    text = " ".join(f"Rule {i} says that you must apply within {i} days." for i in range(12))
    write_pages(site.folder, one=text, two=text + " Apply online.")

    result = site.build(publish=True)

    found = [f for f in result.findings if f.check == "near_duplicates"]
    assert [f.subject for f in found] == ["https://example.gov.uk/two"]
    assert "https://example.gov.uk/one" in found[0].text


def test_links_to_a_page_that_goes_are_named(site: Site) -> None:
    help_page = replace(page("help", "See bins for days."), links=("/bins", "/never-indexed"))
    site.build(sources=[Feed(help_page, page("bins", "Every week."))], publish=True)

    result = site.build(sources=[Feed(help_page)], publish=True)

    assert [(f.subject, "/bins" in f.text) for f in result.findings if f.check == "links"] == [
        ("https://example.gov.uk/help", True)
    ]


def question_set(folder: Path, *questions: tuple[str, str]) -> Path:
    folder.mkdir()
    lines = [
        json.dumps({"turns": [{"role": "user", "content": q}], "qrels": [{"url": url}]})
        for q, url in questions
    ]
    (folder / "items.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def test_a_version_that_answers_fewer_known_questions_is_not_published(
    site: Site, tmp_path: Path
) -> None:
    many(site, 40)
    live = site.build(publish=True)
    asked = [(f"Service {i} group {i}", f"https://example.gov.uk/p{i}") for i in range(30)]
    questions = question_set(tmp_path / "set", *asked)
    write_pages(site.folder, **{f"p{i}": "See the other page." for i in range(30)})

    result = site.build(publish=True, questions=questions)

    assert not result.published
    assert site.store.published() == live.version
    blocking = [f for f in result.findings if f.severity == "blocks"]
    assert [f.check for f in blocking] == ["regression"]
    assert "lost their page" in blocking[0].text


def test_one_lost_question_is_named_and_may_be_chance(site: Site, tmp_path: Path) -> None:
    many(site, 20)
    site.build(publish=True)
    questions = question_set(
        tmp_path / "set", ("how long does a passport last", "https://example.gov.uk/passport")
    )
    (site.folder / "passport.md").unlink()

    result = site.build(publish=True, questions=questions)

    assert result.published
    assert [f.subject for f in result.findings if f.check == "regression"] == [
        "how long does a passport last"
    ]


def test_the_difference_shows_text_pages_and_questions(site: Site, tmp_path: Path) -> None:
    first = site.build(publish=True)
    write_pages(site.folder, passport="A passport costs £102. It lasts 10 years.")
    second = site.build()
    questions = question_set(tmp_path / "set", ("passport", "https://example.gov.uk/passport"))

    found = difference(
        site.store,
        first.version,
        second.version,
        collections=site.workshop.collections,
        embedder=site.embedder,
        questions=questions,
    )

    assert found.pages.changed == ("https://example.gov.uk/passport",)
    assert [change.text for change in found.new_text] == [
        "A passport costs £102. It lasts 10 years."
    ]
    assert [change.text for change in found.old_text] == [
        "A passport costs £94.50. It lasts 10 years."
    ]
    assert [change.question for change in found.questions] == ["passport"]
    assert "£102" in printed(found)


def test_pruning_keeps_what_is_live_what_is_new_and_what_a_rollback_needs(site: Site) -> None:
    versions = []
    for number in range(6):
        write_pages(site.folder, bins=f"Bins are emptied on day {number}.")
        versions.append(site.build(publish=True).version)
    site.store.rollback()

    pruned = prune(site.store, site.workshop.collections, keep=1, at=NOW)

    assert pruned.removed == tuple(versions[:3])
    assert pruned.bytes_freed > 0
    assert site.store.names() == versions[3:]
    site.open().close()
    site.store.rollback()
    site.open().close()


def test_what_was_found_stays_with_the_version(site: Site) -> None:
    (site.folder / "empty.md").write_text("")
    version = site.build().version

    record = read_audit(audit_file(site.store, version))

    assert [skipped.origin for skipped in record.skipped] == ["empty.md"]


def test_a_page_is_explained_by_its_address_and_by_its_file(site: Site) -> None:
    version = site.build().version

    by_url = explanation(site.store, version, "https://example.gov.uk/bins")
    by_file = explanation(site.store, version, "bins.md")

    assert by_url["pages"] == by_file["pages"]
    assert by_url["pages"][0]["facts"]["origin"] == "bins.md"
    assert by_url["pages"][0]["passages"][0]["words"] == 5
    assert "Bins" not in printed_explanation(by_url).splitlines()[0]


def test_a_skipped_file_is_explained(site: Site) -> None:
    (site.folder / "empty.md").write_text("")
    version = site.build().version

    found = explanation(site.store, version, "empty.md")

    assert found["pages"] == []
    assert found["not_indexed"] == [{"origin": "empty.md", "reason": "The file is empty."}]


def test_two_builds_of_the_same_input_give_the_same_manifest_to_the_byte(
    site: Site, tmp_path: Path
) -> None:
    other = Site(tmp_path / "other")
    other._builds = 7

    paths = [s.store.path_of(s.build().version) / "manifest.json" for s in (site, other)]

    assert paths[0].read_bytes() == paths[1].read_bytes()

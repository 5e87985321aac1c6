import json
import multiprocessing
import shutil
from pathlib import Path

import numpy as np
import pytest

from eval.benchmarks.rebuilding import texts_embedded
from ingestion.errors import (
    BuildInProgressError,
    IndexCorruptError,
    IndexModelMismatchError,
    IndexNotFoundError,
    IndexNotWritableError,
    NothingToIndexError,
)
from ingestion.passage_index import LexicalField
from ingestion.search import search_passages
from ingestion.settings import IndexSettings
from ingestion.versions import VersionStore
from ingestion.wiring import open_index
from tests.fakes import WordHashEmbedder
from tests.ingestion.guidance_site import Site, write_pages


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_build_can_be_opened_and_searched(site: Site) -> None:
    site.build(publish=True)

    index = site.open()
    hits = search_passages("how much is a passport", index, site.embedder, limit=1)

    assert [page.title for page in index.pages] == ["bins", "passport"]
    assert [unit.text for unit in index.units] == [
        "Bins are emptied every week.",
        "A passport costs £94.50.",
        "It lasts 10 years.",
    ]
    assert hits[0].passage.page.title == "passport"
    index.close()


def test_rows_of_an_opened_index_agree(site: Site) -> None:
    site.build(publish=True)

    index = site.open()

    assert index.passage_vectors.shape == (2, 64)
    assert index.unit_vectors.shape == (3, 64)
    assert index.title_vectors.shape == (2, 64)
    assert index.page_of_passage.tolist() == [0, 1]
    assert index.passage_of_unit.tolist() == [0, 1, 1]
    (nearest,) = index.nearest_passages(index.passage_vectors[1:], 1)
    assert nearest.tolist() == [1]
    for field in LexicalField:
        assert index.lexical_scores(["bin"], field).argmax() == 0
        assert index.lexical_scores(["zebra"], field).sum() == 0
    weights = index.word_weights("passport zebra the")
    assert set(weights) == {"passport", "zebra"}
    assert weights["zebra"] > weights["passport"]
    index.close()


def test_the_same_input_gives_the_same_root_hash_and_embeds_nothing_again(site: Site) -> None:
    first = site.build()
    site.embedder.embedded.clear()

    second = site.build()

    assert second.root_hash == first.root_hash
    assert second.embedded == 0
    assert site.embedder.embedded == []
    assert second.page_changes.nothing
    assert second.page_changes.unchanged == 2
    assert second.version == first.version


def test_only_what_is_new_is_embedded(site: Site) -> None:
    site.build()
    site.embedder.embedded.clear()
    write_pages(site.folder, bins="Bins are emptied every week. Not on Sundays.")
    (site.folder / "passport.md").unlink()
    write_pages(site.folder, library="Books are free.")

    result = site.build()

    assert result.page_changes.added == ("https://example.gov.uk/library",)
    assert result.page_changes.changed == ("https://example.gov.uk/bins",)
    assert result.page_changes.removed == ("https://example.gov.uk/passport",)
    assert result.page_changes.unchanged == 0
    assert "bins: Not on Sundays." in site.embedder.embedded
    assert "bins: Bins are emptied every week." not in site.embedder.embedded


def test_vectors_taken_over_are_those_of_their_text(site: Site) -> None:
    site.build()
    write_pages(site.folder, aaa="Something new comes first.")

    site.build(publish=True)

    index = site.open()
    fresh = WordHashEmbedder().embed_passages(
        [". ".join(p.heading_path) + ". " + p.text for p in index.passages]
    )
    assert np.allclose(index.passage_vectors, fresh)
    index.close()


def test_building_does_not_touch_the_published_version(site: Site) -> None:
    first = site.build(publish=True)
    write_pages(site.folder, bins="Everything changed.")

    site.build()

    assert site.store.published() == first.version


def test_publish_and_roll_back(site: Site) -> None:
    first = site.build(publish=True)
    write_pages(site.folder, bins="Bins are emptied on Tuesdays.")
    second = site.build(publish=True)

    assert site.store.published() == second.version
    assert site.store.rollback() == first.version
    assert site.store.published() == first.version
    with pytest.raises(IndexNotFoundError):
        site.store.rollback()


def test_two_pages_with_one_address_keep_the_first_and_list_the_other(site: Site) -> None:
    (site.folder / "zz.md").write_text("---\nurl: https://example.gov.uk/bins\ntitle: B\n---\nX.")

    result = site.build()

    assert [(s.origin, "bins.md" in s.reason) for s in result.skipped] == [("zz.md", True)]


def test_a_source_without_pages_leaves_everything_as_it_is(site: Site) -> None:
    live = site.build(publish=True)
    shutil.rmtree(site.folder)
    site.folder.mkdir()

    with pytest.raises(NothingToIndexError):
        site.build(publish=True)

    assert site.store.published() == live.version


def test_a_build_that_dies_half_way_leaves_the_published_version(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = site.build(publish=True)
    write_pages(site.folder, bins="Bins are emptied on Tuesdays.")

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("ingestion.version_writer.write_lexical", power_cut)
        with pytest.raises(KeyboardInterrupt):
            site.build(publish=True)

    assert site.store.names() == [live.version]
    site.open().close()
    site.build(publish=True)
    assert len(list((site.store.directory / "versions").iterdir())) == 2


def _hold_lock(directory: Path, ready: object, release: object) -> None:
    with VersionStore(directory).lock():
        ready.set()  # type: ignore[attr-defined]
        release.wait(20)  # type: ignore[attr-defined]


def test_a_second_build_says_who_holds_the_lock(site: Site) -> None:
    context = multiprocessing.get_context("forkserver")
    ready, release = context.Event(), context.Event()
    other = context.Process(target=_hold_lock, args=(site.store.directory, ready, release))
    other.start()
    assert ready.wait(30)

    with pytest.raises(BuildInProgressError, match=f"process {other.pid}"):
        site.build()

    release.set()
    other.join(20)
    site.build()


def test_a_changed_file_is_noticed_on_opening(site: Site) -> None:
    version = site.build(publish=True).version
    path = site.store.path_of(version) / "passages.jsonl"
    path.write_bytes(path.read_bytes().replace("£94.50".encode(), "£14.50".encode()))

    with pytest.raises(IndexCorruptError, match=r"passages\.jsonl was changed"):
        site.open()


def test_a_missing_file_is_noticed_on_opening(site: Site) -> None:
    version = site.build(publish=True).version
    (site.store.path_of(version) / "unit_vectors.npy").unlink()

    with pytest.raises(IndexCorruptError, match="missing"):
        site.open()


def test_a_lost_collection_is_noticed_on_opening(site: Site) -> None:
    version = site.build(publish=True).version
    shutil.rmtree(site.store.path_of(version) / "chroma")

    with pytest.raises(IndexCorruptError):
        site.open()


def test_a_broken_manifest_is_noticed_on_opening(site: Site) -> None:
    version = site.build(publish=True).version
    (site.store.path_of(version) / "manifest.json").write_text("{")

    with pytest.raises(IndexCorruptError, match="manifest"):
        site.open()


def test_an_index_of_another_model_is_refused(site: Site) -> None:
    site.build(publish=True)

    with pytest.raises(IndexModelMismatchError, match="rebuild"):
        open_index(IndexSettings(embedding_model="other"), directory=site.store.directory)


def test_nothing_published_is_an_error_with_the_remedy(site: Site) -> None:
    with pytest.raises(IndexNotFoundError, match="enquiry-ingest build --publish"):
        site.open()


def test_a_folder_that_cannot_be_written_is_one_clear_error(site: Site, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    site.store = VersionStore(blocked / "index")

    with pytest.raises(IndexNotWritableError, match="nothing was changed"):
        site.build()


def test_the_calibration_is_kept_with_the_version(site: Site) -> None:
    version = site.build(calibration={"answer_threshold": 0.4}).version

    assert site.store.manifest_of(version).calibration == {"answer_threshold": 0.4}


def test_the_manifest_states_what_the_version_was_built_with(site: Site) -> None:
    version = site.build().version

    manifest = json.loads((site.store.path_of(version) / "manifest.json").read_text())

    assert manifest["embedding_model"] == "word-hash"
    assert (manifest["pages"], manifest["passages"], manifest["units"]) == (2, 2, 3)
    assert "passages.jsonl" in site.store.manifest_of(version).files


def test_pages_made_of_stop_words_can_be_indexed(site: Site) -> None:
    write_pages(site.folder, bins="Here again.", passport="And here.")

    site.build(publish=True)

    index = site.open()
    for field in LexicalField:
        assert np.isfinite(
            index.lexical_scores(index.word_weights("here again zebra"), field)
        ).all()
    assert set(index.word_weights("zebra")) == {"zebra"}
    index.close()


def test_exactly_the_new_texts_are_embedded(site: Site) -> None:
    table = "| Permit | Price |\n|---|---|\n| Resident | £64 |"
    write_pages(site.folder, permits=f"To apply you need:\n\n- a bill\n- a card\n\n{table}")
    before = texts_embedded(site.store.path_of(site.build(publish=True).version))
    assert set(site.embedder.embedded) == before
    assert len(site.embedder.embedded) == len(before)
    site.embedder.embedded.clear()

    write_pages(site.folder, permits=f"To apply you need:\n\n- a bill\n- a photo\n\n{table}")
    result = site.build(publish=True)

    after = texts_embedded(site.store.path_of(result.version))
    assert sorted(site.embedder.embedded) == sorted(after - before)
    assert result.embedded == len(after - before)

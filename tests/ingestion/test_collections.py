"""The contract of vector collections, for the embedded database and for a real server."""

from pathlib import Path

import numpy as np
import pytest

from ingestion.chroma_index import ChromaServer, EmbeddedChroma
from ingestion.collections import Collections
from ingestion.errors import IndexCorruptError, VectorDatabaseError
from ingestion.pruning import prune
from ingestion.settings import IndexSettings
from ingestion.wiring import open_index, open_version
from tests.ingestion.guidance_site import NOW, Site, write_pages

UNREACHABLE = "http://127.0.0.1:9"


@pytest.fixture(params=["embedded", "server"])
def collections(request: pytest.FixtureRequest) -> Collections:
    if request.param == "embedded":
        return EmbeddedChroma()
    return ChromaServer(request.getfixturevalue("chroma_url"))


def unit_vectors(rows: int) -> np.ndarray:
    vectors = np.random.default_rng(7).normal(size=(rows, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_what_was_written_is_found_again(collections: Collections, tmp_path: Path) -> None:
    vectors = unit_vectors(50)
    ids = [f"id-{row}" for row in range(50)]

    collections.write(tmp_path, "written", ids, vectors)
    opened = collections.open(tmp_path, "written")

    assert len(opened) == 50
    assert opened.ids() == set(ids)
    assert opened.nearest(vectors, 1) == [[passage_id] for passage_id in ids]
    assert opened.nearest(vectors[7:9], 3)[0][0] == "id-7"
    assert opened.nearest(vectors[7:9], 0) == [[], []]
    assert set(opened.nearest(vectors[7:8], 500)[0]) == set(ids)
    assert opened.nearest(vectors[:0], 3) == []
    opened.close()


def test_versions_never_mix(collections: Collections, tmp_path: Path) -> None:
    for name, rows in (("one", 3), ("two", 5)):
        (tmp_path / name).mkdir()
        collections.write(
            tmp_path / name, name, [f"{name}-{r}" for r in range(rows)], unit_vectors(rows)
        )

    opened = [collections.open(tmp_path / name, name) for name in ("one", "two")]

    assert [len(collection) for collection in opened] == [3, 5]
    for collection in opened:
        collection.close()


def test_writing_again_after_a_build_was_killed_replaces_what_it_left(
    chroma_url: str, tmp_path: Path
) -> None:
    server = ChromaServer(chroma_url)
    server.write(tmp_path, "killed", ["a", "b"], unit_vectors(2))

    server.write(tmp_path, "killed", ["c"], unit_vectors(1))

    opened = server.open(tmp_path, "killed")
    assert opened.ids() == {"c"}
    opened.close()


def test_a_removed_version_is_gone_and_may_be_removed_again(
    chroma_url: str, tmp_path: Path
) -> None:
    server = ChromaServer(chroma_url)
    server.write(tmp_path, "removed", ["a"], unit_vectors(1))

    server.remove("removed")
    server.remove("removed")

    with pytest.raises(VectorDatabaseError):
        server.open(tmp_path, "removed")


def test_a_server_that_is_away_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(VectorDatabaseError, match="chroma run"):
        ChromaServer(UNREACHABLE).write(tmp_path, "v", ["a"], unit_vectors(1))


class ServedSite(Site):
    """A site whose vectors are on a server."""

    def __init__(self, root: Path, url: str) -> None:
        super().__init__(root)
        self.collections = ChromaServer(url)
        self.settings = IndexSettings(embedding_model="word-hash", chroma_url=url)


def test_build_publish_change_and_prune_on_a_server(chroma_url: str, tmp_path: Path) -> None:
    site = ServedSite(tmp_path, chroma_url)
    versions = []
    for day in range(3):
        write_pages(site.folder, bins=f"Bins are emptied on day {day}.")
        versions.append(site.build(publish=True).version)

    opened = open_index(site.settings, directory=site.store.directory)
    assert opened.nearest_passages(opened.passage_vectors[:1], 1)[0].tolist() == [0]
    opened.close()
    assert not (site.store.path_of(versions[-1]) / "chroma").exists()

    pruned = prune(site.store, site.collections, keep=1, at=NOW)

    assert pruned.removed == (versions[0],)
    with pytest.raises(VectorDatabaseError):
        site.collections.open(tmp_path, versions[0])


def test_a_collection_that_lost_rows_is_noticed(chroma_url: str, tmp_path: Path) -> None:
    site = ServedSite(tmp_path, chroma_url)
    version = site.build(publish=True).version
    site.collections.write(tmp_path, version, ["only-one"], unit_vectors(1))

    with pytest.raises(IndexCorruptError, match="holds 1 of 2"):
        open_version(site.store, version, site.collections)

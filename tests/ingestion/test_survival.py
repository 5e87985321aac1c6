"""Whatever happens to a build, the published version stays whole and the next build works."""

import multiprocessing
import os
import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from ingestion.errors import IndexNotWritableError
from tests.ingestion.guidance_site import Site, write_pages

CONTEXT = multiprocessing.get_context("spawn")
PAGES = 40


def _build_and_tell(root: Path, day: int, told: Connection) -> None:
    site = Site(root)
    site._builds = day
    write_pages(site.folder, **_pages(day))
    site.report = lambda stage, done, total: told.send((stage, done))
    site.build(publish=True)
    told.send(("published", 0))


def _pages(day: int) -> dict[str, str]:
    return {f"p{i}": f"Service {i} is open on day {day} for group {i}." for i in range(PAGES)}


def _build_with_little_disk(root: Path, most_bytes: int, told: Connection) -> None:
    site = Site(root)
    site._builds = 50
    write_pages(site.folder, **_pages(50))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    try:
        site.build(publish=True)
        told.send("built")
    except IndexNotWritableError as error:
        told.send(str(error))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    write_pages(site.folder, **_pages(0))
    site.build(publish=True)
    return site


@pytest.mark.parametrize("moment", [("reading", 20), ("embedding", 0), ("writing", 1), ("writing", 2), ("writing", 3), ("checking", 0), ("checking", 2)])  # fmt: skip
def test_a_build_killed_at_any_moment_leaves_a_whole_version(
    site: Site, tmp_path: Path, moment: tuple[str, int]
) -> None:
    ours, theirs = CONTEXT.Pipe()
    child = CONTEXT.Process(target=_build_and_tell, args=(tmp_path, 1, theirs))
    child.start()
    while True:
        assert ours.poll(60)
        stage, done = ours.recv()
        if stage == moment[0] and done >= moment[1]:
            break
        assert stage != "published", "the moment never came"
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(20)

    index = site.open()
    assert len(index.passages) == PAGES + 2
    index.close()
    for name in site.store.names():
        site.open(name).close()
    site._builds = 10
    write_pages(site.folder, **_pages(2))
    assert site.build(publish=True).published
    left = [p.name for p in (site.store.directory / "versions").iterdir() if p.name[0] == "."]
    assert left == []


@pytest.mark.parametrize("most_bytes", [1_000, 20_000, 60_000, 200_000])
def test_a_full_disk_is_one_clear_error_and_leaves_the_version(
    site: Site, tmp_path: Path, most_bytes: int
) -> None:
    live = site.store.published()
    ours, theirs = CONTEXT.Pipe()
    child = CONTEXT.Process(target=_build_with_little_disk, args=(tmp_path, most_bytes, theirs))
    child.start()
    assert ours.poll(60), "the build died without a word"
    message = ours.recv()
    child.join(20)

    assert "nothing was changed" in message
    assert site.store.published() == live
    site.open().close()
    assert site.build(publish=True).published


def test_a_damaged_base_is_repaired_by_the_next_build(site: Site) -> None:
    version = site.store.published()
    assert version is not None
    path = site.store.path_of(version)
    (path / "passages.jsonl").write_text("{not a passage")
    (path / "pages.jsonl").write_text("{not a page")
    (path / "unit_keys.npy").write_bytes(b"broken")

    result = site.build(publish=True)

    assert result.published
    assert result.version != version
    site.open().close()

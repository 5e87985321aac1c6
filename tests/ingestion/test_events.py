import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.build import BuildResult
from ingestion.errors import IngestionError, NothingToIndexError
from ingestion.events import EventKind, EventLog, GuidanceEvent
from ingestion.sources.event_log import Events
from ingestion.sources.folder import FolderSource
from ingestion.watching import watch
from tests.ingestion.guidance_site import Site, write_pages

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
BINS = "https://example.gov.uk/bins"


def event(kind: str, minute: int, *, url: str = BINS, text: str = "") -> GuidanceEvent:
    html = f"<main><h1>Bins</h1><p>{text}</p></main>" if text else ""
    return GuidanceEvent(
        event_id=f"{kind}-{minute}",
        kind=EventKind(kind),
        url=url,
        occurred_at=START + timedelta(minutes=minute),
        html=html,
    )


def build(site: Site) -> BuildResult:
    return site.build(
        sources=[Events(EventLog(site.store.directory)), FolderSource(site.folder)], publish=True
    )


def texts(site: Site) -> dict[str, str]:
    index = site.open()
    try:
        return {p.page.url: p.text for p in index.passages}
    finally:
        index.close()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_page_that_was_sent_replaces_the_one_in_the_folder(site: Site) -> None:
    EventLog(site.store.directory).append(event("update", 1, text="Every day."))

    build(site)

    assert texts(site)[BINS] == "Every day."


def test_a_withdrawn_page_is_not_served_though_the_folder_still_holds_it(site: Site) -> None:
    log = EventLog(site.store.directory)
    build(site)
    log.append(event("withdraw", 2))

    result = build(site)

    assert BINS not in texts(site)
    assert result.page_changes.removed == (BINS,)
    assert any("withdrawn by its publisher on 1 November 2026" in s.reason for s in result.skipped)

    log.append(event("publish", 3, text="Back again."))
    build(site)
    assert texts(site)[BINS] == "Back again."


def test_a_withdrawal_counts_also_when_its_source_comes_last(site: Site) -> None:
    log = EventLog(site.store.directory)
    log.append(event("withdraw", 2))

    site.build(sources=[FolderSource(site.folder), Events(log)], publish=True)

    assert BINS not in texts(site)


@given(order=st.permutations([1, 2, 3, 4]), repeats=st.lists(st.sampled_from([1, 2, 3, 4])))
def test_order_and_repetition_of_events_do_not_matter(
    order: list[int], repeats: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    events = {
        1: event("publish", 1, text="one"),
        2: event("withdraw", 2),
        3: event("update", 3, text="three"),
        4: event("publish", 1, url="https://example.gov.uk/tax", text="tax"),
    }
    log = EventLog(tmp_path_factory.mktemp("events"))
    for number in [*order, *repeats]:
        log.append(events[number])

    latest = log.latest()

    assert latest == {BINS: events[3], "https://example.gov.uk/tax": events[4]}


def test_a_line_cut_off_by_a_power_cut_is_left_out(tmp_path: Path) -> None:
    log = EventLog(tmp_path)
    log.append(event("publish", 1, text="whole"))
    with log.path.open("ab") as stream:
        stream.write(b'{"event_id": "half')

    assert set(log.latest()) == {BINS}


def test_many_processes_may_append_at_once(tmp_path: Path) -> None:
    log = EventLog(tmp_path)

    def append(start: int) -> None:
        for number in range(start, start + 20):
            log.append(event("publish", number, url=f"{BINS}/{number}", text="x" * 9_000))

    threads = [threading.Thread(target=append, args=(start,)) for start in range(0, 80, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(log.latest()) == 80


class Watched:
    """A site that is watched in a thread; outcomes are read one by one."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.stop = threading.Event()
        self.outcomes: list[BuildResult | IngestionError] = []
        self._came = threading.Condition()
        log = EventLog(site.store.directory)
        self._thread = threading.Thread(target=self._watch, args=([site.folder, log.path.parent],))
        self._thread.start()

    def _watch(self, paths: list[Path]) -> None:
        for outcome in watch(lambda: build(self.site), paths, stop=self.stop, every_seconds=0):
            with self._came:
                self.outcomes.append(outcome)
                self._came.notify_all()

    def until(self, condition: object) -> None:
        with self._came:
            assert self._came.wait_for(condition, 30), self.outcomes  # type: ignore[arg-type]

    def end(self) -> None:
        self.stop.set()
        self._thread.join(20)


@pytest.fixture
def watched(site: Site) -> Iterator[Watched]:
    watched = Watched(site)
    yield watched
    watched.end()


def test_the_watch_publishes_changed_files_and_events(watched: Watched, site: Site) -> None:
    watched.until(lambda: len(watched.outcomes) == 1)

    write_pages(site.folder, bins="Every second day.")
    watched.until(lambda: texts(site)[BINS] == "Every second day.")

    EventLog(site.store.directory).append(event("withdraw", 5))
    watched.until(lambda: BINS not in texts(site))
    assert texts(site), "only the withdrawn page left"


def test_the_watch_survives_a_build_that_fails(watched: Watched, site: Site) -> None:
    watched.until(lambda: len(watched.outcomes) == 1)

    for file in site.folder.glob("*.md"):
        file.unlink()
    watched.until(lambda: any(isinstance(o, NothingToIndexError) for o in watched.outcomes))

    write_pages(site.folder, bins="Here again.", passport="And here.")
    watched.until(lambda: texts(site)[BINS] == "Here again.")
    assert "And here." in texts(site).values()


def test_what_changes_during_the_first_build_is_built_as_well(site: Site) -> None:
    stop = threading.Event()
    number = 0

    def changing() -> BuildResult:
        nonlocal number
        result, number = build(site), number + 1
        if number == 1:
            write_pages(site.folder, bins="Changed while building.")
        return result

    outcomes = watch(changing, [site.folder], stop=stop, every_seconds=0)
    next(outcomes)
    next(outcomes)
    stop.set()

    assert texts(site)[BINS] == "Changed while building."


def test_the_watch_builds_after_a_time_without_changes(site: Site) -> None:
    stop = threading.Event()

    outcomes = watch(lambda: build(site), [site.folder], stop=stop, every_seconds=0.2)
    results = [next(outcomes) for _ in range(3)]
    stop.set()

    assert all(isinstance(result, BuildResult) for result in results)

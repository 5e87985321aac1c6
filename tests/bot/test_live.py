"""The running service follows the published version without losing a question."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.api.app import create_app
from bot.api.door import Parts
from bot.errors import NotReadyError
from bot.live import POLL_SECONDS, LiveServices
from bot.pipeline import answer_question
from bot.retrieval.calibration import default_calibration
from bot.service_settings import ServiceSettings
from bot.services import Services
from bot.wiring import calibration_of
from guardrails import QuestionPolicy
from tests.bot.live_site import HAPPENED, SitePublication, until
from tests.bot.test_bad_questions import EmptyIndex
from tests.fakes import InMemoryConversations
from tests.ingestion.guidance_site import Site, write_pages

pytestmark = pytest.mark.usefixtures("listening")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(publish=True)
    return site


@pytest.fixture
def live(site: Site, policy: QuestionPolicy) -> Iterator[LiveServices]:
    services = LiveServices(SitePublication(site, policy))
    services.start()
    until(lambda: services.readiness().ready)
    yield services
    services.stop()


def publish_change(site: Site, text: str) -> str:
    write_pages(site.folder, bins=text)
    return site.build(publish=True).version


def test_a_new_version_is_served_soon_after_it_is_published(live: LiveServices, site: Site) -> None:
    version = publish_change(site, "Bins are emptied every day.")

    until(lambda: live.readiness().index_version == version)
    with live.lease() as services:
        assert any("every day" in unit.text for unit in services.index.units)


def test_rolling_back_is_followed_too(live: LiveServices, site: Site) -> None:
    version = publish_change(site, "Bins are emptied every day.")
    until(lambda: live.readiness().index_version == version)

    earlier = site.store.rollback()

    until(lambda: live.readiness().index_version == earlier)
    with live.lease() as services:
        assert services.index.manifest.version == earlier
        assert not any("every day" in unit.text for unit in services.index.units)


def test_an_answer_ends_on_the_version_it_began_with(live: LiveServices, site: Site) -> None:
    with live.lease() as services:
        version = publish_change(site, "Bins are emptied every day.")
        until(lambda: live.readiness().index_version == version)

        assert services.index.nearest_passages(services.index.passage_vectors[:1], 1)[0].size == 1
        assert services.index.manifest.version != version


def test_a_damaged_version_is_refused_and_the_one_before_stays(
    live: LiveServices, site: Site
) -> None:
    served = live.readiness().index_version
    write_pages(site.folder, bins="Bins are emptied every day.")
    damaged = site.build().version
    (site.store.path_of(damaged) / "unit_vectors.npy").unlink()
    site.store.publish(damaged)

    until(lambda: "earlier_index_version" in live.readiness().degraded)

    state = live.readiness()
    assert state.ready
    assert state.index_version == served
    assert "unit_vectors.npy is missing" in state.checks["index"]

    good = publish_change(site, "Bins are emptied every hour.")
    until(lambda: live.readiness().index_version == good)
    assert live.readiness().checks["index"] == "ok"


def test_a_start_on_a_damaged_version_serves_the_one_before(
    site: Site, policy: QuestionPolicy
) -> None:
    earlier = site.store.published()
    damaged = publish_change(site, "Bins are emptied every day.")
    shutil.rmtree(site.store.path_of(damaged) / "chroma")
    services = LiveServices(SitePublication(site, policy))
    services.start()

    until(lambda: services.readiness().ready)

    assert services.readiness().index_version == earlier
    assert "damaged" in services.readiness().checks["index"]
    services.stop()


def app_on(live: LiveServices) -> FastAPI:
    """Return the application that answers with what is live."""

    async def answer(enquiry: object):  # type: ignore[no-untyped-def]
        with live.lease() as services:
            async for event in answer_question(enquiry, services):  # type: ignore[arg-type]
                yield event

    parts = Parts(
        answer=answer,
        conversations=InMemoryConversations(),
        readiness=live.readiness,
        redact=str,
        take_event=lambda event: None,
    )
    return create_app(parts, ServiceSettings(rate_limits="off"))


def test_publishing_under_load_loses_no_question(
    live: LiveServices, site: Site, policy: QuestionPolicy
) -> None:
    app = app_on(live)
    seen: list[tuple[int, str]] = []
    stop = threading.Event()

    def ask() -> None:
        with TestClient(app) as client:
            while not stop.is_set():
                reply = client.post("/v1/ask", json={"question": "When are bins emptied?"})
                with HAPPENED:
                    seen.append((reply.status_code, reply.json().get("index_version", "")))
                    HAPPENED.notify_all()

    asking = threading.Thread(target=ask)
    asking.start()
    versions = []
    for day in range(5):
        versions.append(publish_change(site, f"Bins are emptied on day {day}."))
        until(lambda: seen and seen[-1][1] == versions[-1])
    stop.set()
    asking.join(20)

    assert {status for status, _ in seen} == {200}
    assert [v for v in dict.fromkeys(version for _, version in seen) if v in versions] == versions


def test_the_watch_is_short_enough_for_two_seconds() -> None:
    assert POLL_SECONDS <= 1


def test_an_index_fitted_for_itself_brings_its_calibration(site: Site) -> None:
    fitted = default_calibration().model_dump(mode="json") | {"answer_threshold": 0.123}
    write_pages(site.folder, bins="Bins are emptied every day.")
    version = site.build(publish=True, calibration=fitted).version

    manifest = site.store.manifest_of(version)

    assert calibration_of(manifest).answer_threshold == 0.123


def test_weights_of_another_release_are_not_used_and_readiness_says_so(
    site: Site, policy: QuestionPolicy
) -> None:
    other = default_calibration().model_dump(mode="json") | {"page_weights": {"of_old": 1.0}}
    write_pages(site.folder, bins="Bins are emptied every day.")
    version = site.build(publish=True, calibration=other).version
    live = LiveServices(SitePublication(site, policy))
    live.start()
    try:
        until(lambda: live.readiness().ready)
        state = live.readiness()
    finally:
        live.stop()

    assert calibration_of(site.store.manifest_of(version)) == default_calibration()
    assert "shipped_calibration" in state.degraded
    assert "another release" in state.checks["calibration"]


def test_a_service_without_any_index_says_so_and_begins_when_there_is_one(
    tmp_path: Path, policy: QuestionPolicy
) -> None:
    site = Site(tmp_path)
    live = LiveServices(SitePublication(site, policy))
    live.start()
    try:
        until(lambda: "no published" in live.readiness().checks["services"].lower())
        with pytest.raises(NotReadyError), live.lease():
            pass

        version = site.build(publish=True).version

        until(lambda: live.readiness().ready)
        assert live.readiness().index_version == version
    finally:
        live.stop()


class EmptyPublication(SitePublication):
    """A publication of a version without a page: no build makes one, yet somebody may."""

    def load(self) -> tuple[Services, str]:
        services, problem = super().load()
        return replace(services, index=EmptyIndex(services.index)), problem  # type: ignore[arg-type]


def test_an_index_without_any_page_is_a_degraded_mode_of_readyz(
    site: Site, policy: QuestionPolicy
) -> None:
    live = LiveServices(EmptyPublication(site, policy))
    live.start()
    until(lambda: live.readiness().ready)
    with TestClient(app_on(live)) as client:
        told = client.get("/readyz").json()
    live.stop()

    assert told["ready"] is True
    assert told["degraded"] == ["extractive_only", "empty_index"]


def test_an_index_without_welsh_pages_is_a_degraded_mode(live: LiveServices) -> None:
    assert "no_welsh" in live.readiness().degraded

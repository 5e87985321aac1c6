"""A language model that is configured and of no use: who is told, and where."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.api.app import create_app
from bot.api.door import Parts
from bot.enquiry import Enquiry
from bot.live import LiveServices
from bot.pipeline import answer_question
from bot.service_settings import ServiceSettings
from bot.services import Services
from bot.settings import BotSettings
from bot.wiring import build_watch
from guardrails import QuestionPolicy
from tests.bot.live_site import SitePublication, until
from tests.bot.test_langchain_model import model_at
from tests.fakes import InMemoryConversations
from tests.ingestion.guidance_site import Site
from tests.openai_server import Script, openai_server

pytestmark = [
    pytest.mark.usefixtures("listening"),
    # The OpenAI client leaves its connection pool to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class WithModel(SitePublication):
    """The site's publication with a language model at an address."""

    url = ""
    check_seconds = 0.0

    def load(self) -> tuple[Services, str]:
        services, problem = super().load()
        model = model_at(self.url, timeout_seconds=5)
        settings = BotSettings(chat_check_seconds=self.check_seconds)
        watch = build_watch(settings, model)
        if watch is not None:
            watch.look()
        return replace(services, model=model, watch=watch), problem


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(publish=True)
    return site


def client_of(
    site: Site, policy: QuestionPolicy, url: str, check_seconds: float = 0.0
) -> Iterator[TestClient]:
    publication = WithModel(site, policy)
    publication.url, publication.check_seconds = url, check_seconds
    live = LiveServices(publication)
    live.start()
    until(lambda: live.readiness().ready)

    async def answer(enquiry: Enquiry):  # type: ignore[no-untyped-def]
        with live.lease() as services:
            async for event in answer_question(enquiry, services):
                yield event

    parts = Parts(
        answer=answer,
        conversations=InMemoryConversations(),
        readiness=live.readiness,
        redact=lambda text: text,
        take_event=lambda event: None,
    )
    with TestClient(create_app(parts, ServiceSettings(rate_limits="off"))) as client:
        yield client
    live.stop()


@pytest.fixture
def unreachable(site: Site, policy: QuestionPolicy) -> Iterator[TestClient]:
    yield from client_of(site, policy, "http://127.0.0.1:9/v1")


@pytest.fixture
def watched(site: Site, policy: QuestionPolicy) -> Iterator[TestClient]:
    yield from client_of(site, policy, "http://127.0.0.1:9/v1", check_seconds=3600)


@pytest.fixture
def lying(site: Site, policy: QuestionPolicy) -> Iterator[TestClient]:
    with openai_server(Script("Dinosaurs are free. [1]")) as url:
        yield from client_of(site, policy, url)


QUESTION = {"question": "How much is an adult passport?"}


def test_a_model_nobody_reaches_is_named_everywhere(unreachable: TestClient) -> None:
    assert unreachable.get("/readyz").json()["degraded"] == ["no_welsh"]

    answers = [unreachable.post("/v1/ask", json=QUESTION).json() for _ in range(4)]
    ready = unreachable.get("/readyz").json()
    metrics = unreachable.get("/metrics").text

    assert {answer["mode"] for answer in answers} == {"extractive"}
    assert all(
        any(notice["kind"] == "degraded" for notice in answer["notices"]) for answer in answers
    )
    assert ready["ready"] is True
    assert ready["checks"]["language_model"] == "resting"
    assert ready["degraded"] == ["extractive_only", "no_welsh"]
    assert "enquiry_language_model_available 0.0" in metrics
    assert 'enquiry_language_model_failures_total{kind="unavailable"} 3.0' in metrics
    assert "enquiry_language_model_retries_total 3.0" in metrics
    assert "enquiry_language_model_rests_total 1.0" in metrics
    assert "enquiry_language_model_turned_away_total 1.0" in metrics


def test_a_model_nobody_reaches_is_named_before_any_question(watched: TestClient) -> None:
    ready = watched.get("/readyz").json()

    assert ready["ready"] is True
    assert ready["checks"]["language_model"] == "unreachable"
    assert ready["degraded"] == ["language_model_unreachable", "no_welsh"]
    assert "enquiry_language_model_available 0.0" in watched.get("/metrics").text
    assert "enquiry_language_model_calls_total 0.0" in watched.get("/metrics").text


def test_a_model_that_nobody_reached_is_asked_all_the_same(watched: TestClient) -> None:
    answer = watched.post("/v1/ask", json=QUESTION).json()

    assert [n["kind"] for n in answer["notices"]].count("degraded") == 1
    assert watched.get("/readyz").json()["checks"]["language_model"] == "failing"


def test_a_model_that_comes_up_later_is_found_without_a_question(
    site: Site, policy: QuestionPolicy
) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        clients = client_of(site, policy, url, check_seconds=0.05)
        client = next(clients)
        before = client.get("/readyz").json()["checks"]["language_model"]

        server.listen()
        server.accept()[0].close()
        # The look that has just connected is noted within a moment; the next one waits for it.
        server.accept()[0].close()
        after = client.get("/readyz").json()

    assert before == "unreachable"
    assert after["checks"]["language_model"] == "ok"
    assert after["degraded"] == ["no_welsh"]
    next(clients, None)


def test_the_first_failure_is_told_already(unreachable: TestClient) -> None:
    unreachable.post("/v1/ask", json=QUESTION)

    ready = unreachable.get("/readyz").json()

    assert ready["checks"]["language_model"] == "failing"
    assert ready["degraded"] == ["language_model_failing", "no_welsh"]


def test_calls_tokens_and_cost_are_counted(lying: TestClient) -> None:
    lying.post("/v1/ask", json=QUESTION)

    metrics = lying.get("/metrics").text

    assert "enquiry_language_model_calls_total 2.0" in metrics
    assert "enquiry_language_model_cost_today 0.0" in metrics
    tokens = next(
        line.split()[1]
        for line in metrics.splitlines()
        if line.startswith("enquiry_language_model_tokens_today ")
    )
    assert float(tokens) > 500
    assert lying.get("/readyz").json()["degraded"] == ["no_welsh"]

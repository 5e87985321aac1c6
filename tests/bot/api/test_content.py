import hashlib
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.api.app import create_app
from bot.api.door import Parts
from bot.api.readiness import Readiness
from bot.service_settings import ServiceSettings
from ingestion.events import EventKind, EventLog
from tests.fakes import InMemoryConversations, ScriptedAnswerer

KEY = "a-long-random-key"
DIGEST = hashlib.sha256(KEY.encode()).hexdigest()
EVENT = {
    "event_id": "e1",
    "kind": "withdraw",
    "url": "https://example.gov.uk/bins",
    "occurred_at": "2026-11-01T09:00:00Z",
}
WITH_KEY = {"Authorization": f"Bearer {KEY}"}


def an_app(log: EventLog, admin_keys: str = DIGEST) -> FastAPI:
    parts = Parts(
        answer=ScriptedAnswerer(),
        conversations=InMemoryConversations(),
        readiness=lambda: Readiness(ready=True),
        redact=str,
        take_event=log.append,
    )
    return create_app(parts, ServiceSettings(admin_keys=admin_keys, rate_limits="off"))


@pytest.fixture
def log(tmp_path: Path) -> EventLog:
    return EventLog(tmp_path)


@pytest.fixture
def client(log: EventLog) -> TestClient:
    return TestClient(an_app(log))


def test_an_event_with_a_key_is_kept(client: TestClient, log: EventLog) -> None:
    reply = client.post("/v1/ingest/events", json=EVENT, headers=WITH_KEY)

    assert (reply.status_code, reply.json()) == (202, {"event_id": "e1"})
    assert log.latest()["https://example.gov.uk/bins"].kind is EventKind.WITHDRAW


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Bearer {DIGEST}"}]
)
def test_without_a_key_nothing_is_kept(
    client: TestClient, log: EventLog, headers: dict[str, str]
) -> None:
    reply = client.post("/v1/ingest/events", json=EVENT, headers=headers)

    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"] == "Bearer"
    assert log.latest() == {}


def test_the_call_is_off_until_a_key_is_configured(log: EventLog) -> None:
    reply = TestClient(an_app(log, "")).post("/v1/ingest/events", json=EVENT, headers=WITH_KEY)

    assert reply.status_code == 403
    assert "ENQUIRY_ADMIN_KEYS" in reply.json()["detail"]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "explode"},
        {"url": "file:///etc/passwd"},
        {"url": "javascript:alert(1)"},
        {"occurred_at": "2026-11-01T09:00:00"},
        {"occurred_at": "yesterday"},
        {"event_id": ""},
        {"unknown": 1},
    ],
)
def test_a_malformed_event_is_a_problem(client: TestClient, change: dict[str, object]) -> None:
    reply = client.post("/v1/ingest/events", json={**EVENT, **change}, headers=WITH_KEY)

    assert reply.status_code == 422
    assert reply.headers["Content-Type"] == "application/problem+json"


def test_a_whole_page_may_be_sent_but_not_more(client: TestClient) -> None:
    page = {**EVENT, "kind": "publish", "html": "x" * 1_000_000}
    huge = {**EVENT, "kind": "publish", "html": "x" * 6_000_000}

    assert client.post("/v1/ingest/events", json=page, headers=WITH_KEY).status_code == 202
    reply = client.post("/v1/ingest/events", json=huge, headers=WITH_KEY)
    assert reply.status_code == 413
    assert "5120 KiB" in reply.json()["detail"]


def test_a_full_disk_asks_to_send_again(client: TestClient, log: EventLog) -> None:
    log.path.parent.mkdir(parents=True)
    log.path.mkdir()

    reply = client.post("/v1/ingest/events", json=EVENT, headers=WITH_KEY)

    assert reply.status_code == 503
    assert "Send it again" in reply.json()["detail"]


def test_a_wrong_digest_stops_the_start() -> None:
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        ServiceSettings(admin_keys="secret")

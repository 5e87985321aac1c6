import json
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from bot.answer import AnswerEvent, Progress
from bot.conversations import Conversation
from bot.enquiry import Enquiry
from tests.fakes import InMemoryConversations, ScriptedAnswerer, an_answer
from tests.service import an_app

EVENTS = {"Accept": "text/event-stream"}


class Dialogue:
    """A conversation over HTTP."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        created = client.post("/v1/conversations", json={"locale": "en"})
        assert created.status_code == 201
        self.path = f"/v1/conversations/{created.json()['conversation_id']}"
        self.key = {"Authorization": f"Bearer {created.json()['token']}"}

    def ask(self, message: str, **headers: str) -> object:
        return self.client.post(
            f"{self.path}/messages", json={"message": message}, headers={**self.key, **headers}
        )


@pytest.fixture
def answerer() -> ScriptedAnswerer:
    return ScriptedAnswerer()


@pytest.fixture
def store() -> InMemoryConversations:
    return InMemoryConversations()


@pytest.fixture
def client(answerer: ScriptedAnswerer, store: InMemoryConversations) -> Iterator[TestClient]:
    with TestClient(an_app(answerer, store)) as started:
        yield started


@pytest.fixture
def dialogue(client: TestClient) -> Dialogue:
    return Dialogue(client)


def parsed(text: str) -> list[tuple[str, str, dict[str, object]]]:
    frames = [frame for frame in text.split("\n\n") if frame and not frame.startswith(":")]
    rows = [dict(line.split(": ", 1) for line in frame.split("\n")) for frame in frames]
    return [(row["id"], row["event"], json.loads(row["data"])) for row in rows]


def test_a_message_gets_one_answer_and_later_ones_know_the_history(
    dialogue: Dialogue, answerer: ScriptedAnswerer
) -> None:
    first = dialogue.ask("How much is a passport?")
    dialogue.ask("and for a child?")

    assert first.json()["status"] == "answered"  # type: ignore[attr-defined]
    assert [(t.role, t.content) for t in answerer.asked[1].history] == [
        ("user", "How much is a passport?"),
        ("assistant", "The fee is £94.50. [1]"),
    ]


def test_a_stream_sends_stages_blocks_and_then_the_whole_answer(dialogue: Dialogue) -> None:
    reply = dialogue.ask("How much?", **EVENTS)

    assert reply.headers["content-type"].startswith("text/event-stream")  # type: ignore[attr-defined]
    assert reply.headers["x-accel-buffering"] == "no"  # type: ignore[attr-defined]
    events = parsed(reply.text)  # type: ignore[attr-defined]
    assert [name for _, name, _ in events] == ["progress", "progress", "block", "answer"]
    assert events[2][2]["block"]["text"] == "The fee is £94.50."  # type: ignore[index]
    assert events[2][2]["citations"][0]["number"] == 1  # type: ignore[index]
    assert [event_id.split(":")[1] for event_id, _, _ in events] == ["1", "2", "3", "4"]


def test_a_dropped_stream_resumes_after_the_last_event_seen(dialogue: Dialogue) -> None:
    events = parsed(dialogue.ask("How much?", **EVENTS).text)  # type: ignore[attr-defined]

    rest = dialogue.client.get(
        f"{dialogue.path}/events", headers={**dialogue.key, "Last-Event-ID": events[1][0]}
    )

    assert parsed(rest.text) == events[2:]


@pytest.mark.parametrize("seen", ["", "other:2", "nonsense", "x:999"])
def test_an_unknown_last_event_gets_all_events(dialogue: Dialogue, seen: str) -> None:
    events = parsed(dialogue.ask("How much?", **EVENTS).text)  # type: ignore[attr-defined]

    again = dialogue.client.get(
        f"{dialogue.path}/events", headers={**dialogue.key, "Last-Event-ID": seen}
    )

    assert parsed(again.text) == events


def test_events_come_from_the_store_when_they_are_no_longer_kept(
    dialogue: Dialogue, answerer: ScriptedAnswerer, store: InMemoryConversations
) -> None:
    dialogue.ask("How much?")
    other = TestClient(an_app(answerer, store))

    rest = other.get(f"{dialogue.path}/events", headers=dialogue.key)

    assert [name for _, name, _ in parsed(rest.text)] == ["answer"]


def test_nothing_to_resume_is_not_found(dialogue: Dialogue) -> None:
    reply = dialogue.client.get(f"{dialogue.path}/events", headers=dialogue.key)

    assert reply.status_code == 404


def test_a_repeated_request_gets_the_same_answer_and_asks_once(
    dialogue: Dialogue, answerer: ScriptedAnswerer
) -> None:
    first = dialogue.ask("How much?", **{"Idempotency-Key": "k1"})
    again = dialogue.ask("How much?", **{"Idempotency-Key": "k1"})
    streamed = dialogue.ask("How much?", **{"Idempotency-Key": "k1"}, **EVENTS)
    other = dialogue.ask("Something else", **{"Idempotency-Key": "k1"})

    assert again.json() == first.json()  # type: ignore[attr-defined]
    assert [name for _, name, _ in parsed(streamed.text)] == ["answer"]  # type: ignore[attr-defined]
    assert other.status_code == 422  # type: ignore[attr-defined]
    assert len(answerer.asked) == 1


def test_the_transcript_and_its_erasure(dialogue: Dialogue, store: InMemoryConversations) -> None:
    answer_id = dialogue.ask("How much?").json()["answer_id"]  # type: ignore[attr-defined]

    transcript = dialogue.client.get(dialogue.path, headers=dialogue.key).json()
    erased = dialogue.client.delete(dialogue.path, headers=dialogue.key)

    assert [e["question"] for e in transcript["exchanges"]] == ["How much?"]
    assert erased.status_code == 204
    assert dialogue.client.get(dialogue.path, headers=dialogue.key).status_code == 404
    assert dialogue.client.get(f"{dialogue.path}/events", headers=dialogue.key).status_code == 404
    feedback = dialogue.client.post(f"/v1/answers/{answer_id}/feedback", json={"useful": True})
    assert feedback.status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"Authorization": "Basic abc"}, 401),
        ({"Authorization": "Bearer wrong"}, 404),
    ],
)
def test_without_the_token_a_conversation_is_closed(
    dialogue: Dialogue, headers: dict[str, str], status: int
) -> None:
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/events"), ("POST", "/messages")):
        reply = dialogue.client.request(
            method, dialogue.path + path, headers=headers, json={"message": "x"}
        )
        assert reply.status_code == status, (method, path)
        if status == 401:
            assert reply.headers["www-authenticate"] == "Bearer"


def test_an_unknown_conversation_looks_like_a_wrong_token(dialogue: Dialogue) -> None:
    unknown = dialogue.client.get("/v1/conversations/none", headers=dialogue.key)
    wrong = dialogue.client.get(dialogue.path, headers={"Authorization": "Bearer wrong"})

    assert (unknown.status_code, unknown.json()) == (wrong.status_code, wrong.json())


def test_an_expired_conversation_is_gone(client: TestClient, store: InMemoryConversations) -> None:
    past = datetime.now(tz=UTC) - timedelta(hours=1)
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    store.create(Conversation("old", "en", "", past - timedelta(days=1), past), digest)

    reply = client.get("/v1/conversations/old", headers={"Authorization": "Bearer test"})

    assert reply.status_code == 404
    assert store.purge(datetime.now(tz=UTC)) == 1


def test_a_second_message_waits_for_the_first(store: InMemoryConversations) -> None:
    started, finish = threading.Event(), threading.Event()

    async def slow(enquiry: Enquiry) -> AsyncIterator[AnswerEvent]:
        yield Progress("searching")
        started.set()
        import anyio.to_thread

        await anyio.to_thread.run_sync(finish.wait, 20)
        yield an_answer(enquiry.question)

    with TestClient(an_app(slow, store)) as client:  # type: ignore[arg-type]
        dialogue = Dialogue(client)
        replies: list[object] = []
        first = threading.Thread(target=lambda: replies.append(dialogue.ask("first")))
        first.start()
        assert started.wait(20)
        second = dialogue.ask("second")
        finish.set()
        first.join(20)

    assert second.status_code == 409  # type: ignore[attr-defined]
    assert replies[0].json()["question"] == "first"  # type: ignore[attr-defined]


def test_a_failed_journey_is_an_error_event_and_the_next_message_works(
    store: InMemoryConversations,
) -> None:
    calls: list[str] = []

    async def sometimes(enquiry: Enquiry) -> AsyncIterator[AnswerEvent]:
        yield Progress("searching")
        calls.append(enquiry.question)
        if len(calls) == 1:
            raise ValueError("my secret question")
        yield an_answer(enquiry.question)

    with TestClient(an_app(sometimes, store)) as client:  # type: ignore[arg-type]
        dialogue = Dialogue(client)
        failed = dialogue.ask("one", **EVENTS)
        fine = dialogue.ask("two")

    assert [name for _, name, _ in parsed(failed.text)] == ["progress", "error"]  # type: ignore[attr-defined]
    assert "secret" not in failed.text  # type: ignore[attr-defined]
    assert fine.status_code == 200  # type: ignore[attr-defined]


def test_heartbeats_keep_a_quiet_stream_open(
    store: InMemoryConversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.api.streams.HEARTBEAT_SECONDS", 0.01)

    async def quiet(enquiry: Enquiry) -> AsyncIterator[AnswerEvent]:
        import anyio

        await anyio.sleep(0.1)
        yield an_answer(enquiry.question)

    with TestClient(an_app(quiet, store)) as client:  # type: ignore[arg-type]
        text = Dialogue(client).ask("hi", **EVENTS).text  # type: ignore[attr-defined]

    assert ": still here\n\n" in text
    assert [name for _, name, _ in parsed(text)] == ["answer"]

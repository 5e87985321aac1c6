import json
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi.testclient import TestClient

from bot.answer import AnswerEvent
from bot.enquiry import Enquiry
from bot.errors import NotReadyError
from tests.fakes import InMemoryConversations, ScriptedAnswerer
from tests.service import an_app


@pytest.fixture
def answerer() -> ScriptedAnswerer:
    return ScriptedAnswerer()


@pytest.fixture
def store() -> InMemoryConversations:
    return InMemoryConversations()


@pytest.fixture
def client(answerer: ScriptedAnswerer, store: InMemoryConversations) -> Iterator[TestClient]:
    with TestClient(an_app(answerer, store), raise_server_exceptions=False) as started:
        yield started


def test_a_question_gets_an_answer(client: TestClient, answerer: ScriptedAnswerer) -> None:
    reply = client.post(
        "/v1/ask",
        json={
            "question": "How much is a passport?",
            "history": [{"role": "user", "content": "Hello"}],
            "nation": "wales",
            "locale": "cy",
        },
    )

    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "no-store"
    body = reply.json()
    assert body["status"] == "answered"
    assert body["citations"][0]["updated_at"] == "2026-04-09"
    assert body["blocks"][0] == {
        "kind": "paragraph",
        "text": "The fee is £94.50.",
        "items": [],
        "headers": [],
        "rows": [],
        "citations": [1],
        "language": "",
        "frame": "",
    }
    assert answerer.asked[0].nation == "wales"
    assert answerer.asked[0].history[0].content == "Hello"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"question": ""}, 422),
        ({"question": "   \n"}, 422),
        ({"question": "x" * 1001}, 422),
        ({"question": 7}, 422),
        ({}, 422),
        ([], 422),
        ({"question": "ok", "extra": 1}, 422),
        ({"question": "ok", "nation": "france"}, 422),
        ({"question": "ok", "history": [{"role": "system", "content": "x"}]}, 422),
        ({"question": "\x00"}, 422),
    ],
)
def test_a_wrong_body_is_one_clear_problem(client: TestClient, body: object, status: int) -> None:
    reply = client.post("/v1/ask", json=body)

    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["status"] == status
    assert reply.json()["detail"]


def test_of_a_history_of_five_hundred_turns_the_last_count(
    client: TestClient, answerer: ScriptedAnswerer
) -> None:
    turns = [{"role": "user", "content": f"Question {number}?"} for number in range(500)]

    reply = client.post("/v1/ask", json={"question": "And now?", "history": turns})

    assert reply.status_code == 200
    kept = [turn.content for turn in answerer.asked[0].history]
    assert (len(kept), kept[-1]) == (50, "Question 499?")


def test_a_problem_never_repeats_the_citizen(client: TestClient) -> None:
    reply = client.post("/v1/ask", json={"question": {"secret": "QQ123456C"}})

    assert reply.status_code == 422
    assert "QQ123456C" not in reply.text


@pytest.mark.parametrize("key", ["linda_okafor", "My name is Linda Okafor and I", "QQ123456C"])
@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"question": "ok"}, "body"),
        ({"question": "ok", "history": [{"role": "user", "content": "x"}]}, "history.0"),
    ],
)
def test_a_problem_never_repeats_an_unknown_field(
    body: dict[str, object], place: str, key: str, client: TestClient
) -> None:
    history = body.get("history")
    inner = history[0] if isinstance(history, list) else body
    sent = {**body, "history": [{**inner, key: 1}]} if history else {**body, key: 1}

    reply = client.post("/v1/ask", json=sent)

    assert reply.status_code == 422
    assert key not in reply.text
    assert reply.json()["detail"].startswith(f"{place}: ")


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"question=1", b""])
def test_what_is_not_json_is_a_bad_request(client: TestClient, body: bytes) -> None:
    reply = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})

    assert reply.status_code in (400, 422)
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_huge_body_is_refused(client: TestClient) -> None:
    reply = client.post("/v1/ask", json={"question": "x" * 70_000})

    assert reply.status_code == 413
    assert "64 KiB" in reply.json()["detail"]


def test_a_huge_body_without_a_length_is_refused(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"question": "'
        for _ in range(80):
            yield b"x" * 1024
        yield b'"}'

    reply = client.post("/v1/ask", content=pieces(), headers={"Content-Type": "application/json"})

    assert reply.status_code == 413


def test_lone_surrogates_do_not_break_anything(client: TestClient) -> None:
    reply = client.post(
        "/v1/ask",
        content=b'{"question": "pass\\ud800port"}',
        headers={"Content-Type": "application/json"},
    )

    assert reply.status_code in (200, 400, 422)


@pytest.mark.parametrize("path", ["/nowhere", "/v1/nowhere"])
def test_unknown_addresses_are_problems_too(client: TestClient, path: str) -> None:
    reply = client.get(path)

    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"


def test_the_wrong_method_is_a_problem(client: TestClient) -> None:
    assert client.get("/v1/ask").status_code == 405


def test_an_unexpected_error_tells_nothing_of_the_question(
    store: InMemoryConversations, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(enquiry: Enquiry) -> AsyncIterator[AnswerEvent]:
        raise ValueError(f"cannot handle {enquiry.question}")
        yield

    client = TestClient(an_app(broken, store), raise_server_exceptions=False)  # type: ignore[arg-type]
    reply = client.post("/v1/ask", json={"question": "my secret question"})

    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert "secret" not in caplog.text
    assert "request.failed" in caplog.text


def test_while_models_load_it_says_when_to_come_back(store: InMemoryConversations) -> None:
    async def loading(enquiry: Enquiry) -> AsyncIterator[AnswerEvent]:
        raise NotReadyError("the models are loading")
        yield

    reply = TestClient(an_app(loading, store)).post("/v1/ask", json={"question": "hi"})  # type: ignore[arg-type]

    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "5"


def test_too_many_questions_are_slowed_down(
    answerer: ScriptedAnswerer, store: InMemoryConversations
) -> None:
    client = TestClient(an_app(answerer, store, rate_limits="2/minute"))

    statuses = [client.post("/v1/ask", json={"question": "hi"}).status_code for _ in range(3)]
    reply = client.post("/v1/ask", json={"question": "hi"})

    assert statuses == [200, 200, 429]
    assert 1 <= int(reply.headers["retry-after"]) <= 60


@pytest.mark.parametrize(
    ("trusted", "statuses"), [("", [200, 429]), ("127.0.0.0/8,10.0.0.0/8", [200, 200])]
)
def test_forwarded_addresses_count_only_behind_a_trusted_proxy(
    answerer: ScriptedAnswerer, store: InMemoryConversations, trusted: str, statuses: list[int]
) -> None:
    app = an_app(answerer, store, rate_limits="1/minute", trusted_proxies=trusted)
    client = TestClient(app, client=("127.0.0.1", 5))

    seen = [
        client.post(
            "/v1/ask", json={"question": "hi"}, headers={"X-Forwarded-For": f"{spoof}, {hop}"}
        ).status_code
        for spoof, hop in (("1.1.1.1", "203.0.113.1"), ("1.1.1.1", "203.0.113.2"))
    ]

    assert seen == statuses


def test_feedback_is_kept_without_personal_data(
    client: TestClient, store: InMemoryConversations
) -> None:
    answer_id = client.post("/v1/ask", json={"question": "hi"}).json()["answer_id"]

    reply = client.post(
        f"/v1/answers/{answer_id}/feedback",
        json={"useful": False, "reason": "wrong", "comment": "I am QQ123456C"},
    )

    assert reply.status_code == 204
    assert store.feedback[answer_id] == (False, "wrong", "I am [removed]")


def test_feedback_on_an_unknown_answer_is_not_found(client: TestClient) -> None:
    assert client.post("/v1/answers/none/feedback", json={"useful": True}).status_code == 404


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/livez").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["checks"] == {"services": "ok", "database": "ok"}


def test_metrics_count_answers_and_hold_no_words(client: TestClient) -> None:
    client.post("/v1/ask", json={"question": "my secret question"})

    text = client.get("/metrics").text

    assert 'enquiry_answers_total{family="answered"' in text
    assert 'route="/v1/ask"' in text
    assert "enquiry_stage_seconds_bucket" in text
    assert "secret" not in text


def test_security_headers_are_on_every_reply(client: TestClient) -> None:
    for path in ("/livez", "/chat", "/nowhere"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src 'self'" in headers["content-security-policy"]


def test_only_allowed_origins_may_call(
    answerer: ScriptedAnswerer, store: InMemoryConversations
) -> None:
    client = TestClient(an_app(answerer, store, allowed_origins="https://council.example"))

    good = client.get("/livez", headers={"Origin": "https://council.example"})
    bad = client.get("/livez", headers={"Origin": "https://evil.example"})

    assert good.headers["access-control-allow-origin"] == "https://council.example"
    assert "access-control-allow-origin" not in bad.headers


def test_the_interface_document_names_every_error(client: TestClient) -> None:
    document = client.get("/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert "Problem" in document["components"]["schemas"]
    for path, methods in document["paths"].items():
        if path.startswith("/v1/"):
            for method in methods.values():
                assert "application/problem+json" in json.dumps(method["responses"]), path

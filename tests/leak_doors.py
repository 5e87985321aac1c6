"""Doors of the running service, each a way to send it a text that holds an identifier."""

import json
import re
from collections.abc import Callable

import httpx

from eval.benchmarks.guards.identifiers import Told

PAGES_OF_THE_SERVICE = (
    *("/", "/demo", "/embed", "/accessibility", "/widget.js", "/site.css", "/chat"),
    *("/livez", "/openapi.json"),
)


def joined(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def asks(client: httpx.Client, told: Told) -> None:
    client.post("/v1/ask", json={"question": told.sentence}).raise_for_status()


def asks_after_history(client: httpx.Client, told: Told) -> None:
    history = [{"role": role, "content": told.sentence} for role in ("user", "assistant")]
    body = {"question": "How much is a passport?", "history": history}
    client.post("/v1/ask", json=body).raise_for_status()


def streams(client: httpx.Client, told: Told) -> None:
    opened = client.post("/v1/conversations").json()
    path = f"/v1/conversations/{opened['conversation_id']}"
    headers = {"Authorization": f"Bearer {opened['token']}"}
    client.post(
        f"{path}/messages",
        json={"message": told.sentence},
        headers={**headers, "Accept": "text/event-stream"},
    ).raise_for_status()
    client.get(f"{path}/events", headers=headers).raise_for_status()
    client.get(path, headers=headers).raise_for_status()


def repeats(client: httpx.Client, told: Told) -> None:
    opened = client.post("/v1/conversations").json()
    client.post(
        f"/v1/conversations/{opened['conversation_id']}/messages",
        json={"message": told.sentence},
        headers={
            "Authorization": f"Bearer {opened['token']}",
            "Idempotency-Key": told.value.encode("ascii", "ignore").decode(),
        },
    ).raise_for_status()


def fills_in_the_form(client: httpx.Client, told: Told) -> None:
    client.post("/chat", data={"question": told.sentence}, follow_redirects=True).raise_for_status()


def opens_the_widget(client: httpx.Client, told: Told) -> None:
    origin = f"https://council.example/?q={joined(told.value)}"
    for page in PAGES_OF_THE_SERVICE:
        client.get(page, params={"question": told.sentence}, headers={"Referer": origin})
    client.post(
        "/v1/ask",
        json={"question": told.sentence},
        headers={"Origin": "https://council.example", "Referer": origin},
    )


def gives_feedback(client: httpx.Client, told: Told) -> None:
    answer = client.post("/v1/ask", json={"question": "How much is a passport?"}).json()
    client.post(
        f"/v1/answers/{answer['answer_id']}/feedback",
        json={"useful": False, "reason": "other", "comment": told.sentence},
    ).raise_for_status()


def erases_a_conversation(client: httpx.Client, told: Told) -> None:
    opened = client.post("/v1/conversations").json()
    path = f"/v1/conversations/{opened['conversation_id']}"
    headers = {"Authorization": f"Bearer {opened['token']}"}
    body = {"message": told.sentence}
    client.post(f"{path}/messages", json=body, headers=headers).raise_for_status()
    client.delete(path, headers=headers).raise_for_status()


def judges_and_erases_on_the_page(client: httpx.Client, told: Told) -> None:
    # Only what is answered can be judged.
    form = {"question": f"How much is an adult passport? {told.sentence}"}
    page = client.post("/chat", data=form, follow_redirects=True).raise_for_status().text
    answers = re.findall(r'name="answer_id" value="([^"]+)"', page)
    key = re.findall(r'name="conversation" value="([^"]+)"', page)[-1]
    said = {"answer_id": joined(told.value)[:64], "opinion": "other", "conversation": told.value}
    for sent in (said, {**said, "answer_id": answers[-1], "conversation": key}):
        client.post("/chat/feedback", data=sent, follow_redirects=True)
    client.get("/chat/erase", params={"question": told.sentence}, follow_redirects=True)
    for sent in ({"conversation": told.value}, {"conversation": key, "sure": "yes"}):
        client.post("/chat/erase", data=sent, follow_redirects=True).raise_for_status()


def gets_lost(client: httpx.Client, told: Told) -> None:
    reply = client.get(f"/chat/{joined(told.value)}", params={"question": told.sentence})
    assert reply.status_code == 404
    client.get("/readyz", params={"note": told.sentence}, headers={"X-Note": joined(told.value)})


def makes_mistakes(client: httpx.Client, told: Told) -> None:
    for body in (
        json.dumps({"question": {"text": told.sentence}}),
        json.dumps({told.sentence: 1}),
        json.dumps({"question": "x", "nation": told.sentence}),
        f'{{"question": "{told.sentence}',
    ):
        reply = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
        assert reply.status_code in (400, 422)
        client.headers["X-Last"] = "seen"


def sends_an_event_without_a_key(client: httpx.Client, told: Told) -> None:
    reply = client.post("/v1/ingest/events", json={"url": told.sentence})
    assert reply.status_code >= 400


DOORS: tuple[Callable[[httpx.Client, Told], None], ...] = (
    asks,
    asks_after_history,
    streams,
    repeats,
    fills_in_the_form,
    opens_the_widget,
    gives_feedback,
    erases_a_conversation,
    judges_and_erases_on_the_page,
    gets_lost,
    makes_mistakes,
    sends_an_event_without_a_key,
)

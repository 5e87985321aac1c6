"""A thousand identifiers through every door; afterwards none is found in anything that is kept."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import httpx
import pytest

from eval.benchmarks.guards.identifiers import KINDS, Told, sentences
from eval.benchmarks.running import wait_until_ready
from tests.openai_server import Script, openai_server
from tests.test_whole_journey import command, environment

pytestmark = pytest.mark.model
# "Mrs Hughes" is a name that may stand in guidance; half a postcode may, too. Both are counted by
# the benchmark; here only what could be nobody else's.
EXACT = sorted(set(KINDS) - {"titled_name", "name", "postcode"})
EACH = 1000 // len(EXACT) + 1
PAGES = {
    "passport": "An adult passport costs £94.50.",
    "tax": "You need a Unique Taxpayer Reference to file a tax return.",
    "driving": "Tell DVLA when your address changes.",
}


@dataclass
class Kept:
    """Everything the service wrote down, said of itself or sent to others while it ran."""

    folder: Path
    log: Path
    told: list[Told] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    model: Script = field(default_factory=Script)

    def everything(self) -> Iterator[tuple[str, str]]:
        yield "replies", "\n".join(self.said)
        yield "language model", json.dumps(self.model.requests, ensure_ascii=False)
        for path in [self.log, *self.folder.rglob("*")]:
            if path.is_file() and "index" not in path.relative_to(self.folder.parent).parts:
                yield path.name, path.read_bytes().decode("utf-8", "replace")


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
    for page in ("/embed", "/widget.js", "/chat"):
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
    gets_lost,
    makes_mistakes,
    sends_an_event_without_a_key,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("leak")
    pages = folder / "pages"
    pages.mkdir()
    for name, text in PAGES.items():
        matter = f"---\nurl: https://x.gov.uk/{name}\ntitle: {name.title()}\n---\n\n"
        (pages / f"{name}.md").write_text(f"{matter}{text}\n", "utf-8")
    built = command("ingestion", "build", str(pages), "--publish", cwd=folder)
    assert built.returncode == 0, built.stderr
    kept = Kept(folder / "data", folder / "service.log")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Every other time it fails, and its error repeats all that it was asked.
    kept.model = Script(reply="[1] It costs £94.50.", statuses=[200, 500] * 2_000, echoes=True)
    with kept.log.open("wb") as log, openai_server(kept.model) as model_url:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve", "--port", str(port)],
            cwd=folder,
            env={
                **environment(folder),
                "ENQUIRY_CHAT_MODEL": "openai:scripted",
                "ENQUIRY_CHAT_BASE_URL": model_url,
                "ENQUIRY_CHAT_API_KEY": "key",
                "ENQUIRY_CHAT_RETRIES": "0",
                "ENQUIRY_CHAT_FAILURES": "1000",
            },
            stdout=log,
            stderr=log,
        )
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", process)
            _through_every_door(f"http://127.0.0.1:{port}", kept)
        finally:
            # Killed, so that what a crash would leave on the disk is searched, too.
            process.kill()
            process.wait(20)
    return kept


def _through_every_door(url: str, kept: Kept) -> None:
    def overhear(reply: httpx.Response) -> None:
        reply.read()
        kept.said.append(reply.text)

    kept.told = [told for kind in EXACT for told in sentences(kind, EACH, seed=5)]
    hooks = {"response": [overhear]}
    with httpx.Client(base_url=url, timeout=60, event_hooks=hooks) as client:
        for told, door in zip(kept.told, cycle(DOORS), strict=False):
            door(client, told)
        failures = client.get("/metrics").text
        assert re.search(r'language_model_failures_total\{kind="\w+"\} [1-9]\d\d', failures)


def test_every_door_was_used(kept: Kept) -> None:
    assert len(kept.told) >= 1000
    assert len(kept.said) > len(kept.told)
    assert len(kept.model.requests) > 300
    assert {"service.log", "enquiries.sqlite3"} <= {name for name, _ in kept.everything()}


def test_nothing_that_is_kept_or_said_holds_an_identifier(kept: Kept) -> None:
    found = []
    for name, text in kept.everything():
        haystack, spoken = joined(text), text.lower()
        for told in kept.told:
            value = joined(told.value)
            # Short numbers may be a part of something else; then the form must be the same.
            hit = value in haystack if len(value) >= 9 else told.value.lower() in spoken
            if hit:
                found.append((name, told.kind, told.sentence))
    assert not found, found[:20]

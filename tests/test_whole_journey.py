"""The product as a person uses it: real model, real commands, a real server, real HTTP."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from eval.benchmarks.running import wait_until_ready

pytestmark = pytest.mark.model


def command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=environment(cwd),
    )


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENQUIRY_")}
    return {**kept, "ENQUIRY_DATA_DIR": str(folder / "data"), "ENQUIRY_RATE_LIMITS": "off"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journey")
    built = command("ingestion", "build", "--publish", "--json", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert json.loads(built.stdout)["pages"] >= 60
    return folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve", "--port", str(port)],
        cwd=folder,
        env=environment(folder),
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url, process)
        yield url
    finally:
        process.terminate()
        assert process.wait(20) in (0, -15)


def test_a_question_on_the_terminal(folder: Path) -> None:
    done = command("bot", "ask", "How much is a passport for a child?", cwd=folder)

    assert done.returncode == 0, done.stderr
    assert "£61.50" in done.stdout
    assert "Passport fees > Standard fees" in done.stdout


def test_a_question_over_http_cites_the_sentence(service: str) -> None:
    reply = httpx.post(
        f"{service}/v1/ask",
        json={"question": "My NI number is QQ123456C. What is the full new State Pension a week?"},
        timeout=30,
    )

    answer = reply.json()
    assert answer["status"] == "answered"
    assert "£241.30" in answer["text"]
    assert [redaction["kind"] for redaction in answer["redactions"]] == ["nino"]
    assert "QQ123456C" not in reply.text
    assert any(
        "#:~:text=" in c["deep_link"] or ":~:text=" in c["deep_link"] for c in answer["citations"]
    )


@pytest.mark.parametrize("locale", ["en", "cy"])
def test_every_example_of_the_demonstration_is_answered(service: str, locale: str) -> None:
    page = httpx.get(f"{service}/demo", params={"locale": locale}).text
    examples = page[page.index('class="examples"') : page.index("</ul>", page.index("examples"))]

    for example in re.findall("<li>(.*)</li>", examples):
        history: list[dict[str, str]] = []
        for question in example.split(" And then: "):
            asked = {"question": question, "locale": locale, "history": history}
            answer = httpx.post(f"{service}/v1/ask", json=asked, timeout=30).json()
            assert (question, answer["status"]) == (question, "answered")
            assert answer["completeness"] == "complete"
            history += [
                {"role": "user", "content": question},
                {"role": "assistant", "content": answer["text"]},
            ]


def test_what_the_guidance_does_not_hold_is_not_answered(service: str) -> None:
    reply = httpx.post(
        f"{service}/v1/ask", json={"question": "Which vaccines do I need for Kenya?"}, timeout=30
    )

    assert reply.json()["status"].startswith("no_answer")
    assert reply.json()["nearest_pages"]


def test_nothing_personal_is_left_in_any_file(service: str, folder: Path) -> None:
    created = httpx.post(f"{service}/v1/conversations", timeout=30).json()
    path = f"{service}/v1/conversations/{created['conversation_id']}"
    headers = {"Authorization": f"Bearer {created['token']}"}
    message = "I am Jo, AB123456C, jo.bloggs@example.org. How do I renew my passport?"

    answer = httpx.post(f"{path}/messages", json={"message": message}, headers=headers, timeout=30)
    comment = {"useful": False, "comment": "write to jo.bloggs@example.org"}
    httpx.post(
        f"{service}/v1/answers/{answer.json()['answer_id']}/feedback", json=comment, timeout=30
    )

    assert answer.status_code == 200
    stored = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    metrics = httpx.get(f"{service}/metrics", timeout=30).content
    transcript = httpx.get(path, headers=headers, timeout=30).content
    for value in (b"AB123456C", b"jo.bloggs"):
        assert value not in stored + metrics + transcript
    assert created["token"].encode() not in stored


def test_a_second_build_embeds_nothing(folder: Path) -> None:
    again = command("ingestion", "build", "--json", cwd=folder)

    summary = json.loads(again.stdout)
    assert summary["embedded"] == 0
    assert {summary["changes"]["pages"][kind] for kind in ("added", "changed", "removed")} == {0}

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from bot.answer import Block
from tests.fakes import InMemoryConversations, ScriptedAnswerer, an_answer
from tests.service import an_app


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(an_app(ScriptedAnswerer(), InMemoryConversations())) as started:
        yield started


@pytest.mark.parametrize("path", ["/demo", "/embed", "/chat", "/accessibility", "/demo?locale=cy"])
def test_pages_are_served(client: TestClient, path: str) -> None:
    reply = client.get(path)

    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/html")
    assert "<h1" in reply.text


def test_the_widget_may_be_loaded_from_any_site(client: TestClient) -> None:
    reply = client.get("/widget.js")

    assert reply.headers["content-type"].startswith("text/javascript")
    assert reply.headers["access-control-allow-origin"] == "*"


def test_says_once_where_blocks_in_a_row_are_from() -> None:
    frame = "From Passport fees, Children:"
    blocks = tuple(
        Block("paragraph", text=text, citations=(1,), frame=frame) for text in ("One.", "Two.")
    )
    answers = ScriptedAnswerer(lambda enquiry: an_answer(enquiry.question, blocks=blocks))

    with TestClient(an_app(answers, InMemoryConversations())) as started:
        page = started.post("/chat", data={"question": "How much is a passport?"}).text

    assert page.count(f'<p class="from">{frame}</p>') == 1
    assert page.index(frame) < page.index("One.") < page.index("Two.")


@pytest.mark.parametrize(
    ("path", "status", "words", "language"),
    [
        ("/chat?locale=fr", 422, "could not use this address", "en"),
        ("/chat/nothing?locale=cy", 404, "Heb ddod o hyd i", "cy"),
        ("/accessibility/nothing", 404, "Page not found", "en"),
        ("/chat/feedback", 405, "Page not found", "en"),
    ],
)
def test_an_error_under_a_page_is_a_page(
    client: TestClient, path: str, status: int, words: str, language: str
) -> None:
    reply = client.get(path)

    assert reply.status_code == status
    assert reply.headers["content-type"].startswith("text/html")
    assert f'<html lang="{language}">' in reply.text
    assert words in reply.text
    assert re.search(r"<title>.{5,} – (Enquiry service|Gwasanaeth ymholi)</title>", reply.text)
    assert f'href="/chat?locale={language}"' in reply.text


def test_an_error_anywhere_else_is_a_problem_document(client: TestClient) -> None:
    for path in ("/v1/nothing", "/nothing", "/chatter"):
        reply = client.get(path)

        assert reply.status_code == 404
        assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/chat", "/accessibility", "/chat/nothing"])
def test_titles_name_the_service(client: TestClient, path: str) -> None:
    assert "– Enquiry service</title>" in client.get(path).text

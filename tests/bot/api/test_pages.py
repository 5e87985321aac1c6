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


def hidden(page: str) -> str:
    found = re.search(r'name="conversation" value="([^"]*)"', page)
    assert found is not None
    return found[1]


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


def test_a_conversation_without_javascript(client: TestClient) -> None:
    first = client.post("/chat", data={"question": "How much is a passport?"})
    second = client.post(
        "/chat", data={"question": "and for a child?", "conversation": hidden(first.text)}
    )

    assert "The fee is £94.50." in first.text
    assert 'href="https://guidance.example.gov.uk/passports/passport-fees#:~:text=' in first.text
    assert second.text.count('class="exchange"') == 2


def test_the_conversation_can_be_deleted(client: TestClient) -> None:
    key = hidden(client.post("/chat", data={"question": "hi"}).text)

    erased = client.post("/chat/erase", data={"conversation": key}, follow_redirects=False)
    after = client.post("/chat", data={"question": "hi", "conversation": key})

    assert erased.status_code == 303
    assert after.text.count('class="exchange"') == 1


@pytest.mark.parametrize(("question", "problem"), [("", "Enter a question"), ("x" * 1001, "1,000")])
def test_an_error_is_named_and_the_question_given_back(
    client: TestClient, question: str, problem: str
) -> None:
    reply = client.post("/chat", data={"question": question})

    assert reply.status_code == 422
    assert "There is a problem" in reply.text
    assert problem in reply.text
    assert f">{question}</textarea>" in reply.text


def test_what_citizens_write_is_never_markup(client: TestClient) -> None:
    reply = client.post("/chat", data={"question": "<script>alert(1)</script>"})

    assert "<script>alert" not in reply.text
    assert "&lt;script&gt;" in reply.text


def test_welsh_pages_have_welsh_words(client: TestClient) -> None:
    page = client.get("/chat?locale=cy").text

    assert '<html lang="cy">' in page
    assert "Eich cwestiwn" in page


def test_a_browser_with_cookies_can_leave_and_come_back(client: TestClient) -> None:
    client.get("/chat")

    sent_on = client.post("/chat", data={"question": "How much?"}, follow_redirects=False)
    back = client.get("/chat")

    assert (sent_on.status_code, sent_on.headers["Location"]) == (303, "/chat?locale=en#latest")
    cookie = sent_on.headers["Set-Cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=lax", "path=/chat"))
    assert "How much?" in back.text

    client.post("/chat/erase")
    assert "How much?" not in client.get("/chat").text


def test_a_browser_without_cookies_gets_the_conversation_in_the_page(client: TestClient) -> None:
    client.cookies.clear()

    page = client.post("/chat", data={"question": "How much?"}, follow_redirects=False)

    assert page.status_code == 200
    assert "How much?" in page.text


def test_a_strange_cookie_opens_no_conversation(client: TestClient) -> None:
    for value in ("none", "a.b", "..", "%00.x"):
        client.cookies.set("enquiry_chat", value, path="/chat")
        assert client.get("/chat").status_code == 200

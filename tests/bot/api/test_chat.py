"""The chat without JavaScript, as its forms and replies."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from bot.answer import Answer, AnswerEvent, AnswerStatus, Block, Notice
from bot.enquiry import Enquiry
from bot.errors import NotReadyError
from tests.fakes import SOURCE, InMemoryConversations, ScriptedAnswerer, an_answer
from tests.service import an_app

DIRECT = {"cookies": "no"}
"""What the forms say in a browser that keeps no cookies."""


@pytest.fixture
def store() -> InMemoryConversations:
    return InMemoryConversations()


@pytest.fixture
def client(store: InMemoryConversations) -> Iterator[TestClient]:
    with TestClient(an_app(ScriptedAnswerer(), store)) as started:
        yield started


@pytest.fixture
def without_cookies(store: InMemoryConversations) -> Iterator[TestClient]:
    with TestClient(an_app(ScriptedAnswerer(), store)) as started:
        started.cookies.jar.set_policy(_NoCookies())
        yield started


class _NoCookies:
    """A browser's refusal of every cookie."""

    netscape, rfc2965, hide_cookie2 = True, False, False

    def set_ok(self, *_: object) -> bool:
        return False

    def return_ok(self, *_: object) -> bool:
        return False

    def domain_return_ok(self, *_: object) -> bool:
        return False

    def path_return_ok(self, *_: object) -> bool:
        return False


def hidden(page: str) -> str:
    found = re.search(r'name="conversation" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def title(page: Response) -> str:
    found = re.search(r"<title>(.*)</title>", page.text)
    assert found is not None
    return found[1]


def ask(client: TestClient, question: str = "How much?", **form: str) -> Response:
    return client.post("/chat", data={"question": question, **form})


def an_answerer(error: Exception) -> Callable[[Enquiry], AsyncIterator[AnswerEvent]]:
    """An answerer that fails."""

    async def answer(enquiry: Enquiry) -> AsyncIterator[AnswerEvent]:
        raise error
        yield an_answer(enquiry.question)

    return answer


def answering(answer: Answer) -> FastAPI:
    answerer = ScriptedAnswerer(lambda enquiry: replace(answer, question=enquiry.question))
    return an_app(answerer, InMemoryConversations())


def test_says_once_where_blocks_in_a_row_are_from() -> None:
    frame = "From Passport fees, Children:"
    blocks = tuple(
        Block("paragraph", text=text, citations=(1,), frame=frame) for text in ("One.", "Two.")
    )

    with TestClient(answering(an_answer(blocks=blocks))) as started:
        page = ask(started).text

    assert page.count(f'<p class="from">{frame}</p>') == 1
    assert page.index(frame) < page.index("One.") < page.index("Two.")


def test_a_conversation_without_javascript(client: TestClient) -> None:
    first = ask(client, "How much is a passport?")
    second = ask(client, "and for a child?")

    assert "The fee is £94.50." in first.text
    assert 'href="https://guidance.example.gov.uk/passports/passport-fees#:~:text=' in first.text
    assert second.text.count('class="exchange"') == 2


def test_what_citizens_write_is_never_markup(client: TestClient) -> None:
    reply = ask(client, "<script>alert(1)</script>")

    assert "<script>alert" not in reply.text
    assert "&lt;script&gt;" in reply.text


def test_welsh_pages_have_welsh_words(client: TestClient) -> None:
    page = client.get("/chat?locale=cy").text

    assert '<html lang="cy">' in page
    assert "Eich cwestiwn" in page


# --------------------------------------------------------------------------- cookies


def test_nothing_is_kept_in_the_browser_before_the_first_question(client: TestClient) -> None:
    for path in ("/chat", "/chat?locale=cy", "/demo", "/accessibility", "/embed", "/chat/erase"):
        assert "Set-Cookie" not in client.get(path).headers


def test_the_first_question_is_answered_by_redirect(client: TestClient) -> None:
    reply = ask(client)

    assert [step.status_code for step in reply.history] == [307, 303]
    assert str(reply.url).endswith("/chat?locale=en#latest")
    assert "How much?" in reply.text
    assert len(client.app.state.door.conversations._exchanges) == 1  # type: ignore[attr-defined]


def test_the_cookie_ends_with_the_browser(client: TestClient) -> None:
    reply = ask(client)

    for step in reply.history:
        cookie = step.headers["Set-Cookie"].lower()
        assert all(word in cookie for word in ("httponly", "samesite=lax", "path=/chat"))
        assert "max-age" not in cookie
        assert "expires" not in cookie


def test_a_browser_with_cookies_can_leave_and_come_back(client: TestClient) -> None:
    ask(client)

    assert "How much?" in client.get("/chat").text


def test_a_browser_without_cookies_gets_the_conversation_in_the_page(
    without_cookies: TestClient,
) -> None:
    first = ask(without_cookies)
    second = without_cookies.post(
        "/chat",
        params=DIRECT,
        data={"question": "And for a child?", "conversation": hidden(first.text)},
    )

    assert [step.status_code for step in first.history] == [307]
    assert 'action="/chat?locale=en&amp;cookies=no#latest"' in first.text
    assert (second.history, second.status_code) == ([], 200)
    assert second.text.count('class="exchange"') == 2
    assert hidden(second.text) == hidden(first.text)


def test_a_strange_cookie_opens_no_conversation(client: TestClient) -> None:
    for value in ("none", "a.b", "..", "%00.x"):
        client.cookies.set("enquiry_chat", value, path="/chat")
        assert client.get("/chat").status_code == 200


# --------------------------------------------------------------------------- other sites


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://attacker.example"},
        {"Origin": "http://testserver:8080"},
        {"Origin": "http://testserver.attacker.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_ask_in_somebodys_name(
    client: TestClient, store: InMemoryConversations, headers: dict[str, str]
) -> None:
    form = {"question": "What they typed", "conversation": "theirs.token"}

    reply = client.post("/chat", data=form, headers=headers)

    assert reply.status_code == 403
    assert "Set-Cookie" not in reply.headers
    assert ">What they typed</textarea>" in reply.text
    assert "came from another website" in reply.text
    assert "theirs.token" not in reply.text
    assert store._exchanges == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://outside.example"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
        {"Origin": "https://TESTSERVER"},
        {},
    ],
)
def test_our_own_pages_can_ask(client: TestClient, headers: dict[str, str]) -> None:
    reply = client.post("/chat", data={"question": "How much?"}, headers=headers)

    assert reply.status_code == 200
    assert "The fee is" in reply.text


def test_the_page_lets_browsers_say_that_its_forms_are_its_own(client: TestClient) -> None:
    assert '<meta name="referrer" content="same-origin">' in client.get("/chat").text


# --------------------------------------------------------------------------- what is kept


@pytest.mark.parametrize(
    ("hours", "locale", "words"),
    [
        (24, "en", "stored for up to 24 hours"),
        (1, "en", "stored for up to 1 hour."),
        (720, "en", "stored for up to 30 days"),
        (49, "en", "stored for up to 49 hours"),
        (24, "cy", "am hyd at 24 awr"),
        (48, "cy", "am hyd at 2 ddiwrnod"),
    ],
)
def test_says_beside_the_field_what_is_kept_and_for_how_long(
    hours: int, locale: str, words: str
) -> None:
    app = an_app(ScriptedAnswerer(), InMemoryConversations(), conversation_hours=hours)

    with TestClient(app) as started:
        page = started.get(f"/chat?locale={locale}").text

    assert words in page
    assert ("cookie" if locale == "en" else "cwci") in page
    assert page.index(words) < page.index("<textarea")


def test_links_the_operators_privacy_notice() -> None:
    address = "https://www.example.gov.uk/privacy"
    app = an_app(ScriptedAnswerer(), InMemoryConversations(), privacy_url=address)

    with TestClient(app) as started:
        assert f'<a href="{address}" rel="noopener noreferrer">Privacy notice</a>' in (
            started.get("/chat").text
        )
        assert "Hysbysiad preifatrwydd" in started.get("/chat?locale=cy").text


def test_links_no_privacy_notice_where_there_is_none(client: TestClient) -> None:
    assert "Privacy notice" not in client.get("/chat").text


# --------------------------------------------------------------------------- deleting


def erase(client: TestClient, key: str, **form: str) -> Response:
    return client.post("/chat/erase", data={"conversation": key, **form})


def test_deleting_is_asked_about_first(client: TestClient) -> None:
    key = hidden(ask(client).text)

    asked = erase(client, key)

    assert str(asked.url).endswith("/chat/erase?locale=en")
    assert "Are you sure you want to delete this conversation?" in asked.text
    assert title(asked) == "Delete this conversation – Enquiry service"
    assert "How much?" in client.get("/chat").text


def test_deleting_is_confirmed(client: TestClient, store: InMemoryConversations) -> None:
    key = hidden(ask(client).text)

    done = erase(client, key, sure="yes")

    assert store._exchanges == {}
    assert "Your conversation has been deleted." in done.text
    assert title(done) == "Conversation deleted – Enquiry service"
    assert "How much?" not in done.text
    assert "enquiry_chat" not in client.cookies
    assert "has been deleted" not in client.get("/chat").text


def test_deleting_can_be_thought_better_of(client: TestClient) -> None:
    key = hidden(ask(client).text)

    kept = erase(client, key, sure="no")

    assert "How much?" in kept.text
    assert "deleted" not in title(kept)


def test_a_cookie_alone_deletes_nothing(client: TestClient) -> None:
    ask(client)

    client.post("/chat/erase", data={"sure": "yes"})

    assert "How much?" in client.get("/chat").text


def test_an_old_page_deletes_what_it_shows(client: TestClient) -> None:
    old = hidden(ask(client, "Old one").text)
    client.cookies.clear()
    ask(client, "New one")

    asked = erase(client, old)
    erase(client, hidden(asked.text), sure="yes")

    assert hidden(asked.text) == old
    assert "New one" in client.get("/chat").text


def test_deletes_without_cookies_too(
    without_cookies: TestClient, store: InMemoryConversations
) -> None:
    key = hidden(ask(without_cookies).text)

    asked = erase(without_cookies, key)
    kept = erase(without_cookies, hidden(asked.text), sure="no")
    done = erase(without_cookies, hidden(asked.text), sure="yes")

    assert "Are you sure" in asked.text
    assert "How much?" in kept.text
    assert "has been deleted" in done.text
    assert store._exchanges == {}


def test_says_that_a_conversation_is_gone(client: TestClient, store: InMemoryConversations) -> None:
    ask(client)
    store.erase(next(iter(store._open)))

    page = client.get("/chat")

    assert "has been deleted or has expired" in page.text
    assert title(page) == "Conversation ended – Enquiry service"
    assert "has expired" not in client.get("/chat").text


def test_says_that_a_question_started_a_new_conversation(
    client: TestClient, store: InMemoryConversations
) -> None:
    key = hidden(ask(client).text)
    later = datetime.now(tz=UTC) + timedelta(days=2)
    store.purge(later)

    page = ask(client, "And for a child?", conversation=key)

    assert "had been deleted or had expired. This question started a new one." in page.text
    assert page.text.count('class="exchange"') == 1


def test_an_answer_is_not_lost_when_the_conversation_is_deleted_meanwhile() -> None:
    store = InMemoryConversations()

    def make(enquiry: Enquiry) -> Answer:
        if enquiry.history:
            store.erase(next(iter(store._open)))
        return an_answer(enquiry.question)

    with TestClient(an_app(ScriptedAnswerer(make), store)) as started:
        ask(started)
        page = ask(started, "And for a child?")

    assert "And for a child?" in page.text
    assert "This question started a new one." in page.text


# --------------------------------------------------------------------------- errors


def test_an_empty_question_can_be_gone_back_from(client: TestClient) -> None:
    reply = ask(client, "  ")

    assert reply.history[-1].status_code == 303
    assert "There is a problem" in reply.text
    assert '<a href="#question">Enter a question</a>' in reply.text
    assert title(reply) == "Error: Ask a question – Enquiry service"


def test_an_empty_question_is_told_without_cookies_too(without_cookies: TestClient) -> None:
    reply = ask(without_cookies, "")

    assert reply.status_code == 422
    assert '<a href="#question">Enter a question</a>' in reply.text


@pytest.mark.parametrize("characters", [1001, 100_000])
def test_a_long_question_is_given_back(client: TestClient, characters: int) -> None:
    question = "x" * characters

    reply = ask(client, question)

    assert reply.status_code == 422
    assert '<a href="#question">Your question must be 1,000 characters' in reply.text
    assert 'aria-invalid="true"' in reply.text
    assert f">{question}</textarea>" in reply.text


def test_a_line_end_is_one_character(client: TestClient) -> None:
    assert ask(client, "x" * 499 + "\r\n" + "x" * 500).status_code == 200


def test_more_than_is_read_is_refused_with_a_page(client: TestClient) -> None:
    reply = client.post("/chat?locale=cy", data={"question": "x" * 600_000})

    assert reply.status_code == 413
    assert reply.headers["content-type"].startswith("text/html")
    assert "Mae eich cwestiwn yn rhy hir" in reply.text
    assert title(reply) == "Mae eich cwestiwn yn rhy hir – Gwasanaeth ymholi"


@pytest.mark.parametrize(
    ("error", "status", "wait", "words"),
    [
        (NotReadyError("loading"), 503, "5", "The service is starting."),
        (RuntimeError("secret"), 500, None, "there is a problem with the service"),
    ],
)
def test_a_fault_of_the_service_is_not_the_questions(
    error: Exception, status: int, wait: str | None, words: str
) -> None:
    app = an_app(an_answerer(error), InMemoryConversations())  # type: ignore[arg-type]

    with TestClient(app) as started:
        reply = ask(started, "How much?")

    assert reply.status_code == status
    assert reply.headers.get("Retry-After") == wait
    assert words in reply.text
    assert ">How much?</textarea>" in reply.text
    assert "aria-invalid" not in reply.text
    assert 'href="#question"' not in reply.text
    assert "secret" not in reply.text


@pytest.mark.parametrize(
    ("limit", "locale", "words"),
    [
        ("1/hour", "en", "Wait 1 hour, then"),
        ("1/minute", "en", "Wait 1 minute, then"),
        ("1/hour", "cy", "Arhoswch 1 awr, yna"),
    ],
)
def test_who_asks_too_often_is_told_when_to_try_again(limit: str, locale: str, words: str) -> None:
    app = an_app(ScriptedAnswerer(), InMemoryConversations(), rate_limits=limit)

    with TestClient(app) as started:
        ask(started, "One")
        reply = started.post(f"/chat?locale={locale}", data={"question": "Two"})

    assert reply.status_code == 429
    assert int(reply.headers["Retry-After"]) > 55
    assert words in reply.text
    assert ">Two</textarea>" in reply.text
    assert "aria-invalid" not in reply.text
    assert ">One<" not in title(reply)


class _BrokenStore(InMemoryConversations):
    def find(self, *_: object) -> None:
        message = "The database is away."
        raise OSError(message)


def test_a_broken_database_gives_the_question_and_the_key_back() -> None:
    with TestClient(an_app(ScriptedAnswerer(), _BrokenStore())) as started:
        reply = started.post(
            "/chat", params=DIRECT, data={"question": "How much?", "conversation": "a.b"}
        )

    assert reply.status_code == 500
    assert ">How much?</textarea>" in reply.text
    assert hidden(reply.text) == "a.b"


# --------------------------------------------------------------------------- titles and order


def test_the_title_changes_with_every_answer_and_never_repeats_the_question(
    client: TestClient,
) -> None:
    assert title(client.get("/chat")) == "Ask a question – Enquiry service"
    assert title(ask(client, "I am in danger")) == "Answer 1 – Enquiry service"
    assert title(ask(client, "What now?")) == "Answer 2 – Enquiry service"
    assert title(client.get("/chat?locale=cy")) == "Ateb 2 – Gwasanaeth ymholi"


def test_choices_come_before_other_pages() -> None:
    near = replace(SOURCE, title="Lost passports", quote="")
    answer = an_answer(
        status=AnswerStatus.CLARIFICATION, citations=(), nearest_pages=(near,), follow_ups=("A?",)
    )

    with TestClient(answering(answer)) as started:
        page = ask(started).text

    assert page.index("Choose one") < page.index("Pages that may help")


def test_further_questions_come_after_other_pages() -> None:
    near = replace(SOURCE, title="Lost passports", quote="")

    with TestClient(answering(an_answer(nearest_pages=(near,), follow_ups=("A?",)))) as started:
        page = ask(started).text

    assert page.index("Pages that may help") < page.index("You can also ask")


# --------------------------------------------------------------------------- whom to call


def test_whom_to_call_beside_an_answer_is_a_list() -> None:
    text = "You can get help:\nSamaritans: call 116 123.\nShout: text SHOUT to 85258."

    with TestClient(answering(an_answer(notices=(Notice("help", text),)))) as started:
        page = ask(started).text

    alert = page[page.index('<div class="alert"') : page.index("</div>", page.index('"alert"'))]
    assert "<p>You can get help:</p>" in alert
    assert '<li>Samaritans: call <a href="tel:116123">116 123</a>.</li>' in alert
    assert '<li>Shout: text SHOUT to <a href="sms:85258">85258</a>.</li>' in alert


def test_a_conversation_about_danger_can_be_deleted_where_it_says_whom_to_call() -> None:
    answer = an_answer(
        status=AnswerStatus.REDIRECT_CRISIS, blocks=(Block("notice", text="Talk."),), citations=()
    )

    with TestClient(answering(answer)) as started:
        page = ask(started).text

    alert = page[page.index('<div class="alert"') : page.index("Ask another question")]
    assert alert.index("Delete this conversation") < alert.index("</form>")
    assert "Is this answer useful?" not in page


# --------------------------------------------------------------------------- feedback


@pytest.mark.parametrize(
    ("opinion", "kept"),
    [
        ("useful", (True, "", "")),
        ("unclear", (False, "unclear", "")),
        ("other", (False, "other", "")),
    ],
)
def test_feedback_is_kept_and_thanked_for(
    client: TestClient, store: InMemoryConversations, opinion: str, kept: tuple[bool, str, str]
) -> None:
    page = ask(client).text
    form = {"answer_id": "answer-1", "opinion": opinion}

    reply = client.post("/chat/feedback", data=form)

    assert f'name="opinion" value="{opinion}"' in page
    assert store.feedback == {"answer-1": kept}
    assert "Thank you for your feedback." in reply.text
    assert "Is this answer useful?" not in reply.text
    assert title(reply) == "Feedback sent – Enquiry service"


def test_another_site_gives_no_feedback(client: TestClient, store: InMemoryConversations) -> None:
    ask(client)
    form = {"answer_id": "answer-1", "opinion": "useful"}

    client.post("/chat/feedback", data=form, headers={"Sec-Fetch-Site": "cross-site"})

    assert store.feedback == {}


def test_feedback_without_cookies_keeps_the_conversation(
    without_cookies: TestClient, store: InMemoryConversations
) -> None:
    key = hidden(ask(without_cookies).text)
    form = {"answer_id": "answer-1", "opinion": "useful", "conversation": key}

    reply = without_cookies.post("/chat/feedback", data=form)

    assert "Thank you" in reply.text
    assert "How much?" in reply.text
    assert store.feedback == {"answer-1": (True, "", "")}


def test_feedback_on_an_answer_that_is_gone_is_not_thanked_for(client: TestClient) -> None:
    reply = client.post("/chat/feedback", data={"answer_id": "x", "opinion": "useful"})

    assert reply.status_code == 200
    assert "Thank you" not in reply.text


def test_the_operators_way_to_a_person_can_be_followed() -> None:
    text = "contact Sample Council: call 0300 123 4567, or go to https://www.example.gov.uk/contact"

    with TestClient(answering(an_answer(notices=(Notice("contact", text),)))) as started:
        page = ask(started).text

    assert '<a href="tel:03001234567" rel="noopener noreferrer">0300 123 4567</a>' in page
    assert '<a href="https://www.example.gov.uk/contact" rel="noopener noreferrer">' in page

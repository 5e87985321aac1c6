"""Connections drop, services fail, conversations expire: nothing the citizen typed is lost."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from bot.answer import Answer, Block
from bot.answer_json import dump_answer
from tests.fakes import an_answer
from tests.web_widget.conftest import Widget
from tests.web_widget.scripted_service import Fault, Scripted

pytestmark = pytest.mark.browser


def an_event(name: str, answer: Answer, event_id: str) -> str:
    return f"id: {event_id}\nevent: {name}\ndata: {dump_answer(answer).decode()}\n\n"


def fulfil(route: Route, body: str) -> None:
    route.fulfill(status=200, content_type="text/event-stream", body=body)


def ask_in_vain(widget: Widget, question: str) -> None:
    widget.field.fill(question)
    widget.field.press("Enter")


def test_resumes_a_dropped_answer_where_it_stopped(widget: Widget, service: Scripted) -> None:
    service.answers.seconds_between_events = 0.2
    service.connection.faults = [Fault("POST", "/messages", "drop", after=3)]

    turn = widget.ask("Tell me everything")

    expect(turn.get_by_text("The fee is £94.50.").first).to_be_visible()
    assert len(service.answers.asked) == 1
    resumed = [
        headers["last-event-id"]
        for method, path, headers in service.connection.requests
        if method == "GET" and path.endswith("/events")
    ]
    assert [event_id.rpartition(":")[2] for event_id in resumed] == ["3"]


def test_shows_each_block_once_after_a_dropped_connection(
    widget: Widget, service: Scripted
) -> None:
    service.answers.seconds_between_events = 0.6
    service.connection.faults = [Fault("POST", "/messages", "drop", after=3)]

    ask_in_vain(widget, "Tell me everything")

    expect(widget.answers.first.get_by_text("To apply:")).to_be_visible()
    expect(widget.answers.first.get_by_text("The fee is £94.50.")).to_have_count(1)


def test_says_that_it_reconnects(widget: Widget, service: Scripted) -> None:
    service.answers.seconds_between_events = 0.5
    service.connection.faults = [Fault("POST", "/messages", "drop", after=2)]
    widget.listen()

    widget.ask("Tell me everything")

    assert "Connection lost. Reconnecting." in widget.said


def test_asks_again_with_the_same_key_when_the_first_try_never_arrived(
    widget: Widget, service: Scripted
) -> None:
    service.connection.faults = [Fault("POST", "/messages", "refuse")]

    widget.ask("How much is a passport?")

    keys = {
        headers["idempotency-key"]
        for method, path, headers in service.connection.requests
        if path.endswith("/messages") and method == "POST"
    }
    assert len(keys) == 1
    assert len(service.answers.asked) == 1


def test_a_reply_lost_on_its_way_back_is_fetched_and_not_asked_twice(
    widget: Widget, service: Scripted
) -> None:
    service.answers.seconds_between_events = 0.4
    service.connection.faults = [Fault("POST", "/messages", "drop", after=0)]

    turn = widget.ask("Tell me everything")

    expect(turn.get_by_text("You need:", exact=True)).to_be_visible()
    assert len(service.answers.asked) == 1


def test_never_takes_an_earlier_answer_for_the_one_that_was_lost(
    widget: Widget, service: Scripted
) -> None:
    widget.ask("How much is a passport?")
    service.answers.seconds_between_events = 0.3
    service.connection.faults = [Fault("POST", "/messages", "drop", after=3)]
    stale = an_event("answer", an_answer(answer_id="answer-1"), "m:9")
    widget.page.route("**/events", lambda route: fulfil(route, stale), times=1)

    turn = widget.ask("Tell me everything")

    expect(turn.get_by_text("You need:", exact=True)).to_be_visible()
    expect(turn.locator(".q")).to_have_text("Tell me everything")
    assert len(service.answers.asked) == 2


def test_asks_for_a_plain_answer_when_a_proxy_swallows_the_stream(
    widget: Widget, service: Scripted
) -> None:
    service.connection.faults = [Fault("POST", "/messages", "html")]

    turn = widget.ask("How much is a passport?")

    expect(turn.get_by_text("The fee is £94.50.").first).to_be_visible()
    posts = [h for m, p, h in service.connection.requests if m == "POST" and "messages" in p]
    assert [headers["accept"] for headers in posts] == ["text/event-stream", "*/*"]
    widget.ask("And for a child?")
    posts = [h for m, p, h in service.connection.requests if m == "POST" and "messages" in p]
    assert posts[-1]["accept"] == "*/*"


def test_asks_without_a_conversation_when_none_can_be_kept(
    widget: Widget, service: Scripted
) -> None:
    service.connection.faults = [Fault("POST", "/v1/conversations", "status", status=500, times=2)]

    widget.ask("How much is a passport?")
    widget.ask("And for a child?")

    assert service.paths("POST").count("/v1/ask") == 2
    assert [turn.content for turn in service.answers.asked[1].history] == [
        "How much is a passport?",
        "The fee is £94.50. [1]",
    ]


def test_starts_anew_and_says_so_when_the_conversation_expired(
    widget: Widget, service: Scripted
) -> None:
    widget.ask("How much is a passport?")
    [conversation_id] = list(service.conversations._open)
    service.conversations.erase(conversation_id)

    turn = widget.ask("And for a child?")

    expect(turn.get_by_text("The earlier conversation had expired.")).to_be_visible()
    expect(turn.get_by_text("The fee is £94.50.").first).to_be_visible()
    assert conversation_id not in service.conversations._open


def test_keeps_the_question_and_offers_another_try_when_the_service_fails(
    widget: Widget, service: Scripted
) -> None:
    ask_in_vain(widget, "Make it explode")

    problem = widget.page.get_by_role("group", name="There is a problem")
    expect(problem).to_contain_text("Sorry, there is a problem with the service.")
    expect(widget.field).to_have_value("Make it explode")
    expect(widget.answers).to_have_count(0)
    widget.field.fill("How much is a passport?")
    problem.get_by_role("button", name="Try again").click()
    expect(widget.answers).to_have_count(1)
    expect(problem).to_be_hidden()
    assert widget.focused == "textarea#q"


@pytest.mark.parametrize(
    ("seconds", "wait"), [("42", "42 seconds"), ("3590", "60 minutes"), ("86000", "24 hours")]
)
def test_says_how_long_to_wait_when_asked_too_often(
    widget: Widget, service: Scripted, seconds: str, wait: str
) -> None:
    service.connection.faults = [
        Fault("POST", "/messages", "status", status=429, headers={"retry-after": seconds})
    ]

    ask_in_vain(widget, "How much is a passport?")

    expect(widget.page.get_by_text(f"Wait {wait}, then try again.").first).to_be_visible()
    expect(widget.field).to_have_value("How much is a passport?")
    assert "/v1/ask" not in service.paths("POST")


def test_says_that_the_service_is_starting(widget: Widget, service: Scripted) -> None:
    service.connection.faults = [Fault("POST", "/messages", "status", status=503)]

    ask_in_vain(widget, "How much is a passport?")

    expect(widget.page.get_by_text("The service is starting.").first).to_be_visible()


def test_says_that_the_citizen_is_offline(widget: Widget) -> None:
    widget.page.context.set_offline(True)

    ask_in_vain(widget, "How much is a passport?")

    expect(widget.page.get_by_text("You are offline.").first).to_be_visible()
    expect(widget.field).to_have_value("How much is a passport?")
    widget.page.context.set_offline(False)
    widget.page.get_by_role("button", name="Try again").click()
    expect(widget.answers).to_have_count(1)


def test_says_when_the_conversation_could_not_be_deleted(widget: Widget, service: Scripted) -> None:
    widget.ask("How much is a passport?")
    service.connection.faults = [Fault("DELETE", "", "status", status=500)]

    widget.page.get_by_role("button", name="Delete this conversation").click()
    widget.page.get_by_role("button", name="Yes, delete").click()

    expect(widget.page.get_by_text("could not be deleted").first).to_be_visible()
    expect(widget.answers).to_have_count(1)
    assert widget.page.evaluate("sessionStorage.length") == 1


def test_says_when_feedback_could_not_be_sent(widget: Widget, service: Scripted) -> None:
    turn = widget.ask("How much is a passport?")
    service.connection.faults = [Fault("POST", "/feedback", "status", status=500, times=2)]

    for _ in range(2):
        turn.get_by_role("button", name="Yes").click()
        expect(turn.get_by_text("Your feedback could not be sent.")).to_be_focused()
    expect(turn.get_by_text("Your feedback could not be sent.")).to_have_count(1)
    turn.get_by_role("button", name="Yes").click()
    expect(turn.get_by_text("Thank you for your feedback.")).to_be_visible()
    expect(turn.get_by_text("Your feedback could not be sent.")).to_have_count(0)


def test_works_without_storage(page: Page, service: Scripted) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', "
        "{ get() { throw new DOMException('blocked', 'SecurityError'); } });"
    )
    page.goto(f"{service.url}/demo")
    widget = Widget(page)

    widget.ask("How much is a passport?")
    widget.ask("And for a child?")

    assert service.answers.asked[1].history[0].content == "How much is a passport?"


def test_replaces_an_answer_that_is_withdrawn(page: Page, service: Scripted) -> None:
    wrong = an_answer(blocks=(Block("paragraph", text="The fee is £1.00."),), citations=())
    right = an_answer(blocks=(Block("notice", text="I could not find an answer."),), citations=())
    body = an_event("answer", wrong, "m:1") + an_event("replace", right, "m:2")
    page.route("**/messages", lambda route: fulfil(route, body))
    page.goto(f"{service.url}/demo")
    widget = Widget(page)
    widget.listen()

    turn = widget.ask("How much is a passport?")

    expect(turn.get_by_text("I could not find an answer.")).to_be_visible()
    expect(turn.get_by_text("has been replaced")).to_be_visible()
    expect(turn.get_by_text("£1.00")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text(re.compile("has been replaced"))

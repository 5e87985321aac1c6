"""The pages that work without scripts, and the words in both languages."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.answer import Notice
from tests.fakes import an_answer
from tests.web_widget.scripted_service import HEADING, NINO_QUESTION, Scripted, scripted

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(chromium: Browser, service: Scripted) -> Iterator[Page]:
    """The chat in a browser that runs no scripts."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{service.url}/chat")
    yield page
    context.close()


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.get_by_role("button", name=re.compile("Send|Anfon")).click()


def test_answers_without_javascript(plain: Page) -> None:
    ask(plain, "Tell me everything")

    turn = plain.get_by_role("region", name="Tell me everything")
    expect(turn.get_by_text("The fee is £94.50.").first).to_be_visible()
    source = turn.get_by_role("link", name="Passport fees: Standard fees")
    expect(source).to_have_attribute("href", re.compile("#:~:text=The%20fee"))
    expect(turn.get_by_text("Applies to: England, Wales · Updated 9 April 2026")).to_be_visible()
    expect(turn.get_by_role("link", name="Lost passports")).to_be_visible()
    expect(turn.get_by_role("table")).to_contain_text("£107.00")
    mark = turn.get_by_role("link", name="Source [2]").first
    target = (mark.get_attribute("href") or "").removeprefix("#")
    expect(plain.locator(f"id={target}")).to_contain_text("You need a photo")


def test_goes_straight_to_the_newest_answer(plain: Page) -> None:
    ask(plain, "Tell me everything")
    ask(plain, "How much is a passport?")

    assert plain.url.endswith("/chat?locale=en#latest")
    expect(plain.locator("#latest")).to_have_count(1)
    expect(plain.locator("h2", has=plain.locator("#latest"))).to_contain_text("How much is")


def test_carries_the_conversation_on(plain: Page, service: Scripted) -> None:
    ask(plain, "How much is a passport?")
    ask(plain, "And for a child?")

    expect(plain.locator(".exchange")).to_have_count(2)
    assert service.answers.asked[1].history[0].content == "How much is a passport?"


def test_further_questions_are_buttons(plain: Page) -> None:
    ask(plain, "Tell me everything")

    plain.get_by_role("button", name="Can I pay by card?").click()

    expect(plain.locator(".exchange")).to_have_count(2)


def test_shows_the_question_as_it_was_kept(plain: Page) -> None:
    ask(plain, NINO_QUESTION)

    expect(plain.get_by_role("heading", name="[National Insurance number removed]")).to_be_visible()
    expect(plain.get_by_text("This is what was kept.")).to_be_visible()
    expect(plain.get_by_text("We removed a National Insurance number.")).to_be_visible()
    assert "QQ123456C" not in plain.content()


def test_help_in_a_crisis_comes_before_notices(plain: Page) -> None:
    ask(plain, "I feel unsafe")

    order = plain.locator(".exchange :is(.alert, .note)")
    expect(order.first).to_have_class("alert")
    expect(order.last).to_have_class("note")


def test_the_guidance_stands_beneath_the_help_under_a_heading(plain: Page) -> None:
    ask(plain, "I feel unsafe and asking")

    expect(plain.locator(".alert")).to_contain_text("Samaritans")
    expect(plain.locator(".alert")).not_to_contain_text("£94.50")
    expect(plain.get_by_role("heading", name=HEADING)).to_be_visible()
    order = plain.locator(".exchange :is(.alert, .note, .quoted)")
    expect(order.nth(0)).to_have_class("alert")
    expect(order.last).to_contain_text("£94.50")


def test_what_an_answer_quotes_is_not_shown_twice_unasked(plain: Page) -> None:
    ask(plain, "How much is a passport?")

    expect(plain.locator("blockquote").first).to_be_hidden()
    plain.get_by_text("Quoted words").first.click()
    expect(plain.locator("blockquote").first).to_have_text("The fee is £94.50.")


def test_an_error_is_summed_up_at_the_top_and_in_the_title(plain: Page) -> None:
    ask(plain, "x" * 1001)

    expect(plain).to_have_title("Error: Ask a question – Enquiry service")
    summary = plain.get_by_role("alert", name="There is a problem")
    summary.get_by_role("link", name="Your question must be 1,000 characters or fewer").click()
    field = plain.get_by_role("textbox")
    expect(field).to_be_focused()
    expect(field).to_have_value("x" * 1001)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Error: Your question must be"))


def test_a_failure_gives_the_question_back(plain: Page) -> None:
    ask(plain, "Make it explode")

    expect(plain.get_by_role("alert")).to_contain_text("there is a problem with the service")
    field = plain.get_by_role("textbox")
    expect(field).to_have_value("Make it explode")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_deletes_the_conversation(plain: Page, service: Scripted) -> None:
    ask(plain, "How much is a passport?")

    plain.get_by_role("button", name="Delete this conversation").click()
    plain.get_by_role("button", name="No, keep").click()
    expect(plain.locator(".exchange")).to_have_count(1)
    plain.get_by_role("button", name="Delete this conversation").click()
    plain.get_by_role("button", name="Yes, delete").click()

    expect(plain).to_have_title("Conversation deleted – Enquiry service")
    expect(plain.get_by_role("status")).to_have_text("Your conversation has been deleted.")
    expect(plain.locator(".exchange")).to_have_count(0)
    assert service.conversations._exchanges == {}


def test_can_be_deleted_from_whom_to_call(plain: Page, service: Scripted) -> None:
    ask(plain, "I feel unsafe")

    plain.locator(".alert").get_by_role("button", name="Delete this conversation").click()
    plain.get_by_role("button", name="Yes, delete").click()

    expect(plain.get_by_text("has been deleted")).to_be_visible()
    assert service.conversations._exchanges == {}


def test_the_browser_keeps_nothing_before_a_question_and_nothing_once_closed(plain: Page) -> None:
    assert plain.context.cookies() == []

    ask(plain, "How much is a passport?")

    assert [cookie["expires"] for cookie in plain.context.cookies()] == [-1]


def test_back_leads_back_after_an_error_and_from_a_source(plain: Page) -> None:
    ask(plain, "")
    expect(plain.get_by_role("alert")).to_contain_text("Enter a question")
    ask(plain, "Tell me everything")
    plain.get_by_role("link", name="Accessibility statement").click()

    plain.go_back()
    expect(plain.get_by_text("The fee is £94.50.").first).to_be_visible()
    plain.go_back()
    expect(plain.get_by_role("alert")).to_contain_text("Enter a question")
    plain.go_back()
    expect(plain.get_by_role("textbox")).to_be_visible()
    expect(plain.get_by_role("alert")).to_have_count(0)


def test_browsers_say_that_the_forms_are_our_own(plain: Page, service: Scripted) -> None:
    ask(plain, "How much is a passport?")

    sent = [headers for method, _, headers in service.connection.requests if method == "POST"]
    assert [headers["origin"] for headers in sent] == [service.url, service.url]


def another_site(body: str) -> Starlette:
    async def home(request: Request) -> HTMLResponse:
        del request
        return HTMLResponse(f"<!doctype html><html lang=en><title>Other</title>{body}")

    return Starlette(routes=[Route("/", home)])


def test_another_site_cannot_ask_for_somebody(
    plain: Page, service: Scripted, start: Callable[[ASGIApp], str]
) -> None:
    ask(plain, "How much is a passport?")
    form = f'<form method=post action="{service.url}/chat"><input name=question value=Mine>'
    address = start(another_site(f"{form}<button>Go</button></form>"))

    plain.goto(address.replace("127.0.0.1", "localhost"))
    plain.get_by_role("button", name="Go").click()

    expect(plain.get_by_text("came from another website")).to_be_visible()
    expect(plain.get_by_role("textbox")).to_have_value("Mine")
    assert len(service.answers.asked) == 1
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator(".exchange")).to_have_count(2)


def framing() -> Starlette:
    """A site that shows any address in a frame."""

    async def home(request: Request) -> HTMLResponse:
        frame = f'<iframe title=Chat src="{request.query_params["of"]}"></iframe>'
        return HTMLResponse(f"<!doctype html><html lang=en><title>Other</title>{frame}")

    return Starlette(routes=[Route("/", home)])


def test_carries_the_conversation_on_where_no_cookie_is_kept(
    plain: Page, start: Callable[[ASGIApp], str]
) -> None:
    host = start(framing()).replace("127.0.0.1", "localhost")
    service = scripted(start, allowed_origins=host)
    plain.goto(f"{host}/?of={service.url}/chat")
    chat = plain.frame_locator("iframe")

    for question in ("How much is a passport?", "And for a child?"):
        chat.get_by_role("textbox").fill(question)
        chat.get_by_role("button", name="Send").click()
        expect(chat.get_by_role("region", name=question)).to_be_visible()

    expect(chat.locator(".exchange")).to_have_count(2)
    assert plain.context.cookies() == []


def test_more_than_is_read_is_refused_with_a_page(plain: Page) -> None:
    plain.get_by_role("textbox").fill("x" * 600_000)
    plain.get_by_role("button", name="Send").click()

    expect(plain.get_by_role("heading", name="Your question is too long")).to_be_visible()
    plain.get_by_role("link", name="Ask a question").click()
    expect(plain.get_by_role("textbox")).to_be_visible()


def test_numbers_are_never_broken_across_lines(plain: Page, service: Scripted) -> None:
    text = "You can get help now:\nHelp: " + "call 116 123 or " * 20 + "text SHOUT to 85258."
    service.answers.by_word["helped"] = an_answer(notices=(Notice("help", text),))
    plain.set_viewport_size({"width": 320, "height": 800})

    ask(plain, "helped")

    numbers = plain.locator(".alert li a")
    assert numbers.evaluate_all("all => all.map((a) => a.getClientRects().length)") == [1] * 21
    expect(numbers.last).to_have_attribute("href", "sms:85258")


def test_says_whether_an_answer_was_useful(plain: Page, service: Scripted) -> None:
    ask(plain, "How much is a passport?")
    reason = plain.get_by_role("button", name="It is hard to understand")
    expect(reason).to_be_hidden()

    plain.get_by_text("No", exact=True).click()
    reason.click()

    expect(plain.get_by_role("status")).to_have_text("Thank you for your feedback.")
    assert list(service.conversations.feedback.values()) == [(False, "unclear", "")]


def test_speaks_welsh(plain: Page) -> None:
    plain.get_by_role("link", name="Cymraeg").click()
    ask(plain, "Beth yw'r ffi?")

    expect(plain.locator("html")).to_have_attribute("lang", "cy")
    expect(plain.get_by_role("heading", name="Ffynonellau")).to_be_visible()
    facts = "Yn berthnasol i: y DU gyfan · Diweddarwyd 9 Ebrill 2026 · Yn Saesneg"
    expect(plain.get_by_text(facts)).to_be_visible()


@pytest.mark.parametrize("path", ["/demo", "/embed"])
def test_pages_with_the_widget_offer_the_chat_without_scripts(
    plain: Page, service: Scripted, path: str
) -> None:
    plain.goto(f"{service.url}{path}")

    plain.get_by_role("link", name="Ask a question").click()

    expect(plain.get_by_role("textbox")).to_be_visible()


def test_the_demonstration_says_that_it_is_one(plain: Page, service: Scripted) -> None:
    plain.goto(f"{service.url}/demo")

    expect(plain.get_by_text("Afonbridge Council does not exist.")).to_be_visible()
    assert "demonstration" in plain.title()


def test_the_statement_says_what_was_not_tested(plain: Page, service: Scripted) -> None:
    plain.goto(f"{service.url}/accessibility")

    expect(plain.get_by_role("heading", name="What was not tested yet")).to_be_visible()


def test_both_languages_say_the_same_things(page: Page, service: Scripted) -> None:
    page.goto(f"{service.url}/demo")

    words = page.evaluate("import('/widget.js').then((m) => m.STRINGS)")

    assert set(words["en"]) == set(words["cy"])
    values = {key: re.findall(r"\{\w+\}", text) for key, text in words["en"].items()}
    assert {key: re.findall(r"\{\w+\}", text) for key, text in words["cy"].items()} == values
    same = {key for key in words["en"] if words["en"][key] == words["cy"][key]}
    assert same == set()


@pytest.mark.parametrize(
    "pieces",
    [
        ["id: 1\nevent: block\ndata: {}\n\n"],
        ["id: 1\nev", "ent: block\nda", "ta: {}\n", "\n"],
        ["id: 1\r\nevent: block\r\ndata: {}\r\n\r\n"],
        [": still here\n\n", "id:1\nevent:block\ndata:{}\n\n"],
        ["retry: 10\nid: 1\nevent: block\ndata: {}\n\n", "data: cut off"],
    ],
)
def test_reads_events_however_they_are_cut(
    page: Page, service: Scripted, pieces: list[str]
) -> None:
    page.goto(f"{service.url}/demo")

    read = page.evaluate(
        """async (pieces) => {
          const { events } = await import('/widget.js');
          const body = new ReadableStream({ start(c) {
            for (const piece of pieces) c.enqueue(new TextEncoder().encode(piece));
            c.close();
          } });
          const found = [];
          for await (const event of events(body)) found.push(event);
          return found;
        }""",
        pieces,
    )

    assert read == [{"id": "1", "event": "block", "data": "{}"}]


def test_gives_a_silent_connection_up(page: Page, service: Scripted) -> None:
    page.goto(f"{service.url}/demo")

    said = page.evaluate(
        """async () => {
          const { events } = await import('/widget.js');
          const silent = new ReadableStream({ start() {} });
          try { for await (const event of events(silent, 50)) return event; } catch (e) {
            return e.message; }
        }"""
    )

    assert said == "silence"


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://www.example.gov.uk/a#:~:text=b", True),
        ("http://127.0.0.1/a", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("blob:https://example.com/x", False),
        ("file:///etc/passwd", False),
        ("//example.com", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(
    page: Page, service: Scripted, address: str, is_safe: bool
) -> None:
    page.goto(f"{service.url}/accessibility")

    script = f"import('/widget.js').then((m) => m.safeUrl({json.dumps(address)}))"
    assert (page.evaluate(script) is not None) is is_safe

"""Keyboard, focus and what is announced: the parts of accessibility that axe cannot see."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web_widget.conftest import Widget, ask_in, open_floating, show_floating
from tests.web_widget.scripted_service import HEADING, Fault, Scripted

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("width", [1280, 320])


def test_everything_can_be_done_with_the_keyboard(widget: Widget, service: Scripted) -> None:
    keyboard = widget.page.keyboard
    widget.page.locator("body").focus()
    while widget.focused != "textarea#q":
        keyboard.press("Tab")
    keyboard.type("First line")
    keyboard.press("Shift+Enter")
    keyboard.type("everything")
    keyboard.press("Enter")
    expect(widget.answers.first.locator('[aria-busy="false"]')).to_be_visible()
    assert service.answers.asked[0].question == "First line\neverything"

    keyboard.press("Shift+Tab")
    skip = widget.page.get_by_role("link", name="Go to the latest answer")
    expect(skip).to_be_focused()
    keyboard.press("Enter")
    expect(widget.answers.first.get_by_role("heading", name="Answer")).to_be_focused()
    keyboard.press("Tab")
    assert widget.focused == "a"

    widget.page.get_by_role("button", name="How long does it take?").press("Enter")
    expect(widget.answers.nth(1).locator('[aria-busy="false"]')).to_be_visible()
    for name in ("Delete this conversation", "No, keep"):
        widget.page.get_by_role("button", name=name).press("Enter")
    expect(widget.page.get_by_role("button", name="Delete this conversation")).to_be_focused()


def test_an_answer_can_be_skipped_to_as_soon_as_it_is_shown(
    widget: Widget, service: Scripted
) -> None:
    service.connection.faults.append(Fault("POST", "/messages", "linger"))

    widget.ask("Tell me everything")
    widget.page.keyboard.press("Shift+Tab")

    expect(widget.page.get_by_role("link", name="Go to the latest answer")).to_be_focused()


def test_tab_leaves_the_widget_at_both_ends(widget: Widget) -> None:
    keyboard = widget.page.keyboard
    widget.page.get_by_role("button", name="Send").focus()

    keyboard.press("Tab")
    expect(widget.page.get_by_role("link", name="01632 960 001")).to_be_focused()
    for _ in range(3):
        keyboard.press("Shift+Tab")
    assert widget.focused == "a"


def test_asking_and_being_answered_never_moves_the_focus(widget: Widget, service: Scripted) -> None:
    service.answers.seconds_between_events = 0.2
    widget.page.evaluate(
        """() => {
          window.moves = [];
          document.querySelector('enquiry-chat').shadowRoot
            .addEventListener('focusout', (e) => window.moves.push(e.target.tagName));
        }"""
    )
    widget.field.focus()

    widget.ask("Tell me everything")

    assert widget.focused == "textarea#q"
    assert widget.page.evaluate("window.moves") == []


@WIDTHS
def test_the_floating_panel_takes_and_gives_back_the_focus(
    page: Page, service: Scripted, width: int
) -> None:
    show_floating(page, service, width=width)
    opener = page.get_by_role("button", name="Ask a question")
    expect(opener).to_have_attribute("aria-expanded", "false")

    opener.press("Enter")
    expect(page.get_by_role("dialog", name="Ask a question")).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
    opener.press("Enter")
    page.get_by_role("button", name="Close").click()
    expect(opener).to_be_focused()


def test_escape_on_the_page_around_uncovers_it_and_leaves_the_focus(
    page: Page, service: Scripted
) -> None:
    open_floating(page, service)

    page.get_by_role("link", name="Cymraeg").press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("link", name="Cymraeg")).to_be_focused()


@WIDTHS
def test_an_answer_that_comes_while_the_panel_is_closed_is_told(
    page: Page, service: Scripted, width: int
) -> None:
    open_floating(page, service, width=width)
    service.answers.seconds_between_events = 1
    page.get_by_role("textbox").fill("How much is a passport?")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")

    opener = page.get_by_role("button", name="Ask a question, answer ready", exact=True)
    expect(opener).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("The fee is £94.50.")
    page.locator("enquiry-chat").evaluate("e => e.setAttribute('locale', 'cy')")
    page.get_by_role("button", name="Gofyn cwestiwn, ateb yn barod", exact=True).click()
    page.get_by_role("button", name="Cau").click()
    expect(page.get_by_role("button", name="Gofyn cwestiwn", exact=True)).to_be_visible()


def test_a_modal_panel_holds_the_live_region(page: Page, service: Scripted) -> None:
    open_floating(page, service, width=320)

    ask_in(page, "How much is a passport?")

    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("Answer ready.")


def test_the_field_says_at_first_who_answers(page: Page, service: Scripted) -> None:
    open_floating(page, service)
    field = page.get_by_role("textbox")

    expect(field).to_have_accessible_description(re.compile("automated service, not a person"))
    ask_in(page, "How much is a passport?")
    expect(field).not_to_have_accessible_description(re.compile("automated service"))


@WIDTHS
def test_escape_keeps_the_conversation_when_asked_whether_to_delete_it(
    page: Page, service: Scripted, width: int
) -> None:
    open_floating(page, service, width=width)
    ask_in(page, "How much is a passport?")
    page.get_by_role("button", name="Delete this conversation").click()

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="Yes, delete")).to_be_hidden()
    expect(page.get_by_role("button", name="Delete this conversation")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_an_error_goes_once_the_question_is_mended(widget: Widget) -> None:
    widget.field.fill("x" * 1010)
    widget.field.press("Enter")
    expect(widget.field).to_have_attribute("aria-invalid", "true")

    widget.field.fill("x" * 1005)
    expect(widget.field).to_have_attribute("aria-invalid", "true")
    widget.field.fill("x" * 10)

    expect(widget.field).not_to_have_attribute("aria-invalid", "true")
    expect(widget.page.get_by_role("group", name="There is a problem")).to_be_hidden()


def test_only_a_panel_that_covers_the_page_is_modal(page: Page, service: Scripted) -> None:
    show_floating(page, service)
    open_panel = "e => { e.open(); return e.shadowRoot.querySelector('dialog').matches(':modal'); }"

    assert page.locator("enquiry-chat").evaluate(open_panel) is False
    page.locator("enquiry-chat").evaluate("e => e.close()")
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.locator("enquiry-chat").evaluate(open_panel) is True


def test_says_the_stage_and_then_the_answer_once(widget: Widget) -> None:
    widget.listen()

    widget.ask("Tell me everything")
    widget.page.wait_for_timeout(4000)

    assert widget.said == [
        "Looking for an answer",
        "Answer ready. The fee is £94.50. From Renew your passport, Documents you need: You need: "
        "a photo. your old passport. To apply: Take a photo. Pay. "
        "Fees. Who: Adult, Online: £94.50, Paper: £107.00. "
        "Who: Child, Online: £61.50, Paper: £74.00. "
        "Sources: 2 above. Pages that may help: 1 above. You can also ask: 2 above.",
    ]


def test_says_that_there_are_choices_and_where(widget: Widget) -> None:
    widget.listen()

    widget.ask("Do I pay for a prescription?")
    widget.page.wait_for_timeout(2000)

    assert widget.said[-1] == "Answer ready. Where do you live? Choose one: 2 above."


@pytest.mark.parametrize(
    ("locale", "question", "said"),
    [
        (
            "en",
            "ffi",
            [["en", "Answer ready."], ["cy", "Y ffi yw £94.50."], ["en", "Sources: 1 above."]],
        ),
        (
            "cy",
            "passport",
            [
                ["cy", "Mae’r ateb yn barod."],
                ["en", "The fee is £94.50."],
                ["cy", "Ffynonellau: 1 uchod."],
            ],
        ),
        ("en", "both languages", [["en", "The fee is £94.50."], ["cy", "Y ffi yw £94.50."]]),
    ],
)
def test_says_every_part_in_its_language(
    page: Page, service: Scripted, locale: str, question: str, said: list[list[str]]
) -> None:
    page.goto(f"{service.url}/demo?locale={locale}")
    expect(page.locator("enquiry-chat textarea")).to_be_visible()

    ask_in(page, question)

    region = page.locator("enquiry-chat [role=status]")
    expect(region).to_contain_text(said[-1][1])
    parts = region.locator("span").evaluate_all("all => all.map((e) => [e.lang, e.textContent])")
    assert [part for part in parts if part in said] == said
    assert region.get_attribute("lang") == locale


def test_says_when_an_answer_takes_long(widget: Widget, service: Scripted) -> None:
    service.answers.seconds_between_events = 5
    widget.listen()

    widget.field.fill("How much is a passport?")
    widget.field.press("Enter")
    widget.page.wait_for_timeout(8500)

    assert widget.said == ["Looking for an answer", "Still working on your answer"]


def test_says_what_is_wrong_even_when_the_focus_is_already_there(widget: Widget) -> None:
    widget.listen()
    widget.field.press("Enter")

    expect(widget.page.get_by_role("status")).to_have_text("Error: Enter a question")
    assert widget.focused == "textarea#q"
    expect(widget.field).to_have_attribute("aria-invalid", "true")
    expect(widget.field).to_have_accessible_description(re.compile("Error: Enter a question"))
    widget.ask("How much is a passport?")
    expect(widget.field).not_to_have_attribute("aria-invalid", "true")


def test_says_nothing_when_earlier_answers_come_back(widget: Widget) -> None:
    widget.ask("How much is a passport?")
    widget.page.add_init_script("window.said = [];")
    widget.page.reload()
    widget.listen()

    expect(widget.answers).to_have_count(1)
    widget.page.wait_for_timeout(500)

    assert widget.said == []
    expect(widget.page.get_by_role("status")).to_have_text("")


def test_counts_characters_when_few_are_left(widget: Widget) -> None:
    widget.listen()

    widget.field.fill("x" * 500)
    expect(widget.page.get_by_text("remaining")).to_have_count(0)
    widget.field.fill("x" * 999)
    expect(widget.page.locator("enquiry-chat #c")).to_have_text("You have 1 character remaining")
    widget.field.fill("x" * 1010)
    expect(widget.page.locator("enquiry-chat #c")).to_have_text("You have 10 characters too many")
    widget.page.wait_for_timeout(1500)

    assert widget.said == ["You have 10 characters too many"]
    widget.field.press("Enter")
    expect(widget.page.get_by_role("link", name="1,000 characters or fewer")).to_be_visible()
    assert len(widget.field.input_value()) == 1010


def test_whom_to_call_is_said_before_notices_and_guidance(widget: Widget) -> None:
    widget.ask("I feel unsafe and asking")

    said = widget.page.locator("enquiry-chat [role=status]")
    expect(said).to_contain_text("The fee is £94.50.")
    text = said.text_content() or ""
    parts = ["Samaritans", "not available", HEADING, "The fee is"]
    assert sorted(parts, key=text.index) == parts


def test_has_exactly_one_live_region(widget: Widget) -> None:
    widget.ask("Tell me everything")

    regions = widget.page.locator(
        "enquiry-chat :is([aria-live], [role=status], [role=alert], [role=log])"
    )
    expect(regions).to_have_count(1)

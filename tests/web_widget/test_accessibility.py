"""What machines can check of WCAG 2.2 AA; what they cannot is said on the statement's page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web_widget.conftest import Widget
from tests.web_widget.scripted_service import NINO_QUESTION, Fault, Scripted

pytestmark = pytest.mark.browser

Axe = Callable[[], list[str]]
WIDTHS = pytest.mark.parametrize("width", [1280, 320])
LANGUAGES = pytest.mark.parametrize("locale", ["en", "cy"])
SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.2 success criterion 2.5.8


def has_sideways_scroll(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def make_floating(page: Page) -> None:
    page.locator("enquiry-chat").evaluate("e => e.setAttribute('mode', 'floating')")


def ask_in(page: Page, question: str) -> None:
    field = page.locator("enquiry-chat textarea")
    turns = page.locator("enquiry-chat .l > li").count()
    field.fill(question)
    field.press("Enter")
    turn = page.locator("enquiry-chat .l > li").nth(turns)
    expect(turn.locator('[aria-busy="false"]')).to_be_visible()


def test_axe_looks_inside_the_widget(widget: Widget, axe: Axe) -> None:
    widget.page.locator("enquiry-chat").evaluate(
        "e => e.shadowRoot.querySelector('.o').append(document.createElement('button'))"
    )

    assert any(found.startswith("button-name") for found in axe())


@WIDTHS
@LANGUAGES
def test_no_violation_before_and_after_questions(
    page: Page, service: Scripted, axe: Axe, width: int, locale: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{service.url}/demo?locale={locale}")
    expect(page.locator("enquiry-chat textarea")).to_be_visible()

    assert axe() == []
    for question in ("Tell me everything", NINO_QUESTION, "I feel unsafe", "prescription", "ffi"):
        ask_in(page, question)
    assert axe() == []
    assert not has_sideways_scroll(page)


@WIDTHS
def test_no_violation_while_something_is_wrong(
    page: Page, service: Scripted, axe: Axe, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{service.url}/demo")
    field = page.locator("enquiry-chat textarea")

    field.press("Enter")
    expect(page.get_by_role("link", name="Enter a question")).to_be_visible()
    assert axe() == []
    field.fill("x" * 1001)
    field.press("Enter")
    assert axe() == []
    service.connection.faults = [Fault("POST", "/messages", "status", status=429)]
    field.fill("How much is a passport?")
    field.press("Enter")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    assert axe() == []
    assert not has_sideways_scroll(page)


def test_no_violation_while_an_answer_is_on_its_way(
    widget: Widget, service: Scripted, axe: Axe
) -> None:
    service.answers.seconds_between_events = 2

    widget.field.fill("How much is a passport?")
    widget.field.press("Enter")
    expect(widget.page.locator("enquiry-chat .w")).to_be_visible()

    assert axe() == []


@WIDTHS
def test_no_violation_when_floating(page: Page, service: Scripted, axe: Axe, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{service.url}/demo")
    make_floating(page)

    assert axe() == []
    page.get_by_role("button", name="Ask a question").click()
    ask_in(page, "Tell me everything")
    page.get_by_role("button", name="Delete this conversation").click()
    assert axe() == []
    assert not has_sideways_scroll(page)


@WIDTHS
@LANGUAGES
@pytest.mark.parametrize("path", ["/accessibility", "/chat", "/embed"])
def test_no_violation_on_the_pages(
    page: Page, service: Scripted, axe: Axe, width: int, locale: str, path: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{service.url}{path}?locale={locale}")

    assert axe() == []
    assert not has_sideways_scroll(page)


@WIDTHS
@pytest.mark.parametrize("question", ["Tell me everything", NINO_QUESTION, "unsafe", ""])
def test_no_violation_in_the_chat_without_javascript(
    page: Page, service: Scripted, axe: Axe, width: int, question: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{service.url}/chat")

    page.get_by_role("textbox").fill(question)
    page.get_by_role("button", name="Send").click()
    page.wait_for_load_state()

    assert axe() == []
    assert not has_sideways_scroll(page)


def test_a_very_small_window_shows_everything(page: Page, service: Scripted) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{service.url}/demo")
    make_floating(page)
    page.get_by_role("button", name="Ask a question").click()
    ask_in(page, "Tell me everything")

    for control in page.locator("enquiry-chat .p :is(button, a, textarea, summary)").all():
        if control.is_visible():
            control.focus()
            assert _is_uncovered(control), control.evaluate("e => e.outerHTML")
    assert not has_sideways_scroll(page)


def _is_uncovered(control: Locator) -> bool:
    """Whether the middle of a focused control is what a pointer would hit there."""
    return bool(
        control.evaluate(
            """e => {
              const box = e.getClientRects()[0];
              const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
              let hit = document.elementFromPoint(x, y);
              while (hit?.shadowRoot) hit = hit.shadowRoot.elementFromPoint(x, y);
              return e.contains(hit) || hit?.contains(e);
            }"""
        )
    )


def test_text_spacing_hides_nothing(widget: Widget) -> None:
    widget.ask("Tell me everything")

    widget.page.locator("enquiry-chat").evaluate(
        """e => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
          e.shadowRoot.adoptedStyleSheets = [...e.shadowRoot.adoptedStyleSheets, sheet];
        }"""
    )

    clipped = widget.page.locator("enquiry-chat").evaluate(
        """e => [...e.shadowRoot.querySelectorAll('button, p, li, h3, h4, label')]
          .filter((x) => x.scrollWidth > x.clientWidth + 1 && x.clientWidth > 1
            && getComputedStyle(x).display !== 'inline').map((x) => x.textContent)"""
    )
    assert clipped == []


def test_controls_are_large_enough(widget: Widget) -> None:
    widget.ask("Tell me everything")
    widget.ask(NINO_QUESTION)

    for control in widget.page.locator("enquiry-chat :is(button, textarea, summary)").all():
        if control.is_visible():
            box = control.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= SMALLEST_TARGET, control.inner_text()


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
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{service.url}/demo")
    make_floating(page)
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


def test_only_a_panel_that_covers_the_page_is_modal(page: Page, service: Scripted) -> None:
    page.goto(f"{service.url}/demo")
    make_floating(page)
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
        "Answer ready. The fee is £94.50. You need: a photo. your old passport. To apply: "
        "Take a photo. Pay. Fees. Adult, £94.50, £107.00. Child, £61.50, £74.00. 2 sources.",
    ]


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


def test_has_exactly_one_live_region(widget: Widget) -> None:
    widget.ask("Tell me everything")

    regions = widget.page.locator(
        "enquiry-chat :is([aria-live], [role=status], [role=alert], [role=log])"
    )
    expect(regions).to_have_count(1)


def test_every_turn_has_headings(widget: Widget) -> None:
    widget.ask("Tell me everything")

    levels = widget.page.locator("enquiry-chat :is(h2, h3, h4)").evaluate_all(
        "all => all.map((h) => [h.tagName, h.textContent])"
    )
    assert levels == [
        ["H2", "Ask a question"],
        ["H3", "You asked"],
        ["H3", "Answer"],
        ["H4", "Sources"],
        ["H4", "Pages that may help"],
        ["H4", "You can also ask"],
    ]


def test_nothing_moves_for_those_who_want_no_motion(chromium: Browser, service: Scripted) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{service.url}/demo")
    service.answers.seconds_between_events = 2
    page.get_by_role("textbox").fill("everything")
    page.get_by_role("textbox").press("Enter")

    expect(page.locator("enquiry-chat .w")).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()


def test_forced_colours_keep_edges_and_focus(chromium: Browser, service: Scripted) -> None:
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{service.url}/demo")
    button = page.get_by_role("button", name="Send")

    button.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")

    style = "e => [getComputedStyle(e).borderTopStyle, getComputedStyle(e).outlineStyle]"
    assert button.evaluate(style) == ["solid", "solid"]
    context.close()

"""What machines can check of WCAG 2.2 AA; what they cannot is said on the statement's page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web_widget.conftest import Widget, ask_in, open_floating, show_floating
from tests.web_widget.scripted_service import NINO_QUESTION, Fault, Scripted

pytestmark = pytest.mark.browser

Axe = Callable[[], list[str]]
WIDTHS = pytest.mark.parametrize("width", [1280, 320])
LANGUAGES = pytest.mark.parametrize("locale", ["en", "cy"])
SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.2 success criterion 2.5.8


def has_sideways_scroll(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


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
    for question in (
        "Tell me everything",
        NINO_QUESTION,
        "I feel unsafe",
        "still unsure",
        "prescription",
    ):
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
    show_floating(page, service, width=width)

    assert axe() == []
    page.get_by_role("button", name="Ask a question").click()
    ask_in(page, "Tell me everything")
    page.get_by_role("button", name="Delete this conversation").click()
    assert axe() == []
    assert not has_sideways_scroll(page)


@WIDTHS
@LANGUAGES
@pytest.mark.parametrize(
    "path",
    ["/accessibility", "/chat", "/embed", "/chat/nothing", "/chat?said=deleted"],
)
def test_no_violation_on_the_pages(
    page: Page, service: Scripted, axe: Axe, width: int, locale: str, path: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{service.url}{path}{'&' if '?' in path else '?'}locale={locale}")

    assert axe() == []
    assert not has_sideways_scroll(page)


@WIDTHS
def test_no_violation_when_asked_whether_to_delete(
    page: Page, service: Scripted, axe: Axe, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{service.url}/chat")
    page.get_by_role("textbox").fill("How much?")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("No", exact=True).click()
    assert axe() == []

    page.get_by_role("button", name="Delete this conversation").click()

    expect(page.get_by_role("button", name="Yes, delete")).to_be_visible()
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
    open_floating(page, service, width=320, height=256)
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


def test_every_turn_has_headings(widget: Widget) -> None:
    widget.ask("Tell me everything")

    levels = widget.page.locator("enquiry-chat :is(h2, h3, h4)").evaluate_all(
        "all => all.map((h) => [h.tagName, h.textContent])"
    )
    assert levels == [
        ["H2", "Ask a question"],
        ["H3", "You asked Tell me everything"],
        ["H3", "Answer"],
        ["H4", "Sources"],
        ["H4", "Pages that may help"],
        ["H4", "You can also ask"],
    ]


@WIDTHS
def test_prints_all_of_a_floating_panel(page: Page, service: Scripted, width: int) -> None:
    open_floating(page, service, width=width, height=500)
    ask_in(page, "Tell me everything")

    page.emulate_media(media="print")

    panel = page.locator("enquiry-chat .p")
    cut = "e => e.scrollHeight > e.clientHeight + 1 || getComputedStyle(e).position === 'fixed'"
    assert panel.evaluate(cut) is False
    assert page.locator("enquiry-chat").evaluate("e => getComputedStyle(e).position") == "static"
    expect(page.get_by_role("button", name="Close")).to_be_hidden()


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

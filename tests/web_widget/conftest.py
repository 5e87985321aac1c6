"""A service, a page with the widget on it, and axe."""

import json
from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Locator, Page, expect
from starlette.types import ASGIApp

from tests.web_widget.scripted_service import Running, Scripted, scripted

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def start() -> Iterator[Callable[[ASGIApp], str]]:
    """Starts an application on a free port and returns its address."""
    running: list[Running] = []

    def begin(app: ASGIApp) -> str:
        running.append(Running(app))
        return running[-1].start()

    yield begin
    for server in running:
        server.stop()


@pytest.fixture
def service(start: Callable[[ASGIApp], str]) -> Scripted:
    return scripted(start)


class Widget:
    """What a citizen sees and does, by the names on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.get_by_role("textbox", name="Your question")
        self.answers = page.locator("enquiry-chat .l > li")

    def ask(self, question: str) -> Locator:
        """Ask and return the turn once it is answered."""
        turns = self.answers.count()
        self.field.fill(question)
        self.field.press("Enter")
        turn = self.answers.nth(turns)
        expect(turn.locator('[aria-busy="false"]')).to_be_visible()
        return turn

    @property
    def said(self) -> list[str]:
        """Everything the live region said since `listen`."""
        return list(self.page.evaluate("window.said"))

    def listen(self) -> None:
        """Write down what the live region says from now on."""
        self.page.evaluate(
            """() => {
              const region = document.querySelector('enquiry-chat').shadowRoot
                .querySelector('[role=status]');
              window.said = [];
              new MutationObserver(() => {
                if (region.textContent) window.said.push(region.textContent);
              }).observe(region, { childList: true, characterData: true, subtree: true });
            }"""
        )

    @property
    def focused(self) -> str:
        """Tag and id of what has the focus, inside the widget too."""
        return str(
            self.page.evaluate(
                """() => {
                  let at = document.activeElement;
                  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                  return at.tagName.toLowerCase() + (at.id && '#' + at.id);
                }"""
            )
        )


def show_floating(page: Page, service: Scripted, *, width: int = 1280, height: int = 700) -> None:
    """Show the demonstration page with the widget floating and closed."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{service.url}/demo")
    page.locator("enquiry-chat").evaluate("e => e.setAttribute('mode', 'floating')")


def open_floating(page: Page, service: Scripted, *, width: int = 1280, height: int = 700) -> None:
    """Show it floating and open."""
    show_floating(page, service, width=width, height=height)
    page.get_by_role("button", name="Ask a question").click()


def ask_in(page: Page, question: str) -> None:
    field = page.locator("enquiry-chat textarea")
    turns = page.locator("enquiry-chat .l > li").count()
    field.fill(question)
    field.press("Enter")
    turn = page.locator("enquiry-chat .l > li").nth(turns)
    expect(turn.locator('[aria-busy="false"]')).to_be_visible()


@pytest.fixture
def widget(page: Page, service: Scripted) -> Widget:
    """The widget on the demonstration page."""
    page.goto(f"{service.url}/demo")
    found = Widget(page)
    expect(found.field).to_be_visible()
    return found


@pytest.fixture
def axe(page: Page) -> Callable[[], list[str]]:
    """Returns a function that lists axe's violations on the page, shadow roots included."""

    def violations() -> list[str]:
        page.evaluate(AXE)
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}}
        found = page.evaluate(f"axe.run(document, {json.dumps(options)})")
        return [
            f"{rule['id']}: {node['html'][:120]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return violations

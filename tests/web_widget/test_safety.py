"""What the widget must never do to a citizen, or to the page it is on."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.answer import Block, Citation, Notice
from tests.fakes import SOURCE, an_answer
from tests.web_widget.conftest import Widget
from tests.web_widget.scripted_service import HOSTILE, Scripted, scripted
from web_widget import STATIC_DIR, TEMPLATES_DIR

WIDGET = (STATIC_DIR / "widget.js").read_text("utf-8")
MAX_GZIPPED_BYTES = 15_000
SINKS = (
    *("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "srcdoc", "DOMParser"),
    *("eval(", "new Function", "localStorage", "document.cookie", "indexedDB", ".style"),
)
STRICT = (
    "default-src 'none'; script-src {api}; connect-src {api}; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def test_is_one_small_file() -> None:
    assert len(gzip.compress(WIDGET.encode(), 9)) <= MAX_GZIPPED_BYTES
    assert not re.search(r"^\s*import\b", WIDGET, re.MULTILINE)
    assert "import(" not in WIDGET


@pytest.mark.parametrize("sink", SINKS)
def test_has_no_way_to_turn_text_into_code(sink: str) -> None:
    assert sink not in WIDGET


@pytest.mark.parametrize("template", sorted(TEMPLATES_DIR.glob("*.html")), ids=lambda p: p.name)
def test_templates_never_switch_escaping_off(template: Path) -> None:
    text = template.read_text("utf-8")

    assert not re.search(r"\|\s*safe\b|autoescape|Markup|\son\w+=|\sstyle=|javascript:", text)


def a_hostile_answer() -> dict[str, object]:
    hostile = Citation(
        number=1,
        title=HOSTILE,
        heading_path=(HOSTILE,),
        url="javascript:window.hurt=1",
        deep_link="javascript:window.hurt=1",
        quote=HOSTILE,
        publisher=HOSTILE,
        nation=HOSTILE,
        locale='en"><script>',
        updated_at=None,
        passage_id="p",
        score=1.0,
    )
    address = "data:text/html,<script>window.hurt=1</script>"
    data = replace(hostile, number=2, url=address, deep_link="")
    return {
        "text": HOSTILE,
        "blocks": (
            Block("paragraph", text=HOSTILE, citations=(1, 2, 99)),
            Block("list", text=HOSTILE, items=(HOSTILE,), citations=(1,)),
            Block("table", text=HOSTILE, headers=(HOSTILE,), rows=((HOSTILE,),)),
        ),
        "citations": (hostile, data),
        "nearest_pages": (hostile,),
        "follow_ups": (HOSTILE,),
        "notices": (Notice("degraded", HOSTILE),),
    }


@pytest.mark.browser
def test_hostile_text_is_shown_as_text(widget: Widget, service: Scripted) -> None:
    service.answers.by_word = {"hostile": an_answer(**a_hostile_answer())}

    turn = widget.ask(f"hostile {HOSTILE}")
    turn.get_by_role("button", name="<img").click()

    expect(turn.locator(".q")).to_have_text(f"hostile {HOSTILE}")
    expect(turn.get_by_text(HOSTILE).first).to_be_visible()
    expect(turn.locator("img, script, iframe, [onerror]")).to_have_count(0)
    for link in turn.get_by_role("link").all():
        assert re.match("https?://", link.get_attribute("href") or "")
    assert widget.page.evaluate("window.hurt") is None


@pytest.mark.browser
def test_hostile_text_is_shown_as_text_without_javascript_too(
    page: Page, service: Scripted
) -> None:
    service.answers.by_word = {"hostile": an_answer(**a_hostile_answer())}
    page.goto(f"{service.url}/chat")

    page.get_by_role("textbox").fill(f"hostile {HOSTILE}")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text(HOSTILE).first).to_be_visible()
    expect(page.locator("main :is(img, script, iframe, [onerror])")).to_have_count(0)
    assert page.locator('a[href^="javascript:"], a[href^="data:"]').count() == 0
    assert page.evaluate("window.hurt") is None


@pytest.mark.browser
def test_keeps_only_the_key_of_the_conversation(widget: Widget) -> None:
    assert widget.page.evaluate("sessionStorage.length") == 0

    widget.ask("How much is a passport?")

    stored = widget.page.evaluate("Object.values(sessionStorage).map(JSON.parse)")
    assert [sorted(value) for value in stored] == [["conversation_id", "token"]]
    assert widget.page.evaluate("localStorage.length") == 0
    assert widget.page.context.cookies() == []


@pytest.mark.browser
def test_token_is_never_in_an_address(widget: Widget, service: Scripted) -> None:
    widget.ask("How much is a passport?")
    widget.page.reload()
    expect(widget.answers).to_have_count(1)

    token = widget.page.evaluate("JSON.parse(Object.values(sessionStorage)[0]).token")
    assert all(token not in path for _, path, _ in service.connection.requests)


@pytest.mark.browser
def test_asks_nothing_of_anybody_else(page: Page, service: Scripted) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{service.url}/demo")

    Widget(page).ask("Tell me everything")

    assert asked
    assert [url for url in asked if not url.startswith(f"{service.url}/")] == []


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/demo", "/chat", "/embed", "/accessibility"])
def test_pages_keep_to_their_content_security_policy(
    page: Page, service: Scripted, path: str
) -> None:
    page.add_init_script(
        "window.refused = []; addEventListener('securitypolicyviolation', "
        "(e) => window.refused.push(e.violatedDirective + ' ' + e.blockedURI));"
    )

    reply = page.goto(f"{service.url}{path}")

    assert reply is not None
    policy = reply.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.refused") == []


def a_host(api: str, *, head: str = "", policy: str = "") -> Starlette:
    """A page of another organisation with the widget on it."""

    async def home(request: Request) -> HTMLResponse:
        del request
        return HTMLResponse(
            f"<!doctype html><html lang=en><title>Host</title>{head}"
            f'<script type=module src="{api}/widget.js"></script><h1>Host</h1>'
            f'<enquiry-chat><a href="{api}/chat">Ask a question</a></enquiry-chat>',
            headers={"Content-Security-Policy": policy} if policy else {},
        )

    return Starlette(routes=[Route("/", home), Route("/other", home)])


@pytest.fixture
def open_service(start: Callable[[ASGIApp], str]) -> Scripted:
    return scripted(start, allowed_origins="*")


@pytest.mark.browser
def test_runs_on_another_site_under_the_strictest_policy(
    page: Page, open_service: Scripted, start: Callable[[ASGIApp], str]
) -> None:
    page.add_init_script(
        "window.refused = []; addEventListener('securitypolicyviolation', "
        "(e) => window.refused.push(e.violatedDirective + ' ' + e.blockedURI));"
    )
    page.goto(start(a_host(open_service.url, policy=STRICT.format(api=open_service.url))))

    turn = Widget(page).ask("Tell me everything")

    expect(turn.get_by_role("heading", name="Sources")).to_be_visible()
    border = "e => getComputedStyle(e.shadowRoot.querySelector('.p')).borderTopStyle"
    assert page.locator("enquiry-chat").evaluate(border) == "solid"
    assert page.evaluate("window.refused.filter((x) => !x.includes('favicon'))") == []


@pytest.mark.browser
def test_the_page_it_came_from_is_not_told(
    page: Page, open_service: Scripted, start: Callable[[ASGIApp], str]
) -> None:
    page.goto(start(a_host(open_service.url)) + "/other?secret=path")

    Widget(page).ask("How much is a passport?")

    seen = [headers for _, path, headers in open_service.connection.requests if "/v1/" in path]
    assert seen
    assert all("secret" not in str(headers) for headers in seen)
    assert all("cookie" not in headers for headers in seen)


@pytest.mark.browser
def test_style_of_the_host_does_not_get_in_nor_ours_out(
    page: Page, open_service: Scripted, start: Callable[[ASGIApp], str]
) -> None:
    rude = "<style>*{color:red!important;font-size:40px!important}button{display:none}</style>"
    page.goto(start(a_host(open_service.url, head=rude)))
    widget = Widget(page)

    turn = widget.ask("How much is a passport?")

    colour = "e => getComputedStyle(e).color"
    assert turn.locator(".q").evaluate(colour) == "rgb(11, 12, 12)"
    assert turn.locator(".q").evaluate("e => getComputedStyle(e).fontSize") == "18px"
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    assert page.locator("h1").evaluate(colour) == "rgb(255, 0, 0)"


@pytest.mark.browser
def test_a_link_is_left_when_the_script_does_not_come(
    page: Page, start: Callable[[ASGIApp], str]
) -> None:
    page.route("**/widget.js", lambda route: route.abort())
    page.goto(start(a_host("http://127.0.0.1:1")))

    expect(page.get_by_role("link", name="Ask a question")).to_be_visible()


@pytest.mark.browser
def test_two_services_do_not_share_a_key(widget: Widget) -> None:
    widget.ask("How much is a passport?")

    widget.page.locator("enquiry-chat").evaluate(
        "e => e.setAttribute('endpoint', location.origin.replace('127.0.0.1', 'localhost'))"
    )

    expect(widget.answers).to_have_count(0)
    assert SOURCE.title not in widget.page.locator("enquiry-chat").evaluate(
        "e => e.shadowRoot.textContent"
    )

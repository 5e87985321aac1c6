"""The pages: the widget's file, the chat that works without JavaScript, the demonstration."""

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool

from bot.answer import Answer
from bot.api.door import Door, OpenDoor, final_answer
from bot.api.problems import log_unexpected
from bot.conversations import Conversation, Exchange
from bot.enquiry import Enquiry, Turn
from bot.errors import NotReadyError
from web_widget import STATIC_DIR, TEMPLATES_DIR

router = APIRouter(include_in_schema=False)
Language = Literal["en", "cy"]
COOKIE = "enquiry_chat"

_TEMPLATES = Environment(
    loader=FileSystemLoader(TEMPLATES_DIR),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# The numbers that helplines have; the widget knows the same ones.
_NUMBER = re.compile(r"(\b(?:999|111|112|116 \d{3}|0\d{2,4} [\d ]{3,9}\d)\b)")


def callable_pieces(text: str) -> list[tuple[str, str]]:
    """Return a text in pieces, each with the address to call it by; empty for mere words."""
    return [
        (piece, f"tel:{piece.replace(' ', '')}" if place % 2 else "")
        for place, piece in enumerate(_NUMBER.split(text))
        if piece
    ]


_TEMPLATES.filters["callable_pieces"] = callable_pieces
_ERRORS = {
    "empty": {"en": "Enter a question", "cy": "Rhowch gwestiwn"},
    "long": {
        "en": "Your question must be {n} characters or fewer",
        "cy": "Rhaid i'ch cwestiwn fod yn {n} nod neu lai",
    },
    "often": {
        "en": "Too many questions in a short time. Wait {n} seconds and try again",
        "cy": "Gormod o gwestiynau mewn amser byr. Arhoswch {n} eiliad a rhowch gynnig arall arni",
    },
    "loading": {
        "en": "The service is starting. Try again in a few seconds",
        "cy": "Mae'r gwasanaeth yn dechrau. Rhowch gynnig arall arni mewn ychydig eiliadau",
    },
    "server": {
        "en": "There is a problem with the service. Try again later",
        "cy": "Mae problem gyda'r gwasanaeth. Rhowch gynnig arall arni yn nes ymlaen",
    },
}


@router.get("/widget.js")
async def widget() -> FileResponse:
    """Return the widget."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "public, max-age=300",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return FileResponse(STATIC_DIR / "widget.js", media_type="text/javascript", headers=headers)


@router.get("/site.css")
async def style_sheet() -> FileResponse:
    """Return the pages' style sheet."""
    return FileResponse(STATIC_DIR / "site.css", media_type="text/css")


@router.get("/")
async def home() -> Response:
    """Send people to the chat."""
    return RedirectResponse("/chat")


@router.get("/demo")
async def demo(locale: Language = "en") -> HTMLResponse:
    """Return the demonstration page with the widget."""
    return _page("demo.html", locale=locale)


@router.get("/embed")
async def embed(locale: Language = "en") -> HTMLResponse:
    """Return a page for an iframe that holds only the widget."""
    return _page("embed.html", locale=locale)


@router.get("/accessibility")
async def accessibility() -> HTMLResponse:
    """Return the accessibility statement."""
    return _page("accessibility.html", locale="en")


@router.get("/chat")
async def chat(request: Request, door: OpenDoor, locale: Language = "en") -> HTMLResponse:
    """Return the chat, with the conversation of the browser's cookie."""
    key = await _key(door, request.cookies.get(COOKIE, ""))
    page = _chat(door, locale, await _answers(door, key), key=key)
    _remember(page, request, door, key)
    return page


@router.post("/chat")
async def ask(
    request: Request,
    door: OpenDoor,
    question: Annotated[str, Form()] = "",
    conversation: Annotated[str, Form(max_length=200)] = "",
    locale: Annotated[Language, Form()] = "en",
) -> Response:
    """Answer a question and show the whole conversation.

    A browser that keeps cookies is sent on to `GET /chat`, so that it can follow a source and come
    back; for any other the page carries the conversation itself.
    """
    question = question.replace("\x00", "").strip()
    key = await _key(door, conversation or request.cookies.get(COOKIE, ""))
    earlier = await _answers(door, key)
    if problem := _problem(request, door, question, locale):
        return _chat(door, locale, earlier, key=key, question=question, error=problem)
    try:
        answer = await final_answer(door, _enquiry(question, earlier, locale))
    except NotReadyError:
        problem = _ERRORS["loading"][locale]
        return _chat(door, locale, earlier, key=key, question=question, error=problem)
    # The page says that something went wrong and gives the question back.
    except Exception as error:  # noqa: BLE001
        log_unexpected(error)
        problem = _ERRORS["server"][locale]
        return _chat(door, locale, earlier, key=key, question=question, error=problem)
    key = key or await _start(door, locale)
    await run_in_threadpool(
        door.conversations.append, key.partition(".")[0], Exchange(answer, door.now())
    )
    door.metrics.count_answer(answer)
    if COOKIE not in request.cookies:
        return _chat(door, locale, [*earlier, answer], key=key)
    onward = RedirectResponse(f"/chat?locale={locale}#latest", status_code=303)
    _remember(onward, request, door, key)
    return onward


@router.post("/chat/erase")
async def erase(
    door: OpenDoor,
    conversation: Annotated[str, Form(max_length=200)] = "",
    locale: Annotated[Language, Form()] = "en",
) -> Response:
    """Erase the conversation and start afresh."""
    if key := await _key(door, conversation):
        await run_in_threadpool(door.conversations.erase, key.partition(".")[0])
    onward = RedirectResponse(f"/chat?locale={locale}", status_code=303)
    onward.delete_cookie(COOKIE, path="/chat")
    return onward


def _remember(response: Response, request: Request, door: Door, key: str) -> None:
    """Keep the conversation in a cookie that only these pages get and no script can read.

    Without a conversation it only shows that the browser keeps cookies at all.
    """
    response.set_cookie(
        COOKIE,
        key or "none",
        max_age=door.settings.conversation_hours * 3600,
        path="/chat",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def _problem(request: Request, door: Door, question: str, locale: Language) -> str:
    """Return what is wrong with a question before it is asked; empty when nothing is."""
    if not question:
        return _ERRORS["empty"][locale]
    limit = door.settings.max_question_characters
    if len(question) > limit:
        return _ERRORS["long"][locale].format(n=f"{limit:,}")
    if (wait := door.limiter.seconds_to_wait(request)) is not None:
        return _ERRORS["often"][locale].format(n=wait)
    return ""


def _enquiry(question: str, earlier: list[Answer], locale: Language) -> Enquiry:
    turns = [
        turn
        for answer in earlier
        for turn in (Turn("user", answer.question), Turn("assistant", answer.text))
    ]
    return Enquiry(question=question, history=tuple(turns), locale=locale)


async def _key(door: Door, conversation: str) -> str:
    """Return the conversation's `id.token` when it is known and open, else nothing."""
    conversation_id, _, token = conversation.partition(".")
    if not token:
        return ""
    found = await run_in_threadpool(
        door.conversations.find, conversation_id, _digest(token), door.now()
    )
    return conversation if found else ""


async def _start(door: Door, locale: Language) -> str:
    now, token = door.now(), secrets.token_urlsafe(32)
    conversation = Conversation(
        conversation_id=secrets.token_urlsafe(16),
        locale=locale,
        nation="",
        created_at=now,
        expires_at=now + timedelta(hours=door.settings.conversation_hours),
    )
    await run_in_threadpool(door.conversations.create, conversation, _digest(token))
    return f"{conversation.conversation_id}.{token}"


async def _answers(door: Door, key: str) -> list[Answer]:
    if not key:
        return []
    found = await run_in_threadpool(door.conversations.exchanges, key.partition(".")[0])
    return [exchange.answer for exchange in found]


def _chat(  # the page's whole state
    door: Door,
    locale: Language,
    answers: list[Answer] | None = None,
    *,
    key: str = "",
    question: str = "",
    error: str = "",
) -> HTMLResponse:
    page = _page(
        "chat.html",
        locale=locale,
        exchanges=answers or [],
        conversation=key,
        question=question,
        error=error,
        maximum=door.settings.max_question_characters,
    )
    page.status_code = 422 if error else 200
    page.headers["Cache-Control"] = "no-store"
    return page


def _page(template: str, **context: object) -> HTMLResponse:
    return HTMLResponse(_TEMPLATES.get_template(template).render(**context))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""The chat that works without JavaScript: ask, delete, say whether an answer was useful.

Nothing is kept in the browser before the first question. Whether it keeps a cookie at all is then
found out by sending the question on once, to the same address (status 307 repeats the form): a
browser that comes back with the cookie gets answers by redirect, so that "Back" works; for any
other the page carries the conversation.
"""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from bot.api import chat_page
from bot.api.chat_conversations import keep_answer, opened
from bot.api.chat_page import ChatPage, Happened, Trouble
from bot.api.door import Door, OpenDoor, final_answer
from bot.api.page_words import Language
from bot.api.problems import log_unexpected
from bot.api.same_site import is_from_elsewhere
from bot.enquiry import Enquiry, Turn
from bot.errors import NotReadyError

router = APIRouter(prefix="/chat", include_in_schema=False)
COOKIE = "enquiry_chat"
NO_CONVERSATION = "none"

Key = Annotated[str, Form(alias="conversation", max_length=200)]
Cookies = Annotated[Literal["", "no"], Query()]


@router.get("")
async def chat(
    request: Request,
    door: OpenDoor,
    locale: Language = "en",
    said: Literal["", "deleted", "fresh", "thanks", "empty"] = "",
) -> Response:
    """Return the chat, with the conversation of the browser's cookie."""
    cookie = _cookie(request)
    page = await opened(door, ChatPage(locale=locale), cookie)
    if said == "empty":
        return page.with_trouble(chat_page.empty(locale)).shown(door.settings)
    if said:
        return replace(page, happened=said).shown(door.settings)
    if page.happened == "gone":
        reply = page.shown(door.settings)
        # It is said once.
        reply.delete_cookie(COOKIE, path="/chat")
        return reply
    return page.shown(door.settings)


@router.post("")
async def ask(
    request: Request,
    door: OpenDoor,
    *,
    question: Annotated[str, Form()] = "",
    conversation: Key = "",
    locale: Language = "en",
    cookies: Cookies = "",
) -> Response:
    """Answer a question and show the whole conversation."""
    page = _page(request, locale, conversation, draft=_typed(question))
    if is_from_elsewhere(request):
        # Nothing is asked in somebody's name: they see what would be, and send it themselves.
        refused = ChatPage(locale=locale, draft=page.draft, happened="elsewhere")
        return refused.shown(door.settings, status=403)
    if not page.keeps_cookies and cookies != "no":
        return _try_cookies(request, locale)
    try:
        page = await opened(door, page, conversation, _cookie(request))
        trouble = _trouble(request, door, page)
        if trouble is None:
            return await _answered(request, door, page)
    except NotReadyError:
        trouble = chat_page.starting(locale)
    # The page says that something went wrong and gives the question back.
    except Exception as error:  # noqa: BLE001
        log_unexpected(error)
        trouble = chat_page.failed(locale)
    if page.keeps_cookies and not page.draft:
        return _see_other(locale, "empty")
    return page.with_trouble(trouble).shown(door.settings, status=trouble.status)


@router.get("/erase")
async def ask_whether_to_erase(
    request: Request, door: OpenDoor, locale: Language = "en"
) -> Response:
    """Return the page that asks whether to delete the conversation of the cookie."""
    page = await opened(door, ChatPage(locale=locale), _cookie(request))
    return page.sure() if page.conversation else _see_other(locale)


@router.post("/erase")
async def erase(
    request: Request,
    door: OpenDoor,
    *,
    conversation: Key = "",
    sure: Annotated[Literal["", "yes", "no"], Form()] = "",
    locale: Language = "en",
) -> Response:
    """Ask whether to delete the conversation, then do it.

    Only the form's own key counts, which no other site can know; the cookie alone deletes nothing.
    """
    page = await opened(door, _page(request, locale, conversation), conversation)
    if page.conversation and sure == "":
        # An old tab may show another conversation than the cookie's.
        is_of_cookie = conversation == _cookie(request)
        return _see_other(locale, path="/chat/erase") if is_of_cookie else page.sure()
    if sure == "no":
        return _see_other(locale) if page.keeps_cookies else page.shown(door.settings)
    if page.conversation:
        await run_in_threadpool(door.conversations.erase, page.conversation.partition(".")[0])
    onward = _see_other(locale, "deleted")
    if conversation == _cookie(request):
        onward.delete_cookie(COOKIE, path="/chat")
    return onward


@router.post("/feedback")
async def give_feedback(
    request: Request,
    door: OpenDoor,
    *,
    answer_id: Annotated[str, Form(max_length=64)],
    opinion: Annotated[
        Literal["useful", "wrong", "unclear", "not_my_question", "too_long", "other"], Form()
    ],
    conversation: Key = "",
    locale: Language = "en",
) -> Response:
    """Keep what somebody thinks of an answer; one of a conversation that is gone is let go."""
    useful = opinion == "useful"
    known = not is_from_elsewhere(request) and await run_in_threadpool(
        lambda: door.conversations.add_feedback(
            answer_id,
            useful=useful,
            reason="" if useful else opinion,
            comment="",
            now=door.now(),
        )
    )
    if known:
        door.metrics.count_feedback(useful=useful)
    page = _page(request, locale, conversation)
    happened: Happened = "thanks" if known else ""
    if page.keeps_cookies:
        return _see_other(locale, happened)
    page = await opened(door, page, conversation)
    return replace(page, happened=happened or page.happened).shown(door.settings)


def _page(request: Request, locale: Language, conversation: str, *, draft: str = "") -> ChatPage:
    return ChatPage(
        locale=locale,
        conversation=conversation,
        keeps_cookies=COOKIE in request.cookies,
        draft=draft,
    )


def _cookie(request: Request) -> str:
    """Return the conversation of the cookie; empty for none."""
    value = request.cookies.get(COOKIE, "")
    return "" if value == NO_CONVERSATION else value


def _typed(question: str) -> str:
    """Return a question as typed: forms send every line end as two characters."""
    return question.replace("\x00", "").replace("\r\n", "\n").strip()


def _try_cookies(request: Request, locale: Language) -> Response:
    onward = RedirectResponse(f"/chat?locale={locale}&cookies=no#latest", status_code=307)
    _remember(onward, request, NO_CONVERSATION)
    return onward


def _see_other(locale: Language, said: str = "", *, path: str = "/chat") -> Response:
    happened = f"&said={said}" if said else ""
    place = "" if path == "/chat/erase" else "#latest"
    return RedirectResponse(f"{path}?locale={locale}{happened}{place}", status_code=303)


def _remember(response: Response, request: Request, key: str) -> None:
    """Keep the conversation in a cookie that only these pages get and no script can read.

    It ends with the browser: on a shared device the next person must not find what was asked.
    """
    response.set_cookie(
        COOKIE,
        key,
        path="/chat",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def _trouble(request: Request, door: Door, page: ChatPage) -> Trouble | None:
    """Return why a question cannot be asked; a question that could be counts as asked."""
    if not page.draft:
        return chat_page.empty(page.locale)
    limit = door.settings.max_question_characters
    if len(page.draft) > limit:
        return chat_page.too_long(page.locale, limit)
    if (wait := door.limiter.seconds_to_wait(request)) is not None:
        return chat_page.too_often(page.locale, wait)
    return None


async def _answered(request: Request, door: Door, page: ChatPage) -> Response:
    turns = [
        turn
        for answer in page.answers
        for turn in (Turn("user", answer.question), Turn("assistant", answer.text))
    ]
    enquiry = Enquiry(question=page.draft, history=tuple(turns), locale=page.locale)
    answer = await final_answer(door, enquiry)
    page = await keep_answer(door, page, answer)
    door.metrics.count_answer(answer)
    if not page.keeps_cookies:
        return page.shown(door.settings)
    onward = _see_other(page.locale, page.happened)
    _remember(onward, request, page.conversation)
    return onward

"""The stored conversation behind the chat page."""

from dataclasses import replace

from starlette.concurrency import run_in_threadpool

from bot.answer import Answer
from bot.api.chat_page import ChatPage
from bot.api.door import Door
from bot.api.tokens import find_conversation, start_conversation
from bot.conversations import Exchange


async def opened(door: Door, page: ChatPage, *keys: str) -> ChatPage:
    """Return the page with the first of some conversations that is still open.

    Args:
        door: Where conversations are kept.
        page: What is shown.
        keys: `id.token` as the form and the cookie say; empty ones do not count.

    Returns:
        The page with its answers; one that says the conversation is gone when none is open.
    """
    named = [key for key in keys if key]
    for key in named:
        conversation_id, _, token = key.partition(".")
        if await find_conversation(door, conversation_id, token):
            found = await run_in_threadpool(door.conversations.exchanges, conversation_id)
            answers = tuple(exchange.answer for exchange in found)
            return replace(page, conversation=key, answers=answers)
    return replace(page, conversation="", answers=(), happened="gone" if named else page.happened)


async def keep_answer(door: Door, page: ChatPage, answer: Answer) -> ChatPage:
    """Store an answer and return the page with it; in a new conversation where there is none.

    The page says so when there was one before that is gone.
    """
    exchange = Exchange(answer, door.now())
    conversation_id = page.conversation.partition(".")[0]
    is_kept = bool(conversation_id) and await run_in_threadpool(
        door.conversations.append, conversation_id, exchange
    )
    if is_kept:
        return replace(page, answers=(*page.answers, answer), draft="")
    conversation, token = await start_conversation(door, locale=page.locale)
    await run_in_threadpool(door.conversations.append, conversation.conversation_id, exchange)
    was_there = page.conversation or page.happened == "gone"
    return replace(
        page,
        answers=(answer,),
        conversation=f"{conversation.conversation_id}.{token}",
        draft="",
        happened="fresh" if was_there else "",
    )

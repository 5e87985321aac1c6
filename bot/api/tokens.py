"""Conversations are opened with a token that is shown once; only its digest is stored."""

import hashlib
import secrets
from datetime import timedelta

from starlette.concurrency import run_in_threadpool

from bot.api.door import Door
from bot.conversations import Conversation


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


async def start_conversation(
    door: Door, *, locale: str, nation: str = ""
) -> tuple[Conversation, str]:
    """Store a new conversation and return it with its token."""
    now, token = door.now(), secrets.token_urlsafe(32)
    conversation = Conversation(
        conversation_id=secrets.token_urlsafe(16),
        locale=locale,
        nation=nation,
        created_at=now,
        expires_at=now + timedelta(hours=door.settings.conversation_hours),
    )
    await run_in_threadpool(door.conversations.create, conversation, digest_of(token))
    return conversation, token


async def find_conversation(door: Door, conversation_id: str, token: str) -> Conversation | None:
    """Return the conversation that a token opens; None for any that is not open."""
    return await run_in_threadpool(
        door.conversations.find, conversation_id, digest_of(token), door.now()
    )

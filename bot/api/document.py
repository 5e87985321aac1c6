"""The OpenAPI document, made without loading a model or opening a database."""

from collections.abc import AsyncIterator
from typing import Any

from bot.answer import AnswerEvent
from bot.api.app import create_app
from bot.api.door import Parts
from bot.api.readiness import Readiness
from bot.conversations import ConversationStore
from bot.enquiry import Enquiry
from bot.errors import NotReadyError
from bot.service_settings import ServiceSettings


def openapi_document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the HTTP interface."""
    parts = Parts(
        answer=_no_answer,
        conversations=_NoStore(),  # type: ignore[abstract]  # never called: only routes are read
        readiness=lambda: Readiness(ready=False),
        redact=str,
        take_event=lambda _: None,
    )
    return create_app(parts, ServiceSettings()).openapi()


async def _no_answer(_: Enquiry) -> AsyncIterator[AnswerEvent]:
    reason = "this application only describes itself"
    nothing: tuple[AnswerEvent, ...] = ()
    for event in nothing:
        yield event
    raise NotReadyError(reason)


class _NoStore(ConversationStore):
    """Stands in for a store while the document is made."""

"""Conversations: create, ask, read, resume, erase."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from bot.answer import Answer
from bot.answer_json import dump_answer
from bot.api.door import Door, OpenDoor, count_question, door_of
from bot.api.problems import Problem, ProblemError, documented, log_unexpected
from bot.api.schemas import (
    ConversationBody,
    ConversationCreated,
    ExchangeBody,
    MessageBody,
    Transcript,
)
from bot.api.streams import Stream, encoded, frame, position_of
from bot.api.tokens import digest_of, find_conversation, start_conversation
from bot.conversations import Conversation, Exchange
from bot.enquiry import Enquiry, Nation, Turn
from bot.errors import NotReadyError

router = APIRouter(prefix="/v1/conversations")
EVENT_STREAM = "text/event-stream"
_STREAM_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer, or its events when asked for with `Accept: text/event-stream`.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    }
}


async def opened(
    conversation_id: str,
    door: Annotated[Door, Depends(door_of)],
    authorization: Annotated[str, Header()] = "",
) -> Conversation:
    """Return the conversation a request holds the token of.

    Raises:
        ProblemError: 401 without a token; 404 for an unknown, expired or erased conversation and
            for the wrong token alike, so that nobody can find out which conversations exist.
    """
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        detail = "Send the conversation's token as `Authorization: Bearer TOKEN`."
        raise ProblemError(401, detail, headers={"WWW-Authenticate": "Bearer"})
    found = await find_conversation(door, conversation_id, token.strip())
    if found is None:
        detail = "There is no such conversation, it has expired, or the token is another's."
        raise ProblemError(404, detail)
    return found


Opened = Annotated[Conversation, Depends(opened)]


@router.post("", status_code=201, responses=documented(400), summary="Start a conversation")
async def create(door: OpenDoor, body: ConversationBody | None = None) -> ConversationCreated:
    """Start a conversation; its token is shown once."""
    conversation, token = await start_conversation(
        door,
        locale=(body.locale if body else None) or "",
        nation=(body.nation.value if body and body.nation else ""),
    )
    return ConversationCreated(
        conversation_id=conversation.conversation_id,
        token=token,
        expires_at=conversation.expires_at,
    )


@router.post(
    "/{conversation_id}/messages",
    response_model=Answer,
    responses={**_STREAM_DOCUMENTED, **documented(400, 401, 404, 409, 503)},
    dependencies=[Depends(count_question)],
    summary="Ask in a conversation",
)
async def ask(
    body: MessageBody,
    conversation: Opened,
    door: OpenDoor,
    request: Request,
    idempotency_key: Annotated[str, Header(max_length=128)] = "",
) -> Response:
    """Answer a message as one Answer, or as events when the client accepts a stream."""
    door.check_length(body.message)
    wants_events = EVENT_STREAM in request.headers.get("accept", "")
    earlier = await run_in_threadpool(door.conversations.exchanges, conversation.conversation_id)
    if idempotency_key and (repeated := _repeated(earlier, idempotency_key, body.message)):
        return _stored(repeated, as_events=wants_events)
    stream = door.streams.open(conversation.conversation_id, secrets.token_urlsafe(8))
    if stream is None:
        raise ProblemError(409, "The message before is still being answered. Wait for its answer.")
    enquiry = _enquiry(body.message, conversation, earlier)
    key, request_digest = _digests(idempotency_key, body.message) if idempotency_key else ("", "")
    journey = _Journey(door, conversation.conversation_id, stream, key, request_digest)
    task = asyncio.create_task(journey.run(enquiry))
    door.streams.keep(task)
    if wants_events:
        return _event_stream(stream.read(0))
    await task
    if journey.problem is not None:
        raise journey.problem
    return Response(dump_answer(journey.given), media_type="application/json", headers=_NO_STORE)


@router.get(
    "/{conversation_id}/events",
    responses={**_STREAM_DOCUMENTED, **documented(401, 404)},
    summary="Resume the events of the last message",
)
async def resume(
    conversation: Opened,
    door: OpenDoor,
    last_event_id: Annotated[str, Header(max_length=128)] = "",
) -> Response:
    """Send the events after the last one seen; from the store when they are no longer kept."""
    stream = door.streams.of(conversation.conversation_id)
    if stream is not None:
        return _event_stream(stream.read(position_of(last_event_id, stream)))
    earlier = await run_in_threadpool(door.conversations.exchanges, conversation.conversation_id)
    if not earlier:
        raise ProblemError(404, "Nothing was asked in this conversation yet.")
    return _stored(earlier[-1].answer, as_events=True)


@router.get("/{conversation_id}", responses=documented(401, 404), summary="Read what is stored")
async def read(conversation: Opened, door: OpenDoor, response: Response) -> Transcript:
    """Return every question, as it was kept, and its answer."""
    response.headers.update(_NO_STORE)
    found = await run_in_threadpool(door.conversations.exchanges, conversation.conversation_id)
    return Transcript(
        conversation_id=conversation.conversation_id,
        expires_at=conversation.expires_at,
        exchanges=[
            ExchangeBody(asked_at=e.asked_at, question=e.answer.question, answer=e.answer)
            for e in found
        ],
    )


@router.delete(
    "/{conversation_id}",
    status_code=204,
    responses=documented(401, 404),
    summary="Erase a conversation for good",
)
async def erase(conversation: Opened, door: OpenDoor) -> None:
    """Delete the conversation, its questions, answers and feedback."""
    await run_in_threadpool(door.conversations.erase, conversation.conversation_id)
    door.streams.forget(conversation.conversation_id)


_NO_STORE = {"Cache-Control": "no-store"}


class _Journey:
    """Runs one enquiry to its end whether or not anybody still listens."""

    def __init__(
        self, door: Door, conversation_id: str, stream: Stream, key: str, request_digest: str
    ) -> None:
        self._door = door
        self._conversation_id = conversation_id
        self._stream = stream
        self._key = key
        self._request_digest = request_digest
        self._answer: Answer | None = None
        self.problem: ProblemError | None = None

    @property
    def given(self) -> Answer:
        """The answer, once the journey has ended well."""
        if self._answer is None:
            message = "The journey ended without an Answer; it must always yield one last."
            raise AssertionError(message)
        return self._answer

    async def run(self, enquiry: Enquiry) -> None:
        """Send every event; store the answer before the citizen sees it as final."""
        try:
            async for event in self._door.answer(enquiry):
                if isinstance(event, Answer):
                    await self._store(event)
                    self._answer = event
                if named := encoded(event):
                    await self._stream.send(*named, last=isinstance(event, Answer))
        except NotReadyError as error:
            await self._fail(503, str(error))
        # Any other failure ends this message with one sentence; the next one starts afresh.
        except Exception as error:  # noqa: BLE001
            log_unexpected(error)
            await self._fail(500, "Something went wrong here. Try again later.")

    async def _store(self, answer: Answer) -> None:
        exchange = Exchange(answer, self._door.now(), self._key, self._request_digest)
        await run_in_threadpool(self._door.conversations.append, self._conversation_id, exchange)
        self._door.metrics.count_answer(answer)

    async def _fail(self, status: int, detail: str) -> None:
        self.problem = ProblemError(status, detail)
        problem = Problem(title="The question was not answered", status=status, detail=detail)
        await self._stream.send("error", problem.model_dump_json().encode(), last=True)


def _enquiry(message: str, conversation: Conversation, earlier: list[Exchange]) -> Enquiry:
    history = [
        turn
        for exchange in earlier
        for turn in (
            Turn("user", exchange.answer.question),
            Turn("assistant", exchange.answer.text),
        )
    ]
    return Enquiry(
        question=message,
        history=tuple(history),
        locale="cy" if conversation.locale == "cy" else "en" if conversation.locale else None,
        nation=Nation(conversation.nation) if conversation.nation else None,
    )


def _digests(key: str, message: str) -> tuple[str, str]:
    """Return what is stored to recognise a repeated request: nothing that anybody typed.

    The message is mixed with the key, or a short one ("QQ123456C") could be found by trying all.
    """
    return digest_of(key), digest_of(f"{key}\0{message}")


def _repeated(earlier: list[Exchange], key: str, message: str) -> Answer | None:
    """Return the answer already given to a repeated request.

    Raises:
        ProblemError: The key was used for another message.
    """
    key_digest, request_digest = _digests(key, message)
    for exchange in earlier:
        if exchange.idempotency_key == key_digest:
            if exchange.request_digest != request_digest:
                detail = "This Idempotency-Key was used for another message. Use a new one."
                raise ProblemError(422, detail)
            return exchange.answer
    return None


def _stored(answer: Answer, *, as_events: bool) -> Response:
    if not as_events:
        return Response(dump_answer(answer), media_type="application/json", headers=_NO_STORE)

    async def once() -> AsyncIterator[bytes]:
        yield frame("answer", dump_answer(answer), f"{answer.answer_id}:1")

    return _event_stream(once())


def _event_stream(frames: AsyncIterator[bytes]) -> StreamingResponse:
    # Without X-Accel-Buffering a proxy may hold events back until the answer is complete.
    headers = {**_NO_STORE, "X-Accel-Buffering": "no"}
    return StreamingResponse(frames, media_type=EVENT_STREAM, headers=headers)

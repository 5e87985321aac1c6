"""What every endpoint needs, built once by `create_app` and handed to each request."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from bot.answer import Answer, AnswerEvent
from bot.api.limits import RateLimiter
from bot.api.problems import ProblemError
from bot.api.readiness import Readiness
from bot.api.streams import Streams
from bot.conversations import ConversationStore
from bot.enquiry import Enquiry
from bot.metrics import Metrics
from bot.service_settings import ServiceSettings
from ingestion.events import GuidanceEvent

Answerer = Callable[[Enquiry], AsyncIterator[AnswerEvent]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the HTTP service is put around.

    Attributes:
        answer: Answers one enquiry; raises NotReadyError while models load.
        conversations: Where conversations are kept.
        readiness: Says whether the service can answer.
        redact: Removes personal data from free text, for feedback comments.
        take_event: Keeps an event of a content management system; raises OSError.
        metrics: Counters and histograms.
    """

    answer: Answerer
    conversations: ConversationStore
    readiness: Callable[[], Readiness]
    redact: Callable[[str], str]
    take_event: Callable[[GuidanceEvent], None]
    metrics: Metrics = field(default_factory=Metrics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door(Parts):
    """The parts, and what the service adds to them.

    Attributes:
        settings: Limits and addresses.
        limiter: Counts questions per address.
        streams: Answers on their way.
    """

    settings: ServiceSettings
    limiter: RateLimiter
    streams: Streams

    def now(self) -> datetime:
        """Return the current time, UTC."""
        return datetime.now(tz=UTC)

    def check_length(self, question: str) -> None:
        """End the request when a question is too long.

        Raises:
            ProblemError: With status 422.
        """
        limit = self.settings.max_question_characters
        if len(question) > limit:
            detail = f"The question has {len(question):,} characters; the most is {limit:,}."
            raise ProblemError(422, detail)


def door_of(request: Request) -> Door:
    """Return the parts of the application that handles a request."""
    door: Door = request.app.state.door
    return door


def count_question(request: Request, door: Annotated[Door, Depends(door_of)]) -> None:
    """End the request when its address has asked too often.

    Raises:
        ProblemError: With status 429 and Retry-After.
    """
    retry = door.limiter.seconds_to_wait(request)
    if retry is not None:
        detail = f"Too many questions from your address. Try again in {retry} seconds."
        raise ProblemError(429, detail, headers={"Retry-After": str(retry)})


async def final_answer(door: Door, enquiry: Enquiry) -> Answer:
    """Return the last event of a journey."""
    answer = None
    async for event in door.answer(enquiry):
        if isinstance(event, Answer):
            answer = event
    if answer is None:
        message = "The journey ended without an Answer; it must always yield one last."
        raise AssertionError(message)
    return answer


OpenDoor = Annotated[Door, Depends(door_of)]

"""`POST /v1/ingest/events`: a content management system says what changed."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from bot.api.door import OpenDoor
from bot.api.keys import check_key
from bot.api.problems import ProblemError, documented
from ingestion.events import GuidanceEvent

router = APIRouter(prefix="/v1/ingest")


class Accepted(BaseModel):
    """An event is kept and will be in the next build."""

    event_id: str = Field(description="As it was sent.")


@router.post(
    "/events",
    status_code=202,
    responses=documented(400, 401, 403, 503),
    dependencies=[Depends(check_key)],
    summary="Say that a page was published, updated or withdrawn",
)
async def take_event(event: GuidanceEvent, door: OpenDoor) -> Accepted:
    """Keep an event; `enquiry-ingest watch` builds and publishes it.

    Of all events about a page the one with the last `occurred_at` counts: events may be repeated,
    and may arrive in any order.
    """
    try:
        await run_in_threadpool(door.take_event, event)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        detail = f"The event could not be kept ({reason}). Send it again."
        raise ProblemError(503, detail, headers={"Retry-After": "30"}) from error
    return Accepted(event_id=event.event_id)

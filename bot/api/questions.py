"""`POST /v1/ask` and feedback on answers."""

from fastapi import APIRouter, Depends, Response
from starlette.concurrency import run_in_threadpool

from bot.answer import Answer
from bot.api.door import OpenDoor, count_question, final_answer
from bot.api.problems import ProblemError, documented
from bot.api.schemas import KEPT_HISTORY, AskBody, FeedbackBody
from bot.enquiry import Enquiry, Turn

router = APIRouter(prefix="/v1")


@router.post(
    "/ask",
    responses=documented(400, 503),
    dependencies=[Depends(count_question)],
    summary="Ask one question; nothing of it is stored",
)
async def ask(body: AskBody, door: OpenDoor, response: Response) -> Answer:
    """Answer one question without a conversation."""
    door.check_length(body.question)
    enquiry = Enquiry(
        question=body.question,
        history=tuple(Turn(turn.role, turn.content) for turn in body.history[-KEPT_HISTORY:]),
        locale=body.locale,
        nation=body.nation,
        publisher=body.publisher,
    )
    answer = await final_answer(door, enquiry)
    door.metrics.count_answer(answer)
    await run_in_threadpool(door.conversations.note_answer, answer, door.now())
    response.headers["Cache-Control"] = "no-store"
    return answer


@router.post(
    "/answers/{answer_id}/feedback",
    status_code=204,
    responses=documented(400, 404),
    summary="Say whether an answer was useful",
)
async def give_feedback(answer_id: str, body: FeedbackBody, door: OpenDoor) -> None:
    """Keep feedback; personal data in the comment is removed first."""
    comment = await run_in_threadpool(door.redact, body.comment) if body.comment else ""
    known = await run_in_threadpool(
        lambda: door.conversations.add_feedback(
            answer_id, useful=body.useful, reason=body.reason, comment=comment, now=door.now()
        )
    )
    if not known:
        raise ProblemError(404, "There is no such answer, or its conversation was erased.")
    door.metrics.count_feedback(useful=body.useful)

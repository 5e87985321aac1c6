"""Ask as a citizen does and take what comes back."""

from bot.answer import Answer, AnswerEvent
from bot.enquiry import Enquiry
from bot.pipeline import answer_question
from bot.services import Services


async def events(question: str, services: Services, **more: object) -> list[AnswerEvent]:
    """Return everything that is told of an answer, in order; `more` is the rest of the enquiry."""
    enquiry = Enquiry(question, **more)  # type: ignore[arg-type]
    return [event async for event in answer_question(enquiry, services)]


async def ask(question: str, services: Services, **more: object) -> Answer:
    """Return the answer alone."""
    last = (await events(question, services, **more))[-1]
    assert isinstance(last, Answer)
    return last

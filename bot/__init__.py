"""Answer citizen enquiries from published guidance, with citations."""

from bot.answer import Answer, AnswerEvent, AnswerStatus, BlockReady, Found, Progress
from bot.enquiry import Enquiry
from bot.pipeline import answer_question
from bot.services import Services

__all__ = [
    "Answer",
    "AnswerEvent",
    "AnswerStatus",
    "BlockReady",
    "Enquiry",
    "Found",
    "Progress",
    "Services",
    "answer_question",
]

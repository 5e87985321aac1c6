"""Bodies of requests and replies that are not answers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.answer import Answer
from bot.enquiry import Nation

MAX_HISTORY = 1_000
KEPT_HISTORY = 50


def _clean(text: str) -> str:
    """Return text that every store and encoder can hold: no NUL, no half of a surrogate pair."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _not_blank(text: str) -> str:
    if not text.strip():
        message = "write a question"
        raise ValueError(message)
    return text


Text = Annotated[str, AfterValidator(_clean)]
Message = Annotated[str, AfterValidator(_clean), AfterValidator(_not_blank)]


class TurnBody(BaseModel):
    """An earlier message of the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: Text = Field(max_length=20_000)


class AskBody(BaseModel):
    """One stateless question."""

    model_config = ConfigDict(extra="forbid")

    question: Message = Field(description="What the citizen wants to know.")
    history: list[TurnBody] = Field(
        default_factory=list,
        max_length=MAX_HISTORY,
        description=f"Earlier messages, oldest first; the last {KEPT_HISTORY} count.",
    )
    locale: Literal["en", "cy"] | None = None
    nation: Nation | None = None
    publisher: Text = Field(default="", max_length=200)


class ConversationBody(BaseModel):
    """What is known when a conversation starts."""

    model_config = ConfigDict(extra="forbid")

    locale: Literal["en", "cy"] | None = None
    nation: Nation | None = None


class ConversationCreated(BaseModel):
    """A new conversation. The token is shown once and is the only key to it."""

    conversation_id: str
    token: str
    expires_at: datetime


class MessageBody(BaseModel):
    """One message of a conversation."""

    model_config = ConfigDict(extra="forbid")

    message: Message


class ExchangeBody(BaseModel):
    """One redacted question and its answer."""

    asked_at: datetime
    question: str
    answer: Answer


class Transcript(BaseModel):
    """A conversation as it is stored."""

    conversation_id: str
    expires_at: datetime
    exchanges: list[ExchangeBody]


class FeedbackBody(BaseModel):
    """What a citizen thought of an answer."""

    model_config = ConfigDict(extra="forbid")

    useful: bool
    reason: Literal["", "wrong", "unclear", "not_my_question", "too_long", "other"] = ""
    comment: Text = Field(default="", max_length=1000)

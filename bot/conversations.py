"""What the service needs from the store of conversations, whichever database provides it.

Only redacted text reaches a store: `Answer.question` is the question after redaction.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.answer import Answer


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, without its secret.

    Attributes:
        conversation_id: Random; part of the address.
        locale, nation: What the citizen's page said; may be empty.
        created_at, expires_at: UTC.
    """

    conversation_id: str
    locale: str
    nation: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question, redacted, and its answer.

    Attributes:
        answer: The whole answer; `answer.question` is the redacted question.
        asked_at: UTC.
        idempotency_key: SHA-256 of what the client sent to recognise a repeated request; empty
            for none.
        request_digest: SHA-256 of that and the message it was used for.
    """

    answer: Answer
    asked_at: datetime
    idempotency_key: str = ""
    request_digest: str = ""


class ConversationStore(Protocol):
    """Keeps conversations until they expire or are erased."""

    def create(self, conversation: Conversation, token_digest: str) -> None:
        """Keep a new conversation and the SHA-256 of its token."""
        ...

    def find(self, conversation_id: str, token_digest: str, now: datetime) -> Conversation | None:
        """Return a conversation; None when unknown, expired, or the token is another."""
        ...

    def append(self, conversation_id: str, exchange: Exchange) -> bool:
        """Keep an exchange; False when the conversation was erased meanwhile."""
        ...

    def exchanges(self, conversation_id: str) -> list[Exchange]:
        """Return the exchanges of a conversation, oldest first."""
        ...

    def erase(self, conversation_id: str) -> None:
        """Delete a conversation with all exchanges and their feedback, for good."""
        ...

    def note_answer(self, answer: Answer, now: datetime) -> None:
        """Remember that an answer was given, without any words, so that feedback can name it."""
        ...

    def add_feedback(
        self, answer_id: str, *, useful: bool, reason: str, comment: str, now: datetime
    ) -> bool:
        """Keep feedback, replacing earlier feedback; False when the answer is unknown.

        `comment` must be redacted already.
        """
        ...

    def purge(self, now: datetime) -> int:
        """Delete what has expired and return how many conversations that were."""
        ...

    def check(self) -> None:
        """Raise when the database cannot be reached."""
        ...

"""Stand-ins whose results can be worked out by hand."""

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

import numpy as np

from bot.answer import Answer, AnswerEvent, AnswerStatus, Block, BlockReady, Citation, Progress
from bot.conversations import Conversation, Exchange
from bot.enquiry import Enquiry
from ingestion.embedding import Vectors


class WordHashEmbedder:
    """Embeds a text as the counts of its words, so that shared words mean similarity."""

    name = "word-hash"
    dimension = 64

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return self.embed_queries(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                digest = hashlib.sha256(word.strip(".,:;?!").encode()).digest()
                vectors[row, digest[0] % self.dimension] += 1
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms > 0, norms, 1), dtype=np.float32)


class InMemoryConversations:
    """A ConversationStore in dictionaries."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[Conversation, str]] = {}
        self._exchanges: dict[str, list[Exchange]] = {}
        self._answers: dict[str, str | None] = {}
        self.feedback: dict[str, tuple[bool, str, str]] = {}

    def create(self, conversation: Conversation, token_digest: str) -> None:
        self._open[conversation.conversation_id] = (conversation, token_digest)
        self._exchanges[conversation.conversation_id] = []

    def find(self, conversation_id: str, token_digest: str, now: datetime) -> Conversation | None:
        conversation, digest = self._open.get(conversation_id, (None, ""))
        if conversation is None or digest != token_digest or conversation.expires_at <= now:
            return None
        return conversation

    def append(self, conversation_id: str, exchange: Exchange) -> bool:
        if conversation_id not in self._open:
            return False
        self._exchanges[conversation_id].append(exchange)
        self._answers[exchange.answer.answer_id] = conversation_id
        return True

    def exchanges(self, conversation_id: str) -> list[Exchange]:
        return list(self._exchanges.get(conversation_id, []))

    def erase(self, conversation_id: str) -> None:
        self._open.pop(conversation_id, None)
        self._exchanges.pop(conversation_id, None)
        gone = [key for key, owner in self._answers.items() if owner == conversation_id]
        for key in gone:
            del self._answers[key]
            self.feedback.pop(key, None)

    def note_answer(self, answer: Answer, now: datetime) -> None:
        self._answers[answer.answer_id] = None

    def add_feedback(
        self, answer_id: str, *, useful: bool, reason: str, comment: str, now: datetime
    ) -> bool:
        if answer_id not in self._answers:
            return False
        self.feedback[answer_id] = (useful, reason, comment)
        return True

    def purge(self, now: datetime) -> int:
        expired = [key for key, (c, _) in self._open.items() if c.expires_at <= now]
        for key in expired:
            self.erase(key)
        return len(expired)

    def check(self) -> None:
        pass


SOURCE = Citation(
    number=1,
    title="Passport fees",
    heading_path=("Passport fees", "Standard fees"),
    url="https://guidance.example.gov.uk/passports/passport-fees",
    deep_link="https://guidance.example.gov.uk/passports/passport-fees#:~:text=The%20fee",
    quote="The fee is £94.50.",
    publisher="Sample Passport Service",
    nation="uk",
    locale="en",
    updated_at=date(2026, 4, 9),
    passage_id="p1",
    score=1.0,
)


def an_answer(question: str = "How much is a passport?", **changes: object) -> Answer:
    """An ordinary answer with one block and one citation."""
    answer = Answer(
        answer_id="answer-1",
        status=AnswerStatus.ANSWERED,
        completeness="complete",
        mode="extractive",
        language="en",
        text="The fee is £94.50. [1]",
        blocks=(Block("paragraph", text="The fee is £94.50.", citations=(1,)),),
        citations=(SOURCE,),
        index_version="v1",
        timings_ms={"total": 12.5},
        question=question,
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


class ScriptedAnswerer:
    """Answers every enquiry the same way and remembers what it was asked."""

    def __init__(self, make: Callable[[Enquiry], Answer] | None = None) -> None:
        self._make = make or (lambda enquiry: an_answer(enquiry.question))
        self._count = 0
        self.asked: list[Enquiry] = []

    async def __call__(self, enquiry: Enquiry) -> AsyncIterator[AnswerEvent]:
        self.asked.append(enquiry)
        self._count += 1
        answer = replace(self._make(enquiry), answer_id=f"answer-{self._count}")
        yield Progress("checking")
        yield Progress("searching")
        for block in answer.blocks:
            uses = tuple(c for c in answer.citations if c.number in block.citations)
            yield BlockReady(block, uses)
        yield answer


class ScriptedModel:
    """Streams the given pieces and remembers the prompts it saw."""

    name = "scripted:model"

    def __init__(self, *pieces: str) -> None:
        self.pieces = pieces
        self.prompts: list[str] = []

    async def stream(self, *, instructions: str, content: str) -> AsyncIterator[str]:
        self.prompts.append(content)
        for piece in self.pieces:
            yield piece


class ScriptedReader:
    """A PairReader that says what a function says, and remembers what it read."""

    name = "scripted reader"

    def __init__(self, say: Callable[[str, str], float], *, weight: float = 1.0) -> None:
        self._say = say
        self.weight = weight
        self.questions: list[str] = []
        self.texts: list[str] = []

    def read(self, question: str, texts: Sequence[str]) -> Vectors:
        self.questions.append(question)
        self.texts += texts
        return np.array([self._say(question, text) for text in texts], dtype=np.float32)

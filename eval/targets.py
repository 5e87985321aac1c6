"""What is measured: the bot in this process, or a service over HTTP."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import httpx

from bot import Answer, Enquiry, Found, Services, answer_question
from bot.enquiry import Nation, Turn
from eval.errors import TargetError
from eval.question_set import Item
from eval.record import Cited, Record
from guardrails import QuestionPolicy

KEPT_PAGES = 20
KEPT_UNITS = 20


class AnswerTarget(Protocol):
    """Answers questions as citizens get them."""

    @property
    def name(self) -> str:
        """What is measured, as recorded in the run."""
        ...

    @property
    def ranking(self) -> str:
        """`retrieval` when records hold ranked candidates, `shown` when only what was shown."""
        ...

    @property
    def index_version(self) -> str:
        """The index version that answers; empty when the target does not say."""
        ...

    @property
    def policy(self) -> QuestionPolicy | None:
        """The guardrails of the target; None when they cannot be asked alone."""
        ...

    async def ask(self, item: Item) -> Record:
        """Return the record of one question."""
        ...


@dataclass(frozen=True, slots=True)
class LocalTarget:
    """The bot in this process, through the same entry as the HTTP service."""

    services: Services
    name: str = "local"
    ranking: str = "retrieval"

    @property
    def index_version(self) -> str:
        """The opened index version."""
        return self.services.index.manifest.version

    @property
    def policy(self) -> QuestionPolicy:
        """The guardrails that answer."""
        return self.services.policy

    async def ask(self, item: Item) -> Record:
        """Return the record of one question, candidates included."""
        answer, found = await ask_locally(item, self.services)
        return Record(
            item=item,
            status=answer.status.value,
            completeness=answer.completeness,
            text=answer.text,
            lead=_lead([asdict(block) for block in answer.blocks]),
            mode=answer.mode,
            citations=tuple(Cited(url=c.url, quote=c.quote) for c in answer.citations),
            pages=tuple(page.url for page in found.pages[:KEPT_PAGES]) if found else (),
            units=tuple(unit.text for unit in found.units[:KEPT_UNITS]) if found else (),
            confidence=found.confidence if found else None,
            redactions=tuple(redaction.kind for redaction in answer.redactions),
            notices=tuple(notice.kind for notice in answer.notices),
            timings_ms=answer.timings_ms,
        )


async def ask_locally(item: Item, services: Services) -> tuple[Answer, Found | None]:
    """Return the answer to an item and what retrieval found for it, if it got that far."""
    found: Found | None = None
    answer: Answer | None = None
    async for event in answer_question(enquiry_of(item), services):
        if isinstance(event, Found):
            found = event
        elif isinstance(event, Answer):
            answer = event
    if answer is None:
        raise TargetError(target="local", reason="the journey ended without an answer")
    return answer, found


def _lead(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Return the words of the first block that cites something, in reading order."""
    for block in blocks:
        if block["citations"]:
            rows = (" ".join(row) for row in (block["headers"], *block["rows"]))
            return " ".join((block["text"], *block["items"], *rows))
    return ""


def enquiry_of(item: Item) -> Enquiry:
    """Return an item as the enquiry a citizen would make."""
    return Enquiry(
        question=item.question,
        history=tuple(Turn(turn.role, turn.content) for turn in item.turns[:-1]),
        locale=item.locale,
        nation=Nation(item.nation) if item.nation else None,
    )


class HttpTarget:
    """A running service, through `POST /v1/ask`."""

    ranking = "shown"
    policy = None

    def __init__(self, url: str, *, timeout_seconds: float) -> None:
        self.name = url.rstrip("/")
        self.index_version = ""
        self._timeout_seconds = timeout_seconds

    async def ask(self, item: Item) -> Record:
        """Return the record of one question: cited pages first, then the nearest ones."""
        body: dict[str, Any] = {
            "question": item.question,
            "history": [turn.model_dump() for turn in item.turns[:-1]],
        }
        body |= {"locale": item.locale} if item.locale else {}
        body |= {"nation": item.nation} if item.nation else {}
        try:
            async with httpx.AsyncClient(timeout=self._timeout_seconds) as client:
                reply = await client.post(f"{self.name}/v1/ask", json=body)
            if reply.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
                return Record(item=item, failure="refused as invalid (422)")
            reply.raise_for_status()
            return self._record(item, reply.json())
        except (httpx.HTTPError, json.JSONDecodeError, KeyError) as error:
            raise TargetError(target=self.name, reason=repr(error)) from error

    def _record(self, item: Item, answer: Mapping[str, Any]) -> Record:
        self.index_version = str(answer["index_version"])
        shown = [*answer["citations"], *answer["nearest_pages"]]
        return Record(
            item=item,
            status=answer["status"],
            completeness=answer["completeness"],
            text=answer["text"],
            lead=_lead(answer["blocks"]),
            mode=answer["mode"],
            citations=tuple(Cited(url=c["url"], quote=c["quote"]) for c in answer["citations"]),
            pages=tuple(dict.fromkeys(str(page["url"]) for page in shown)),
            units=tuple(str(page["quote"]) for page in shown),
            redactions=tuple(str(redaction["kind"]) for redaction in answer["redactions"]),
            notices=tuple(str(notice["kind"]) for notice in answer["notices"]),
            timings_ms=answer["timings_ms"],
        )

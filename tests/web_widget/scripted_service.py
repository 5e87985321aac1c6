"""The real application with scripted answers, behind a connection that can fail on demand."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.answer import (
    Answer,
    AnswerEvent,
    AnswerStatus,
    Block,
    BlockReady,
    Notice,
    Progress,
    Redaction,
)
from bot.enquiry import Enquiry
from tests.fakes import SOURCE, InMemoryConversations, an_answer
from tests.service import an_app

NINO_QUESTION = "My number is QQ123456C, how much is a passport?"
HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'

DEEP_SOURCE = replace(
    SOURCE,
    number=2,
    title="Renew your passport",
    heading_path=("Renew your passport", "Documents you need"),
    url="https://guidance.example.gov.uk/passports/renew",
    deep_link="https://guidance.example.gov.uk/passports/renew#:~:text=a%20photo",
    quote="You need a photo and your old passport.",
    nation="england+wales",
    passage_id="p2",
)
DEEP_FRAME = "From Renew your passport, Documents you need:"
RICH = an_answer(
    completeness="partial",
    text="The fee is £94.50. [1] You need: a photo; your old passport. [2]",
    blocks=(
        Block("paragraph", text="The fee is £94.50.", citations=(1,)),
        Block(
            "list",
            text="You need:",
            items=("a photo", "your old passport"),
            citations=(2,),
            frame=DEEP_FRAME,
        ),
        Block(
            "steps",
            text="To apply:",
            items=("Take a photo.", "Pay."),
            citations=(2,),
            frame=DEEP_FRAME,
        ),
        Block(
            "table",
            text="Fees",
            headers=("Who", "Online", "Paper"),
            rows=(("Adult", "£94.50", "£107.00"), ("Child", "£61.50", "£74.00")),
            citations=(1,),
        ),
    ),
    citations=(SOURCE, DEEP_SOURCE),
    nearest_pages=(replace(SOURCE, title="Lost passports", quote="", heading_path=()),),
    follow_ups=("How long does it take?", "Can I pay by card?"),
)
CRISIS = an_answer(
    status=AnswerStatus.REDIRECT_CRISIS,
    completeness="none",
    text="You can talk to someone now. Samaritans: call 116 123, day or night.",
    blocks=(
        Block("notice", text="You can talk to someone now."),
        Block("list", items=("Samaritans: call 116 123, day or night.", "999: call 999.")),
    ),
    citations=(),
    notices=(Notice("degraded", "The writing service is not available."),),
)
HEADING = "What the guidance says about your question:"
CRISIS_WITH_GUIDANCE = replace(
    CRISIS,
    completeness="complete",
    text=f"{CRISIS.text} {HEADING} The fee is £94.50. [1]",
    blocks=(
        *CRISIS.blocks,
        Block("notice", text=HEADING),
        Block("paragraph", text="The fee is £94.50.", citations=(1,), frame="From Passport fees:"),
    ),
    citations=(SOURCE,),
)
CLARIFICATION = an_answer(
    status=AnswerStatus.CLARIFICATION,
    completeness="none",
    text="Where do you live?",
    blocks=(Block("notice", text="Where do you live?"),),
    citations=(),
    follow_ups=("Prescriptions, in Wales?", "Prescriptions, in England?"),
)
WELSH = an_answer(
    language="cy",
    text="Y ffi yw £94.50. [1]",
    blocks=(Block("paragraph", text="Y ffi yw £94.50.", citations=(1,)),),
    notices=(Notice("language", "Dim ond yn Saesneg y mae'r canllawiau hyn ar gael."),),
)

LINES = (
    "Call 999 if someone is in danger now. If you cannot speak, press 55 when asked.",
    "Samaritans: call 116 123, day or night.",
    "Shout: text SHOUT to 85258, day or night.",
    "Forced Marriage Unit: call 020 7008 0151 (from abroad +44 20 7008 0151).",
)
AFTERWARDS = an_answer(
    notices=(Notice("help", f"If you are not safe, you can get help now: {' '.join(LINES)}"),)
)
IN_WELSH_TOO = an_answer(
    text="The fee is £94.50. Y ffi yw £94.50. [1]",
    blocks=(
        Block("paragraph", text="The fee is £94.50."),
        Block("paragraph", text="Y ffi yw £94.50.", citations=(1,), language="cy"),
    ),
)


def redacted(question: str) -> Answer:
    """What the service makes of a question with a National Insurance number."""
    start = question.index("QQ123456C")
    placeholder = "[National Insurance number removed]"
    return an_answer(
        question.replace("QQ123456C", placeholder),
        redactions=(Redaction("nino", start, start + 9, placeholder),),
        notices=(Notice("redacted", "We removed a National Insurance number. We went on."),),
    )


class Answers:
    """Answers by the words of the question; slow where a test needs to look in between."""

    def __init__(self) -> None:
        self.asked: list[Enquiry] = []
        self.seconds_between_events = 0.0
        self.by_word: dict[str, Answer] = {
            "everything": RICH,
            "unsafe and asking": CRISIS_WITH_GUIDANCE,
            "unsafe": CRISIS,
            "prescription": CLARIFICATION,
            "ffi": WELSH,
            "still unsure": AFTERWARDS,
            "both languages": IN_WELSH_TOO,
        }

    async def __call__(self, enquiry: Enquiry) -> AsyncIterator[AnswerEvent]:
        self.asked.append(enquiry)
        answer = replace(self._answer(enquiry.question), answer_id=f"answer-{len(self.asked)}")
        yield Progress("checking")
        yield Progress("searching")
        for block in answer.blocks:
            await asyncio.sleep(self.seconds_between_events)
            yield BlockReady(block, answer.citations)
        await asyncio.sleep(self.seconds_between_events)
        yield answer

    def _answer(self, question: str) -> Answer:
        if "explode" in question:
            message = "A scripted failure."
            raise RuntimeError(message)
        if "QQ123456C" in question:
            return redacted(question)
        for word, answer in self.by_word.items():
            if word in question.lower():
                return replace(answer, question=question)
        return an_answer(question)


@dataclass
class Fault:
    """Something that goes wrong with the next request to `path_ends`.

    Attributes:
        kind: `refuse` closes the connection without a word, `drop` closes it after some pieces of
            the reply, `linger` sends all of it and ends it a second later, `status` replies with a
            problem, `html` with a page of some proxy.
        after: Pieces that still get through before a drop.
    """

    method: str
    path_ends: str
    kind: Literal["refuse", "drop", "linger", "status", "html"]
    after: int = 0
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1


class UnreliableConnection:
    """Passes requests to the application unless a fault is waiting for them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str, dict[str, str]]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {key.decode(): value.decode() for key, value in scope["headers"]}
        self.requests.append((scope["method"], scope["path"], headers))
        fault = self._next(scope)
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.kind == "linger":
            await self._app(scope, receive, _late(send))
        elif fault.kind == "drop":
            await self._app(scope, receive, _cut(send, fault.after))
        elif fault.kind != "refuse":
            await _reply(send, fault)

    def _next(self, scope: Scope) -> Fault | None:
        for fault in self.faults:
            if fault.method == scope["method"] and scope["path"].endswith(fault.path_ends):
                fault.times -= 1
                if fault.times == 0:
                    self.faults.remove(fault)
                return fault
        return None


class _CutError(Exception):
    pass


def _late(send: Send) -> Send:
    """Hold the end of the body back for a second."""

    async def lingering(message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            await asyncio.sleep(1)
        await send(message)

    return lingering


def _cut(send: Send, after: int) -> Send:
    sent = 0

    async def cutting(message: Message) -> None:
        nonlocal sent
        if message["type"] == "http.response.body":
            sent += 1
            if sent > after:
                raise _CutError
        await send(message)

    return cutting


async def _reply(send: Send, fault: Fault) -> None:
    kind = b"text/html" if fault.kind == "html" else b"application/problem+json"
    status = 200 if fault.kind == "html" else fault.status
    headers = [(b"content-type", kind)]
    headers += [(key.encode(), value.encode()) for key, value in fault.headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"{}"})


@dataclass
class Scripted:
    """A running service and everything a test may turn or look at."""

    url: str
    answers: Answers
    conversations: InMemoryConversations
    connection: UnreliableConnection

    def paths(self, method: str) -> list[str]:
        """Paths requested so far with a method, oldest first."""
        return [path for used, path, _ in self.connection.requests if used == method]


class Running:
    """A web server on a free loopback port, in a thread."""

    def __init__(self, app: ASGIApp) -> None:
        config = uvicorn.Config(
            app, host="127.0.0.1", port=0, log_config=None, timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def start(self) -> str:
        """Return its address once it listens."""
        self._thread.start()
        for _ in range(2000):
            if self._server.started:
                break
            self._thread.join(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """End it and whatever still hangs on it."""
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(20)


def scripted(start: Callable[[ASGIApp], str], **settings: object) -> Scripted:
    """Start the application with scripted answers and the given settings."""
    answers, conversations = Answers(), InMemoryConversations()
    connection = UnreliableConnection(an_app(answers, conversations, **settings))  # type: ignore[arg-type]
    return Scripted(start(connection), answers, conversations, connection)

"""Answers on their way: kept apart from connections, so that a dropped one can resume.

The journey runs as a task of its own. A citizen who loses the connection half-way loses nothing:
the answer is finished and stored, and the events can be read again from the last one seen.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from bot.answer import Answer, AnswerEvent, BlockReady, Progress
from bot.answer_json import dump_answer

HEARTBEAT_SECONDS = 15.0
HEARTBEAT = b": still here\n\n"
MAX_KEPT = 1000
_BLOCK = TypeAdapter(BlockReady)
_PROGRESS = TypeAdapter(Progress)


@dataclass(slots=True)
class Stream:
    """The events of one message, as they come."""

    message_id: str
    frames: list[bytes] = field(default_factory=list)
    finished: bool = False
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def send(self, event: str, data: bytes, *, last: bool = False) -> None:
        """Add an event and wake everybody who waits for it."""
        async with self.changed:
            self.frames.append(frame(event, data, f"{self.message_id}:{len(self.frames) + 1}"))
            self.finished = last
            self.changed.notify_all()

    async def read(self, after: int) -> AsyncIterator[bytes]:
        """Yield the frames after a position until the stream ends, with heartbeats between."""
        position = after
        while True:
            async with self.changed:
                if position >= len(self.frames) and not self.finished:
                    try:
                        await asyncio.wait_for(self.changed.wait(), HEARTBEAT_SECONDS)
                    except TimeoutError:
                        yield HEARTBEAT
                        continue
                ready = self.frames[position:]
            for piece in ready:
                yield piece
            position += len(ready)
            if self.finished and position >= len(self.frames):
                return


class Streams:
    """The running and the last stream of each conversation, in this process."""

    def __init__(self) -> None:
        self._by_conversation: dict[str, Stream] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def of(self, conversation_id: str) -> Stream | None:
        """Return a conversation's last stream, if it is still kept."""
        return self._by_conversation.get(conversation_id)

    def open(self, conversation_id: str, message_id: str) -> Stream | None:
        """Return a new stream; None while another message of the conversation is answered."""
        running = self._by_conversation.get(conversation_id)
        if running is not None and not running.finished:
            return None
        stream = Stream(message_id)
        self._by_conversation.pop(conversation_id, None)
        self._by_conversation[conversation_id] = stream
        self._forget_oldest()
        return stream

    def forget(self, conversation_id: str) -> None:
        """Drop a conversation's events."""
        self._by_conversation.pop(conversation_id, None)

    def keep(self, task: asyncio.Task[None]) -> None:
        """Hold a task until it is done; asyncio itself keeps only weak references."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _forget_oldest(self) -> None:
        finished = [key for key, stream in self._by_conversation.items() if stream.finished]
        for key in finished[: max(0, len(self._by_conversation) - MAX_KEPT)]:
            del self._by_conversation[key]


def encoded(event: AnswerEvent) -> tuple[str, bytes] | None:
    """Return an event's name and JSON; None for events that are not for citizens."""
    match event:
        case Progress():
            return "progress", _PROGRESS.dump_json(event)
        case BlockReady():
            return "block", _BLOCK.dump_json(event)
        case Answer():
            return "answer", dump_answer(event)
        case _:
            return None


def frame(event: str, data: bytes, event_id: str) -> bytes:
    """Return one `text/event-stream` frame (WHATWG HTML, section 9.2); data is one line of JSON."""
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (event_id.encode(), event.encode(), data)


def position_of(last_event_id: str, stream: Stream) -> int:
    """Return how many frames of a stream a client has seen; 0 for another stream's id."""
    message_id, _, number = last_event_id.rpartition(":")
    if message_id != stream.message_id or not number.isdecimal():
        return 0
    return min(int(number), len(stream.frames))

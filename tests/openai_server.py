"""A chat model's HTTP server on loopback that streams scripted replies.

It speaks OpenAI's protocol, and on their own paths those of Anthropic and Ollama.
"""

import itertools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Script:
    """What the server says next, and what it was asked.

    Attributes:
        reply: What it says, when `replies` has no more; with `endless` again and again.
        replies: What it says first, one a request.
        status: HTTP status, when `statuses` has no more.
        statuses: HTTP statuses of the first requests.
        stall: Waited for before the first word.
        endless: Whether a reply never ends.
        echoes: Whether an error repeats what was asked, as those of some providers do.
        cut: Whether the connection closes before the end of a reply is marked.
        hung_up: Set when the client closed the connection before the end.
        requests: Bodies of the requests.
        keys: Their `Authorization` headers.
    """

    reply: str = ""
    replies: list[str] = field(default_factory=list)
    status: int = 200
    statuses: list[int] = field(default_factory=list)
    stall: threading.Event | None = None
    endless: bool = False
    echoes: bool = False
    cut: bool = False
    hung_up: threading.Event = field(default_factory=threading.Event)
    requests: list[dict[str, object]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def _openai(text: str, finish: str | None = None) -> str:
    chunk = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [
            {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}
        ],
    }
    return f"data: {json.dumps(chunk)}\n\n"


def _anthropic(kind: str, **fields: object) -> str:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n"


def _ollama(text: str, *, done: bool = False) -> str:
    message = {"role": "assistant", "content": text}
    return json.dumps({"model": "scripted", "message": message, "done": done}) + "\n"


_MESSAGE = {
    "id": "m1",
    "type": "message",
    "role": "assistant",
    "model": "scripted",
    "content": [],
    "usage": {"input_tokens": 1, "output_tokens": 1},
}
_PROTOCOLS: dict[str, tuple[str, Callable[[str], str], str]] = {
    "/v1/chat/completions": ("", _openai, _openai("", "stop") + "data: [DONE]\n\n"),
    "/v1/messages": (
        _anthropic("message_start", message=_MESSAGE)
        + _anthropic("content_block_start", index=0, content_block={"type": "text", "text": ""}),
        lambda text: _anthropic(
            "content_block_delta", index=0, delta={"type": "text_delta", "text": text}
        ),
        _anthropic("content_block_stop", index=0)
        + _anthropic("message_delta", delta={"stop_reason": "end_turn"}, usage={"output_tokens": 1})
        + _anthropic("message_stop"),
    ),
    "/api/chat": ("", _ollama, _ollama("", done=True)),
}


class _Handler(BaseHTTPRequestHandler):
    script: Script

    def do_POST(self) -> None:
        script = self.script
        body = self.rfile.read(int(self.headers["Content-Length"]))
        script.requests.append(json.loads(body))
        script.keys.append(self.headers.get("Authorization", ""))
        status = script.statuses.pop(0) if script.statuses else script.status
        if status != 200:
            message = json.dumps(script.requests[-1]) if script.echoes else "no"
            error = json.dumps({"error": {"message": message}})
            self._send(status, "application/json", error.encode())
            return
        self.send_response(200)
        kind = "application/x-ndjson" if self.path == "/api/chat" else "text/event-stream"
        self.send_header("Content-Type", kind)
        self.end_headers()
        if script.stall is not None:
            script.stall.wait(20)
        try:
            self._speak(script.replies.pop(0) if script.replies else script.reply)
        except (BrokenPipeError, ConnectionResetError):
            script.hung_up.set()

    def _speak(self, reply: str) -> None:
        opening, say, closing = _PROTOCOLS[self.path]
        pieces = reply.split(" ")
        self.wfile.write(opening.encode())
        for piece in itertools.cycle(pieces) if self.script.endless else pieces:
            self.wfile.write(say(piece + " ").encode())
        if not self.script.cut:
            self.wfile.write(closing.encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def openai_server(script: Script) -> Iterator[str]:
    """Yield the base address of a running server."""
    handler = type("Handler", (_Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)

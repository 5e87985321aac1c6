"""A service on a loopback port: the real application in a thread, with scripted answers."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from fastapi import FastAPI

from bot.api.app import create_app
from bot.api.door import Parts
from bot.api.readiness import Readiness
from bot.service_settings import ServiceSettings
from tests.fakes import InMemoryConversations, ScriptedAnswerer


@dataclass
class RunningService:
    url: str
    answerer: ScriptedAnswerer
    conversations: InMemoryConversations


def an_app(
    answerer: ScriptedAnswerer, conversations: InMemoryConversations, **settings: object
) -> FastAPI:
    values = {"rate_limits": "off", **settings}
    parts = Parts(
        answer=answerer,
        conversations=conversations,
        readiness=lambda: Readiness(ready=True, checks={"services": "ok"}, index_version="v1"),
        redact=lambda text: text.replace("QQ123456C", "[removed]"),
        take_event=lambda event: None,
    )
    return create_app(parts, ServiceSettings(**values))  # type: ignore[arg-type]


@pytest.fixture
def start_service() -> Iterator[Callable[[ScriptedAnswerer], RunningService]]:
    """Returns a function that starts the application on a free port."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(answerer: ScriptedAnswerer) -> RunningService:
        conversations = InMemoryConversations()
        config = uvicorn.Config(
            an_app(answerer, conversations), host="127.0.0.1", port=0, log_config=None
        )
        server = uvicorn.Server(config)
        started = threading.Event()
        thread = threading.Thread(target=_serve, args=(server, started), daemon=True)
        thread.start()
        assert started.wait(20)
        port = server.servers[0].sockets[0].getsockname()[1]
        running.append((server, thread))
        return RunningService(f"http://127.0.0.1:{port}", answerer, conversations)

    yield start
    for server, thread in running:
        server.should_exit = True
        server.force_exit = True
        thread.join(20)


def _serve(server: uvicorn.Server, started: threading.Event) -> None:
    startup = server.startup

    async def tell(sockets: object = None) -> None:
        await startup(sockets)  # type: ignore[arg-type]
        started.set()

    server.startup = tell  # type: ignore[method-assign,assignment]
    server.run()

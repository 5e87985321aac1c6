"""Assemble the web application."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from bot.api import chat, content, dialogue, health, pages, problems, questions
from bot.api.door import Door, Parts
from bot.api.limits import RateLimiter
from bot.api.middleware import BodyLimit, Counting, SecurityHeaders
from bot.api.problems import Problem
from bot.api.streams import Streams
from bot.service_settings import ServiceSettings

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(
    parts: Parts, settings: ServiceSettings, *, lifespan: Lifespan | None = None
) -> FastAPI:
    """Build the application around already-built parts.

    Args:
        parts: What answers, stores and says how things are.
        settings: Limits and addresses.
        lifespan: What to do at start and stop.
    """
    app = FastAPI(
        title="Enquiry bot",
        version=version("citizen-enquiry-bot"),
        description="Answers citizens' questions by quoting published guidance.",
        lifespan=lifespan or _nothing,
        docs_url=None,
        redoc_url=None,
    )
    app.state.door = Door(
        answer=parts.answer,
        conversations=parts.conversations,
        readiness=parts.readiness,
        redact=parts.redact,
        take_event=parts.take_event,
        settings=settings,
        metrics=parts.metrics,
        limiter=RateLimiter(settings),
        streams=Streams(),
    )
    problems.install(app)
    for room in (questions, dialogue, content, health, pages, chat):
        app.include_router(room.router)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders, ancestors=" ".join(settings.origins).replace("*", "https:"))
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"],
        expose_headers=["Retry-After"],
    )
    app.add_middleware(Counting, metrics=parts.metrics)
    _document_problems(app)
    return app


@asynccontextmanager
async def _nothing(_: FastAPI) -> AsyncIterator[None]:
    yield


def _document_problems(app: FastAPI) -> None:
    """Add the Problem schema, which no endpoint returns in its signature, to the document."""
    generate = app.openapi

    def with_problem() -> dict[str, object]:
        document = generate()
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        return document

    app.openapi = with_problem  # type: ignore[method-assign]  # the way FastAPI documents

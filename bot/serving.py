"""The running service: the web application, and the parts that load while it already listens."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from bot.answer import AnswerEvent
from bot.api.app import create_app
from bot.api.readiness import Readiness
from bot.enquiry import Enquiry
from bot.errors import NotReadyError
from bot.migrations import migrate
from bot.pipeline import Services, answer_question
from bot.service_settings import ServiceSettings
from bot.settings import BotSettings
from bot.sql_conversations import SqlConversationStore, build_engine
from bot.wiring import build_services
from guardrails import check_question

logger = logging.getLogger(__name__)
PURGE_SECONDS = 600
Builder = Callable[[], Services]


class LoadingServices:
    """Services that load in a thread, so that `/livez` answers from the first moment."""

    def __init__(self, build: Builder) -> None:
        self._build = build
        self._services: Services | None = None
        self._failure = ""

    def start(self) -> None:
        """Begin to load."""
        threading.Thread(target=self._load, name="loading", daemon=True).start()

    def get(self) -> Services:
        """Return the services.

        Raises:
            NotReadyError: They are still loading, or could not be loaded.
        """
        if self._services is None:
            raise NotReadyError(self._failure or "the models are loading")
        return self._services

    def readiness(self) -> Readiness:
        """Return what `/readyz` says of the parts that load."""
        if self._services is None:
            return Readiness(ready=False, checks={"services": self._failure or "loading"})
        degraded = () if self._services.model else ("extractive_only",)
        return Readiness(
            ready=True,
            checks={"services": "ok"},
            degraded=degraded,
            index_version=self._services.index.manifest.version,
        )

    def _load(self) -> None:
        try:
            self._services = self._build()
            logger.info("services.loaded")
        # The operator reads the reason in /readyz; citizens get 503 until it is put right.
        except Exception as error:
            self._failure = str(error)
            logger.exception("services.failed")


def build_app(
    settings: ServiceSettings, bot_settings: BotSettings, index: Path | None = None
) -> FastAPI:
    """Return the application; models load once it has started.

    Raises:
        DatabaseError: The database cannot be used.
    """
    engine = build_engine(settings.sqlalchemy_url)
    migrate(engine)
    store = SqlConversationStore(engine)
    services = LoadingServices(lambda: build_services(bot_settings, index))

    async def answer(enquiry: Enquiry) -> AsyncIterator[AnswerEvent]:
        async for event in answer_question(enquiry, services.get()):
            yield event

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        services.start()
        purging = asyncio.create_task(_purge_for_ever(store, app))
        yield
        purging.cancel()
        store.close()

    return create_app(
        answer=answer,
        conversations=store,
        readiness=services.readiness,
        redact=lambda text: check_question(text, services.get().policy).redacted_text,
        settings=settings,
        lifespan=lifespan,
    )


def app_from_environment() -> FastAPI:
    """Return the application configured by the environment, for several worker processes."""
    return build_app(ServiceSettings(), BotSettings())


async def _purge_for_ever(store: SqlConversationStore, app: FastAPI) -> None:
    """Delete expired conversations every ten minutes."""
    while True:
        try:
            await asyncio.to_thread(store.purge, app.state.door.now())
        # A database that is away for a moment must not end the purge for good.
        except Exception as error:  # noqa: BLE001
            logger.warning("purge.failed", extra={"error": type(error).__name__})
        await asyncio.sleep(PURGE_SECONDS)

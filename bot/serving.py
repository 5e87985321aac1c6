"""The running service: the web application, and the parts that load while it already listens."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI

from bot.answer import AnswerEvent
from bot.api.app import create_app
from bot.api.door import Parts
from bot.enquiry import Enquiry
from bot.live import LiveServices
from bot.logs import configure_logging, log_verdict
from bot.metrics import Metrics
from bot.migrations import migrate
from bot.pipeline import answer_question
from bot.service_settings import ServiceSettings
from bot.settings import BotSettings
from bot.sql_conversations import SqlConversationStore, build_engine
from bot.wiring import PublishedServices
from guardrails import Verdict, check_question
from guardrails.wiring import build_scrubber
from ingestion.settings import IndexSettings
from ingestion.wiring import event_log

logger = logging.getLogger(__name__)
PURGE_SECONDS = 600


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
    live = LiveServices(PublishedServices(bot_settings, index))
    metrics = Metrics()

    def record(verdict: Verdict) -> None:
        log_verdict(verdict)
        metrics.count_verdict(verdict)

    async def answer(enquiry: Enquiry) -> AsyncIterator[AnswerEvent]:
        with live.lease() as services:
            async for event in answer_question(enquiry, replace(services, record=record)):
                yield event

    def redact(text: str) -> str:
        with live.lease() as services:
            return check_question(text, services.policy).redacted_text

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        live.start()
        purging = asyncio.create_task(_purge_for_ever(store, app))
        yield
        purging.cancel()
        live.stop()
        store.close()

    parts = Parts(
        answer=answer,
        conversations=store,
        readiness=live.readiness,
        redact=redact,
        take_event=event_log(IndexSettings(), index).append,
        metrics=metrics,
    )
    return create_app(parts, settings, lifespan=lifespan)


def app_from_environment() -> FastAPI:
    """Return the application configured by the environment, for several worker processes.

    Each process logs as the first one does.
    """
    configure_logging(build_scrubber())
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

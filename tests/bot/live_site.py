"""The publication of a made-up site, and waiting for what its services tell in the log."""

import logging
import threading
from datetime import UTC, datetime

from bot.retrieval.calibration import default_calibration
from bot.services import Services
from bot.wiring import PublishedServices
from guardrails import QuestionPolicy
from ingestion.passage_index import PassageIndex
from ingestion.wiring import open_served
from tests.fakes import WordHashEmbedder
from tests.ingestion.guidance_site import SETTINGS, Site


class SitePublication(PublishedServices):
    """The real publication, with an embedder that needs no model."""

    def __init__(self, site: Site, policy: QuestionPolicy) -> None:
        self._index_settings = SETTINGS
        self._directory = site.store.directory
        self._policy = policy

    def load(self) -> tuple[Services, str]:
        index, problem = open_served(SETTINGS, directory=self._directory)
        return self._on(index), problem

    def _on(self, index: PassageIndex) -> Services:
        return Services(
            index=index,
            embedder=WordHashEmbedder(),
            policy=self._policy,
            calibration=default_calibration(),
            model=None,
            today=lambda: datetime(2026, 11, 1, tzinfo=UTC).date(),
            new_id=lambda: "id",
        )


HAPPENED = threading.Condition()


class LiveListener(logging.Handler):
    """Tells those who wait of every event that the services write to the log."""

    def emit(self, record: logging.LogRecord) -> None:
        with HAPPENED:
            HAPPENED.notify_all()


def until(what: object, seconds: float = 20) -> None:
    """Wait until a condition holds; the deadline only ends a test that has failed already."""
    heard = any(isinstance(h, LiveListener) for h in logging.getLogger("bot.live").handlers)
    assert heard, "nobody tells when to look again: use the fixture `listening`"
    with HAPPENED:
        assert HAPPENED.wait_for(what, seconds), "it never happened"  # type: ignore[arg-type]

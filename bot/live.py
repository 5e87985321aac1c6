"""Services that load while the process listens, and follow the published index version."""

import gc
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from bot.api.readiness import Readiness
from bot.errors import NotReadyError
from bot.language_models.model_usage import ModelUsage
from bot.retrieval.calibration import stored_calibration
from bot.services import Services
from ingestion.errors import IngestionError
from ingestion.manifest import Manifest
from ingestion.passage_index import PassageIndex

logger = logging.getLogger(__name__)
POLL_SECONDS = 0.5
# A model that failed last time or that nobody reached is asked again; nobody should rely on it.
_MODES = MappingProxyType(
    {
        "ok": (),
        "failing": ("language_model_failing",),
        "unreachable": ("language_model_unreachable",),
    }
)


class Publication(Protocol):
    """Where index versions are published."""

    def published(self) -> str:
        """Return the name of the published version; empty when there is none."""
        ...

    def load(self) -> tuple[Services, str]:
        """Load everything, and open the published version or the last good one before it.

        Returns:
            The services, and what is wrong with the published version; empty when it is served.
        """
        ...

    def switched(self, services: Services, version: str) -> Services:
        """Return the same services on another version, warm.

        Raises:
            IngestionError: It cannot be opened.
        """
        ...


@dataclass(slots=True)
class _Serving:
    """Services in use, and by how many answers."""

    services: Services
    users: int = 0
    retired: bool = False
    lacks: str = field(init=False)

    def __post_init__(self) -> None:
        # Read once: a large index has many pages, and /readyz is asked every few seconds.
        self.lacks = _lacks_of(self.services.index)

    @property
    def version(self) -> str:
        return self.services.index.manifest.version


class LiveServices:
    """What answers are made with: always one complete version, the newest that can be opened.

    A new version is opened beside the old one. Answers that have begun end on the version they
    began with; it is closed when the last of them is done.
    """

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._lock = threading.Lock()
        self._serving: _Serving | None = None
        self._failure = ""
        self._problem = ""
        self._refused = ""
        self._stopping = threading.Event()

    def start(self) -> None:
        """Begin to load, then to follow the published version, in a thread of its own."""
        threading.Thread(target=self._run, name="publication", daemon=True).start()

    def stop(self) -> None:
        """Stop following."""
        self._stopping.set()
        if self._serving and self._serving.services.watch:
            self._serving.services.watch.stop()

    @contextmanager
    def lease(self) -> Iterator[Services]:
        """Yield the services for one answer; their version stays open until the block ends.

        Raises:
            NotReadyError: They are still loading, or could not be loaded.
        """
        with self._lock:
            serving = self._serving
            if serving is None:
                raise NotReadyError(self._failure or "the models are loading")
            serving.users += 1
        try:
            yield serving.services
        finally:
            with self._lock:
                serving.users -= 1
            self._close_if_done(serving)

    def readiness(self) -> Readiness:
        """Return what `/readyz` says of the parts that load."""
        serving = self._serving
        if serving is None:
            return Readiness(ready=False, checks={"services": self._failure or "loading"})
        model = serving.services.model
        condition = model.condition if model else "none"
        degraded = _MODES.get(condition, ("extractive_only",))
        if self._problem:
            degraded = (*degraded, "earlier_index_version")
        calibration = _calibration_condition(serving.services.index.manifest)
        if calibration != "ok":
            degraded = (*degraded, "shipped_calibration")
        if serving.lacks:
            degraded = (*degraded, serving.lacks)
        return Readiness(
            ready=True,
            checks={
                "services": "ok",
                "index": self._problem or "ok",
                "calibration": calibration,
                "language_model": condition,
            },
            degraded=degraded,
            index_version=serving.version,
            model_usage=model.usage if model else ModelUsage(),
        )

    def follow(self) -> None:
        """Switch to the published version when it is another one than is served."""
        serving = self._serving
        version = self._publication.published()
        if serving is None or version in ("", self._refused):
            return
        if version == serving.version:
            self._problem = self._refused = ""
            return
        try:
            switched = self._publication.switched(serving.services, version)
        except IngestionError as error:
            self._refused, self._problem = version, str(error)
            logger.warning("index.refused", extra={"index_version": version})
            return
        with self._lock:
            self._serving, serving.retired = _Serving(switched), True
        self._problem = self._refused = ""
        self._close_if_done(serving)
        _settle_memory()
        logger.info("index.switched", extra={"index_version": version})

    def _run(self) -> None:
        services = self._loaded()
        if services is None:
            return
        if self._problem:
            self._refused = self._publication.published()
        _settle_memory()
        self._serving = _Serving(services)
        logger.info("services.loaded")
        if services.watch and not self._stopping.is_set():
            services.watch.start()
        while not self._stopping.wait(POLL_SECONDS):
            try:
                self.follow()
            # A disk that is away for a moment must not end the watch for good.
            except Exception as error:  # noqa: BLE001
                logger.warning("publication.failed", extra={"error": type(error).__name__})

    def _loaded(self) -> Services | None:
        """Return the services, as soon as there is a version they load on; None when stopped."""
        tried: str | None = None
        while not self._stopping.is_set():
            try:
                published = self._publication.published()
                if published != tried:
                    tried = published
                    services, self._problem = self._publication.load()
                    return services
            # The operator reads the reason in /readyz; citizens get 503 until it is put right, by
            # a version that is published or by another start.
            except Exception as error:
                self._failure = str(error)
                logger.exception("services.failed")
            self._stopping.wait(POLL_SECONDS)
        return None

    def _close_if_done(self, serving: _Serving) -> None:
        with self._lock:
            done = serving.retired and serving.users == 0
        if done:
            serving.services.index.close()


def _lacks_of(index: PassageIndex) -> str:
    """Return the mode an index puts the service in: without pages, or without Welsh ones."""
    if not index.pages:
        return "empty_index"
    return "" if any(page.locale == "cy" for page in index.pages) else "no_welsh"


def _calibration_condition(manifest: Manifest) -> str:
    if not manifest.calibration or stored_calibration(manifest.calibration):
        return "ok"
    return (
        "The weights stored with this index version are for another release: the shipped ones are "
        "used. Build the index again, with weights fitted for this release if it had its own."
    )


def _settle_memory() -> None:
    """Keep what has been loaded for good out of the garbage collector's way.

    Otherwise a full collection walks all of torch and the index and holds every answer for 250 ms
    (measured by `make bench-guardrails`, 2026-11).
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()

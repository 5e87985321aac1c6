"""Build the bot's services. Heavy libraries are imported here, on first use."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from threadpoolctl import threadpool_limits

from bot.contact_route import contact_route
from bot.language_models.limited_model import LimitedModel, ModelLimits
from bot.language_models.reachability import ModelWatch, is_reachable
from bot.language_models.retrying_model import Patience, RetryingModel
from bot.retrieval.calibration import Calibration, default_calibration, stored_calibration
from bot.retrieval.reranking import PairReader
from bot.retrieval.vocabulary import load_vocabulary
from bot.services import Services
from bot.settings import BotSettings
from bot.shared_vectors import SharedVectors
from bot.understanding.languages import other_language
from guardrails.settings import GuardrailSettings
from guardrails.wiring import build_question_policy
from ingestion.manifest import Manifest
from ingestion.passage_index import PassageIndex
from ingestion.settings import IndexSettings
from ingestion.wiring import load_embedder, open_index, open_served, version_store


def build_services(
    settings: BotSettings | None = None,
    index_directory: Path | None = None,
    *,
    today: Callable[[], date] | None = None,
) -> Services:
    """Load the published index, the models and the rules; takes several seconds.

    Args:
        settings: How to answer; read from the environment when not given.
        index_directory: Folder of index versions; the configured one when not given.
        today: The date answers must be right for; the current UTC date when not given.

    Raises:
        IngestionError: There is no index, it is damaged, or another model built it.
        ChatModelConfigurationError: The configured chat model cannot be built.
        CrossEncoderConfigurationError: The configured cross-encoder cannot be loaded.
        EverydayWordsError: The configured file of everyday words cannot be used.
    """
    index = open_index(IndexSettings(), directory=index_directory)
    return _services(settings or BotSettings(), index, today or _today)


class PublishedServices:
    """Services on whichever version is published; see `bot.live.Publication`."""

    def __init__(self, settings: BotSettings, index_directory: Path | None = None) -> None:
        self._settings = settings
        self._index_settings = IndexSettings()
        self._directory = index_directory

    def published(self) -> str:
        """Return the name of the published version; empty when there is none."""
        return version_store(self._index_settings, self._directory).published() or ""

    def load(self) -> tuple[Services, str]:
        """Load everything on the published version, or on the last good one before it.

        Raises:
            IngestionError: No version that was ever published can be opened.
            ChatModelConfigurationError: The configured chat model cannot be built.
            CrossEncoderConfigurationError: The configured cross-encoder cannot be loaded.
        """
        index, problem = open_served(self._index_settings, directory=self._directory)
        return _services(self._settings, index, _today), problem

    def switched(self, services: Services, version: str) -> Services:
        """Return the same services on another version, warm.

        Raises:
            IngestionError: It cannot be opened.
        """
        index = open_index(self._index_settings, directory=self._directory, version=version)
        # The first search reads the files of the graph; no citizen should wait for that.
        index.nearest_passages(index.passage_vectors[:1], 1)
        return replace(services, index=index, calibration=calibration_of(index.manifest))


def _services(settings: BotSettings, index: PassageIndex, today: Callable[[], date]) -> Services:
    # A question's products are too small to share: with two threads the second waits, busily,
    # for half of the processor time of a search (measured: 10.7 ms to 5.6 ms, same wall clock).
    threadpool_limits(limits=1, user_api="blas")
    index_settings = IndexSettings()
    with ThreadPoolExecutor(max_workers=3) as loading:
        embedder = loading.submit(_warm_embedder, index_settings)
        # Both take seconds to import; the rules only wait for the model in their self-test.
        policy = loading.submit(
            build_question_policy,
            GuardrailSettings(),
            embed=lambda texts: embedder.result().embed_and_keep(texts),
        )
        model = build_model(settings)
        watch = build_watch(settings, model)
        if watch is not None:
            # While the others load, so that `/readyz` is right from its first word.
            loading.submit(watch.look)
        # Reads the letters of all languages; no citizen should wait for that.
        other_language("How do I renew my passport?")
        return Services(
            index=index,
            embedder=embedder.result(),
            policy=policy.result(),
            calibration=calibration_of(index.manifest),
            model=model,
            watch=watch,
            today=today,
            new_id=lambda: secrets.token_urlsafe(16),
            contact=contact_route(settings),
            pair_reader=build_pair_reader(settings, offline=index_settings.offline),
            vocabulary=load_vocabulary(settings.everyday_words),
        )


def calibration_of(manifest: Manifest) -> Calibration:
    """Return the calibration stored with an index version, or the shipped one.

    A version may be older than the signals of this release; `/readyz` tells then that its own
    calibration is not used.
    """
    return stored_calibration(manifest.calibration) or default_calibration()


def _warm_embedder(settings: IndexSettings) -> SharedVectors:
    embedder = SharedVectors(load_embedder(settings))
    embedder.embed_queries(["How do I renew my passport?"])
    return embedder


def build_model(settings: BotSettings) -> LimitedModel | None:
    """Return the configured chat model, or None for extractive answers.

    Raises:
        ChatModelConfigurationError: It cannot be built.
    """
    if not settings.chat_model:
        return None
    from bot.language_models.langchain_model import build_langchain_model

    model = build_langchain_model(
        settings.chat_model,
        base_url=settings.chat_base_url,
        timeout_seconds=settings.chat_timeout_seconds,
        api_key=settings.chat_api_key.get_secret_value(),
    )
    patient = RetryingModel(model, Patience(settings.chat_retries))
    limits = ModelLimits(
        failures=settings.chat_failures,
        rest_seconds=settings.chat_rest_seconds,
        tokens_a_day=settings.chat_tokens_a_day,
        price_sent=settings.chat_price_sent,
        price_received=settings.chat_price_received,
        cost_a_day=settings.chat_cost_a_day,
    )
    return LimitedModel(
        patient,
        limits,
        lambda: datetime.now(tz=UTC),
        reaches=lambda: not model.url or is_reachable(model.url),
    )


def build_watch(settings: BotSettings, model: LimitedModel | None) -> ModelWatch | None:
    """Return what looks for the chat model; None without one, or when it is switched off."""
    if model is None or not settings.chat_check_seconds:
        return None
    return ModelWatch(model, settings.chat_check_seconds)


def build_pair_reader(settings: BotSettings, *, offline: bool) -> PairReader | None:
    """Return the configured cross-encoder, or None.

    Args:
        settings: Name or folder.
        offline: Whether a model hub may not be asked.

    Raises:
        CrossEncoderConfigurationError: It cannot be loaded.
    """
    if not settings.cross_encoder:
        return None
    from bot.language_models.cross_encoder import CrossEncoderReader

    return CrossEncoderReader(settings.cross_encoder, offline=offline)


def _today() -> date:
    return datetime.now(tz=UTC).date()

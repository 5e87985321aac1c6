"""A language model that is asked again when it was only busy or away for a moment.

Only before its first word, never after it was too slow, and with pauses that grow and differ, so
that many enquiries do not come back at once ("Exponential Backoff And Jitter", AWS Architecture
Blog, 2015).
"""

import asyncio
import random
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

from bot.language_models.language_model import LanguageModel, LanguageModelError
from bot.language_models.model_usage import ModelCondition, ModelUsage

PASSING = frozenset(("busy", "unavailable"))


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to wait.

    Attributes:
        retries: Most times a reply is asked for again; 0 for never.
        first_seconds: Longest first pause; each further one may be twice as long.
        most_seconds: Longest pause; a provider that asks for more is not asked again.
    """

    retries: int = 1
    first_seconds: float = 0.5
    most_seconds: float = 4.0


class RetryingModel:
    """A LanguageModel that is patient; safe to share between threads."""

    def __init__(
        self,
        model: LanguageModel,
        patience: Patience,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._model = model
        self._patience = patience
        self._pause = pause
        self._chance = chance
        self._lock = threading.Lock()
        self._retries = 0
        self.name = model.name

    @property
    def condition(self) -> ModelCondition:
        """As of the model."""
        return self._model.condition

    @property
    def usage(self) -> ModelUsage:
        """As of the model, and how often it was asked again."""
        return replace(self._model.usage, retries=self._retries)

    async def stream(self, *, instructions: str, content: str) -> AsyncGenerator[str, None]:
        """Yield the reply in pieces; see `LanguageModel.stream`.

        Raises:
            LanguageModelError: The last of the replies failed.
        """
        for attempt in range(self._patience.retries + 1):
            begun = False
            try:
                async with aclosing(
                    self._model.stream(instructions=instructions, content=content)
                ) as pieces:
                    async for piece in pieces:
                        begun = True
                        yield piece
            except LanguageModelError as error:
                wait = self._wait(error, attempt)
                if begun or wait is None:
                    raise
            else:
                return
            with self._lock:
                self._retries += 1
            await self._pause(wait)

    def _wait(self, error: LanguageModelError, attempt: int) -> float | None:
        """Return the seconds to wait before the next try; None when there is none."""
        patience = self._patience
        last = attempt == patience.retries
        if last or error.kind not in PASSING or error.retry_after > patience.most_seconds:
            return None
        longest = min(patience.first_seconds * 2.0**attempt, patience.most_seconds)
        pause: float = longest * (0.5 + self._chance() / 2)
        return max(error.retry_after, pause)

"""A language model that is left alone while it fails, and when the day's tokens are spent.

A provider that is down would make every citizen wait for its time-out before the extractive
answer comes. After a few failures in a row the model rests; then one enquiry tries it, and the
others follow when that one succeeds (Nygard, "Release It!", 2018, circuit breaker).
"""

import math
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.language_model import LanguageModel, LanguageModelError, ModelCondition

# English text has about four characters a token (OpenAI, "What are tokens"); providers that
# count for themselves differ by a tenth or two, which a budget can bear.
CHARACTERS_A_TOKEN = 4


@dataclass(frozen=True, slots=True)
class ModelLimits:
    """When to leave a model alone.

    Attributes:
        failures: Failures in a row after which it rests, at least 1.
        rest_seconds: How long it rests before one enquiry tries it.
        tokens_a_day: Estimated tokens sent and received by this process in a UTC day; 0 for any
            number.
    """

    failures: int = 3
    rest_seconds: float = 60.0
    tokens_a_day: int = 0


class LimitedModel:
    """A LanguageModel within limits; safe to share between threads."""

    def __init__(
        self, model: LanguageModel, limits: ModelLimits, now: Callable[[], datetime]
    ) -> None:
        self._model = model
        self._limits = limits
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until: datetime | None = None
        self._day = now().date()
        self._tokens = 0
        self.name = model.name

    @property
    def condition(self) -> ModelCondition:
        """Whether it would be asked now, and if not, why."""
        with self._lock:
            return self._condition()

    @property
    def tokens_today(self) -> int:
        """Estimated tokens of this UTC day, in this process."""
        with self._lock:
            self._turn_day()
            return self._tokens

    async def stream(self, *, instructions: str, content: str) -> AsyncGenerator[str, None]:
        """Yield the reply in pieces; see `LanguageModel.stream`.

        Raises:
            LanguageModelError: The model rests, the budget is spent, or the reply failed.
        """
        self._admit()
        characters = len(instructions) + len(content)
        try:
            async with aclosing(
                self._model.stream(instructions=instructions, content=content)
            ) as pieces:
                async for piece in pieces:
                    characters += len(piece)
                    yield piece
        except LanguageModelError:
            self._note_failure()
            raise
        else:
            self._note_success()
        finally:
            # Also of a reply that nobody waited for: the provider counts it.
            self._spend(characters)

    def _admit(self) -> None:
        with self._lock:
            if (condition := self._condition()) != "ok":
                raise LanguageModelError(condition)
            if self._rests_until is not None:
                # This enquiry tries; the others go on without the model until it succeeds.
                self._rests_until = self._now() + self._rest

    def _condition(self) -> ModelCondition:
        self._turn_day()
        if self._limits.tokens_a_day and self._tokens >= self._limits.tokens_a_day:
            return "budget_spent"
        resting = self._rests_until is not None and self._now() < self._rests_until
        return "resting" if resting else "ok"

    def _note_failure(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= self._limits.failures:
                self._rests_until = self._now() + self._rest

    def _note_success(self) -> None:
        with self._lock:
            self._failures, self._rests_until = 0, None

    def _spend(self, characters: int) -> None:
        with self._lock:
            self._turn_day()
            self._tokens += math.ceil(characters / CHARACTERS_A_TOKEN)

    def _turn_day(self) -> None:
        if self._now().date() != self._day:
            self._day, self._tokens = self._now().date(), 0

    @property
    def _rest(self) -> timedelta:
        return timedelta(seconds=self._limits.rest_seconds)

"""A language model that is left alone while it fails, and when the day's budget is spent.

A provider that is down would make every citizen wait for its time-out before the extractive
answer comes. After a few failures in a row the model rests; then one enquiry tries it, and the
others follow when that one succeeds (Nygard, "Release It!", 2018, circuit breaker).
"""

import math
import threading
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.language_models.language_model import LanguageModel, LanguageModelError
from bot.language_models.model_usage import FailureKind, ModelCondition, ModelUsage

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
        price_sent, price_received: Price of a thousand tokens, in any one currency.
        cost_a_day: What they may cost this process in a UTC day; 0 for any sum.
    """

    failures: int = 3
    rest_seconds: float = 60.0
    tokens_a_day: int = 0
    price_sent: float = 0.0
    price_received: float = 0.0
    cost_a_day: float = 0.0


class LimitedModel:
    """A LanguageModel within limits; safe to share between threads."""

    def __init__(
        self,
        model: LanguageModel,
        limits: ModelLimits,
        now: Callable[[], datetime],
        *,
        reaches: Callable[[], bool] = lambda: True,
    ) -> None:
        self._model = model
        self._reaches = reaches
        self._is_unreachable = False
        self._asked_at: datetime | None = None
        self._limits = limits
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until: datetime | None = None
        self._day = now().date()
        self._tokens, self._cost = 0, 0.0
        self._counts: Counter[str] = Counter()
        self._failed: Counter[FailureKind] = Counter()
        self.name = model.name

    @property
    def condition(self) -> ModelCondition:
        """Whether it would be asked now, and if not, why."""
        with self._lock:
            return self._condition()

    @property
    def usage(self) -> ModelUsage:
        """What it was asked so far, in this process."""
        with self._lock:
            self._turn_day()
            return replace(
                self._model.usage,
                calls=self._counts["calls"],
                failures=MappingProxyType(dict(self._failed)),
                rests=self._counts["rests"],
                turned_away=self._counts["turned_away"],
                tokens_today=self._tokens,
                cost_today=round(self._cost, 6),
            )

    def look(self, *, idle_seconds: float) -> None:
        """Find out whether anybody listens at the model's address, unless an enquiry just did.

        It is asked all the same, and a reply outweighs what was found out here: a firewall may
        forbid one and not the other.

        Args:
            idle_seconds: A model that was asked within this time is not looked for.
        """
        with self._lock:
            asked_at = self._asked_at
        if asked_at and self._now() - asked_at < timedelta(seconds=idle_seconds):
            return
        reached = self._reaches()
        with self._lock:
            if self._asked_at == asked_at:
                self._is_unreachable = not reached

    async def stream(self, *, instructions: str, content: str) -> AsyncGenerator[str, None]:
        """Yield the reply in pieces; see `LanguageModel.stream`.

        Raises:
            LanguageModelError: The model rests, the budget is spent, or the reply failed.
        """
        self._admit()
        sent, received = len(instructions) + len(content), 0
        try:
            async with aclosing(
                self._model.stream(instructions=instructions, content=content)
            ) as pieces:
                async for piece in pieces:
                    received += len(piece)
                    yield piece
        except LanguageModelError as error:
            self._note_failure(error.kind)
            raise
        else:
            self._note_success()
        finally:
            # Also of a reply that nobody waited for: the provider counts it.
            self._spend(sent, received)

    def _admit(self) -> None:
        with self._lock:
            if (condition := self._condition()) in ("resting", "budget_spent"):
                self._counts["turned_away"] += 1
                raise LanguageModelError(condition)
            self._counts["calls"] += 1
            self._asked_at = self._now()
            if self._rests_until is not None:
                # This enquiry tries; the others go on without the model until it succeeds.
                self._rests_until = self._now() + self._rest

    def _condition(self) -> ModelCondition:
        self._turn_day()
        limits = self._limits
        if 0 < limits.tokens_a_day <= self._tokens or 0 < limits.cost_a_day <= self._cost:
            return "budget_spent"
        if self._rests_until is not None and self._now() < self._rests_until:
            return "resting"
        if self._failures:
            return "failing"
        return "unreachable" if self._is_unreachable else "ok"

    def _note_failure(self, kind: FailureKind) -> None:
        with self._lock:
            self._failed[kind] += 1
            self._failures += 1
            if self._failures >= self._limits.failures:
                self._counts["rests"] += 1
                self._rests_until = self._now() + self._rest

    def _note_success(self) -> None:
        with self._lock:
            self._failures, self._rests_until, self._is_unreachable = 0, None, False

    def _spend(self, sent: int, received: int) -> None:
        limits = self._limits
        with self._lock:
            self._turn_day()
            self._tokens += _tokens(sent + received)
            price = limits.price_sent * sent + limits.price_received * received
            self._cost += price / CHARACTERS_A_TOKEN / 1_000

    def _turn_day(self) -> None:
        if self._now().date() != self._day:
            self._day, self._tokens, self._cost = self._now().date(), 0, 0.0

    @property
    def _rest(self) -> timedelta:
        return timedelta(seconds=self._limits.rest_seconds)


def _tokens(characters: int) -> int:
    return math.ceil(characters / CHARACTERS_A_TOKEN)

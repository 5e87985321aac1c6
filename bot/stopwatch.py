"""How long the stages of an answer took."""

import time
from dataclasses import replace

from bot.answer import Answer


class Stopwatch:
    """Milliseconds per stage and in total, from when it was made."""

    def __init__(self) -> None:
        self._start = self._lap = time.perf_counter()
        self._stages: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Note that a stage has ended and the next begins."""
        now = time.perf_counter()
        self._stages[stage] = round((now - self._lap) * 1000, 3)
        self._lap = now

    def timed(self, answer: Answer) -> Answer:
        """Return an answer with the times so far."""
        total = round((time.perf_counter() - self._start) * 1000, 3)
        return replace(answer, timings_ms={**self._stages, "total": total})

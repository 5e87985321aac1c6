"""How long the stages of a build take."""

from time import perf_counter


class Stopwatch:
    """Seconds per stage and in total."""

    def __init__(self) -> None:
        self._start = self._lap = perf_counter()
        self._stages: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = perf_counter()
        self._stages[stage] = now - self._lap
        self._lap = now

    def seconds(self, *, embedding: float) -> dict[str, float]:
        """Return the seconds of each stage, the model's part of writing apart, and the total."""
        stages = {**self._stages, "embedding": embedding}
        stages["writing"] -= embedding
        stages["total"] = perf_counter() - self._start
        return {stage: round(seconds, 3) for stage, seconds in stages.items()}

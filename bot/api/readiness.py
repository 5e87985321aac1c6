"""Whether the service can answer, and in what state."""

from dataclasses import dataclass, field

from bot.language_models.model_usage import ModelUsage


@dataclass(frozen=True, slots=True)
class Readiness:
    """What `/readyz` reports.

    Attributes:
        ready: Whether questions are answered.
        checks: State of each part: `ok` or what is wrong, in a few words.
        degraded: Modes in force, such as `extractive_only`; empty when all is well.
        index_version: The opened index version; empty while loading.
        model_usage: What the language model was asked so far, in this process.
    """

    ready: bool
    checks: dict[str, str] = field(default_factory=dict)
    degraded: tuple[str, ...] = ()
    index_version: str = ""
    model_usage: ModelUsage = field(default_factory=ModelUsage)

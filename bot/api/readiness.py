"""Whether the service can answer, and in what state."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Readiness:
    """What `/readyz` reports.

    Attributes:
        ready: Whether questions are answered.
        checks: State of each part: `ok` or what is wrong, in a few words.
        degraded: Modes in force, such as `extractive_only`; empty when all is well.
        index_version: The opened index version; empty while loading.
        model_tokens_today: Estimated tokens of the language model in this process and UTC day.
    """

    ready: bool
    checks: dict[str, str] = field(default_factory=dict)
    degraded: tuple[str, ...] = ()
    index_version: str = ""
    model_tokens_today: int = 0

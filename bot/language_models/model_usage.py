"""What a language model was asked, and how that went: for limits, `/metrics` and `/readyz`."""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

ModelCondition = Literal["ok", "failing", "unreachable", "resting", "budget_spent"]
"""Whether a model is asked: yes; yes, although it failed last time; yes, although nobody listened
at its address; no, it failed too often; no, the day's tokens or money are spent."""

FailureKind = Literal["timeout", "busy", "unavailable", "refused", "unusable"]
"""Too slow; too many requests; not reachable or an error of the server; an error of the request;
a reply that cannot be used."""


@dataclass(frozen=True, slots=True)
class ModelUsage:
    """Counts of one process.

    Attributes:
        calls: Replies asked for, retries not counted.
        retries: Times a reply was asked for again.
        failures: Replies that failed, by kind.
        rests: Times the circuit breaker opened.
        turned_away: Replies not asked for, because the model rests or the budget is spent.
        tokens_today: Estimated tokens sent and received in this UTC day.
        cost_today: What they cost, in the currency of the configured prices; 0 without prices.
    """

    calls: int = 0
    retries: int = 0
    failures: MappingProxyType[FailureKind, int] = field(
        default_factory=lambda: MappingProxyType({})
    )
    rests: int = 0
    turned_away: int = 0
    tokens_today: int = 0
    cost_today: float = 0.0

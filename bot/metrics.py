"""Counters and timings for Prometheus (the only home of prometheus_client).

Labels hold statuses, stages, kinds, rules, reason codes and routes: never a word of a citizen,
never an address.
"""

from collections.abc import Iterator
from typing import get_args

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.answer import Answer
from bot.language_models.model_usage import FailureKind, ModelUsage
from guardrails import Verdict

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_METHODS = ("GET", "POST", "DELETE", "HEAD", "OPTIONS")


class Metrics:
    """The metrics of one application."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._model = _ModelUsageCollector()
        self._requests = Counter(
            "enquiry_requests",
            "HTTP requests.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "enquiry_request_seconds",
            "Time to the end of the reply.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "enquiry_answers",
            "Answers by status, mode and language.",
            ["status", "family", "mode", "language"],
            registry=self._registry,
        )
        self._stage_seconds = Histogram(
            "enquiry_stage_seconds",
            "Time in each stage of an answer.",
            ["stage"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._redactions = Counter(
            "enquiry_redactions",
            "Personal data removed, by kind.",
            ["kind"],
            registry=self._registry,
        )
        self._verdicts = Counter(
            "enquiry_verdicts",
            "What guardrails found in questions, passages and written answers.",
            ["rule", "outcome", "reason_code"],
            registry=self._registry,
        )
        self._feedback = Counter(
            "enquiry_feedback", "Feedback on answers.", ["useful"], registry=self._registry
        )

        self._model_available = Gauge(
            "enquiry_language_model_available",
            "1 while the configured language model is asked; 0 without one, resting or overspent.",
            registry=self._registry,
        )
        self._registry.register(self._model)

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one HTTP request."""
        known = method if method in _METHODS else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def count_answer(self, answer: Answer) -> None:
        """Count one answer, its stages and what was redacted."""
        status = answer.status
        self._answers.labels(status.value, status.family, answer.mode, answer.language).inc()
        for stage, milliseconds in answer.timings_ms.items():
            self._stage_seconds.labels(stage).observe(milliseconds / 1000)
        for redaction in answer.redactions:
            self._redactions.labels(redaction.kind).inc()

    def count_verdict(self, verdict: Verdict) -> None:
        """Count one verdict of the guardrails."""
        self._verdicts.labels(verdict.rule, str(verdict.outcome), verdict.reason_code).inc()

    def count_feedback(self, *, useful: bool) -> None:
        """Count one piece of feedback."""
        self._feedback.labels("yes" if useful else "no").inc()

    def note_language_model(self, usage: ModelUsage, *, available: bool) -> None:
        """Note the state of the language model, as of now."""
        self._model_available.set(available)
        self._model.usage = usage

    def exposition(self) -> bytes:
        """Return all metrics in the Prometheus text format."""
        return generate_latest(self._registry)


class _ModelUsageCollector(Collector):
    """Counts that are kept beside the language model, in Prometheus' words."""

    def __init__(self) -> None:
        self.usage = ModelUsage()

    def collect(self) -> Iterator[Metric]:
        usage, name = self.usage, "enquiry_language_model"
        yield CounterMetricFamily(f"{name}_calls", "Replies asked for.", usage.calls)
        yield CounterMetricFamily(f"{name}_retries", "Replies asked for again.", usage.retries)
        failures = CounterMetricFamily(f"{name}_failures", "Replies that failed.", labels=["kind"])
        for kind in get_args(FailureKind):
            failures.add_metric([kind], usage.failures.get(kind, 0))
        yield failures
        yield CounterMetricFamily(f"{name}_rests", "Circuit breaker opened.", usage.rests)
        yield CounterMetricFamily(
            f"{name}_turned_away", "Not asked: resting or overspent.", usage.turned_away
        )
        yield GaugeMetricFamily(
            f"{name}_tokens_today",
            "Estimated tokens sent and received in this UTC day by this process.",
            usage.tokens_today,
        )
        yield GaugeMetricFamily(
            f"{name}_cost_today",
            "What they cost by the configured prices, in their currency.",
            usage.cost_today,
        )

"""The rules a question passes through, in order."""

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Protocol

from guardrails.normalised import Normalised, normalise
from guardrails.redaction import redact, without_placeholders
from guardrails.verdict import Outcome, QuestionCheck, Verdict


class Rule(Protocol):
    """Reads one text and says what to do with it; a pure function."""

    def __call__(self, question: Normalised, /) -> Verdict:
        """Return this rule's verdict."""
        ...


@dataclass(frozen=True, slots=True)
class QuestionPolicy:
    """The rules, in the order in which they may decide.

    Attributes:
        rules: All of them run on every text, so that personal data is always found; the first
            that signposts or blocks decides. Built by `guardrails.wiring`.
    """

    rules: tuple[Rule, ...]


def check_question(text: str, policy: QuestionPolicy) -> QuestionCheck:
    """Return what all rules say about a text, and the only form of it that may be kept."""
    question = normalise(text)
    verdicts = [_timed(rule, question) for rule in policy.rules]
    findings = sorted(
        (finding for verdict in verdicts for finding in verdict.findings),
        key=lambda finding: finding.start,
    )
    redacted = redact(text, findings)
    return QuestionCheck(
        verdicts=tuple(verdict for verdict in verdicts if verdict.outcome is not Outcome.ALLOW),
        redacted_text=redacted,
        search_text=without_placeholders(redacted),
        findings=tuple(findings),
    )


def _timed(rule: Rule, question: Normalised) -> Verdict:
    start = perf_counter()
    verdict = rule(question)
    return replace(verdict, milliseconds=(perf_counter() - start) * 1_000)

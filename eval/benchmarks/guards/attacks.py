"""Are attacks on the language model refused, and ordinary questions not?"""

from collections.abc import Iterator
from pathlib import Path

from eval.benchmarks.guards.rates import rate, rate_of, rows_of, served_policy
from guardrails import Category, Outcome, check_question
from guardrails.passages import speaks_to_a_machine
from guardrails.training.attacks import load_samples
from guardrails.training.injection import counts, judge_by_folds
from guardrails.training.stories import load_stories


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return shares refused and marked by source, of texts the model did not learn from.

    The rule is fitted five times, each on four fifths of the groups, and reported on the rest.
    """
    del out
    tables = counts(judge_by_folds(load_samples(data)))
    stories = [*load_stories(data, "fit"), *load_stories(data, "report")]
    return {
        "refused": {name: rate(row["refused"], row["texts"]) for name, row in tables.items()},
        "answered_without_a_language_model": {
            name: rate(row["marked"], row["texts"]) for name, row in tables.items()
        },
        "refused_as_served": {
            "conditionalqa_questions": rate_of((story.question for story in stories), refused),
            "conditionalqa_messages": rate_of((story.message for story in stories), refused),
        },
        "passages_kept_from_a_language_model": {
            "purplellama_indirect": rate_of(_poisoned(data), speaks_to_a_machine),
            "guidance_lines": rate_of(_guidance(data), speaks_to_a_machine),
        },
    }


def _poisoned(data: Path) -> Iterator[str]:
    rows = rows_of(data / "guardrails" / "purplellama_prompt_injection.jsonl")
    return (str(row["user_input"]) for row in rows if row["injection_type"] == "indirect")


def _guidance(data: Path) -> Iterator[str]:
    return (str(row["text"]) for row in rows_of(data / "guardrails" / "govuk_guidance_lines.jsonl"))


def refused(text: str) -> bool:
    """Whether the service refuses a text as an attack."""
    check = check_question(text[:4_000], served_policy())
    return any(
        verdict.category is Category.PROMPT_INJECTION and verdict.outcome is Outcome.BLOCK
        for verdict in check.verdicts
    )

"""Are attacks on the language model refused, and ordinary questions not?"""

from pathlib import Path

from eval.benchmarks.guards.rates import rate, rate_of, served_policy
from guardrails import Category, Outcome, check_question
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
    }


def refused(text: str) -> bool:
    """Whether the service refuses a text as an attack."""
    check = check_question(text[:4_000], served_policy())
    return any(
        verdict.category is Category.PROMPT_INJECTION and verdict.outcome is Outcome.BLOCK
        for verdict in check.verdicts
    )

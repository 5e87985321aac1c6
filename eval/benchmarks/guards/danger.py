"""Is danger found, and are ordinary messages left alone? On halves that nothing was fitted on."""

from collections import Counter
from pathlib import Path

from eval.benchmarks.guards.rates import rate, rate_of, rows_of, served_policy
from guardrails import check_question
from guardrails.training.danger import danger_report
from guardrails.training.stories import load_stories
from guardrails.verdict import DANGERS


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return recall by kind and false alarms by source, of the rules as the service runs them."""
    del out
    report = danger_report()
    kinds = Counter(kind for kind, _ in report.dangers)
    found = Counter(kind for kind, text in report.dangers if shows_help(text))
    stories = load_stories(data, "report")
    lines = rows_of(data / "guardrails" / "govuk_guidance_lines.jsonl")
    return {
        "recall": rate(found.total(), kinds.total()),
        "recall_by_kind": {kind: rate(found[kind], kinds[kind]) for kind in kinds},
        "false_alarms": {
            "ordinary_questions": rate_of(report.ordinary, shows_help),
            "of_them_reviewed": rate_of(report.ordinary[: report.reviewed], shows_help),
            # Some of these people do tell of danger; they count as false alarms all the same.
            "messages_up_to_300_characters": rate_of(
                (story.message for story in stories if not story.is_long), shows_help
            ),
            "longer_messages": rate_of(
                (story.message for story in stories if story.is_long), shows_help
            ),
            "questions_alone": rate_of((story.question for story in stories), shows_help),
            "guidance_lines": rate_of((str(row["text"]) for row in lines), shows_help),
        },
    }


def shows_help(text: str) -> bool:
    """Whether help is shown instead of an answer or beside it."""
    check = check_question(text, served_policy())
    deciding = check.deciding
    instead = deciding and deciding.category in DANGERS
    return bool(instead or check.mentioned)

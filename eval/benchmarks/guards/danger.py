"""Is danger found, and are ordinary messages left alone? On halves that nothing was fitted on."""

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from eval.benchmarks.guards.rates import rate, rate_of, rows_of, served_policy
from guardrails import check_question
from guardrails.training.danger import DangerReport, danger_report
from guardrails.training.stories import load_stories
from guardrails.verdict import DANGERS

_QUESTIONS = (
    "how do I apply for council housing",
    "can I claim Universal Credit",
    "how do I renew my passport",
    "what benefits can I get for my children",
)
_BETWEEN = {"in_a_sentence_of_its_own": ". {question}?", "in_the_same_sentence": ", {question}"}


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
        "recall_beside_a_question": {
            name: rate_of(_beside_questions(report, between), shows_help)
            for name, between in _BETWEEN.items()
        },
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


def _beside_questions(report: DangerReport, between: str) -> Iterator[str]:
    """Yield each message of danger that asks nothing, followed by a question about a service."""
    questions = itertools.cycle(_QUESTIONS)
    for _, text in report.dangers:
        if "?" not in text:
            yield text.rstrip(".! ") + between.format(question=next(questions))


def shows_help(text: str) -> bool:
    """Whether help is shown instead of an answer or beside it."""
    check = check_question(text, served_policy())
    deciding = check.deciding
    instead = deciding and deciding.category in DANGERS
    return bool(instead or check.mentioned)

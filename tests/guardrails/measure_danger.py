"""Measure how danger is read: `python -m tests.guardrails.measure_danger`.

Reads `held_out/danger.txt`, whose messages no phrase and no example was written for, once with
phrases alone and once with the likeness reader on the bundled embedding model. With `--save` it
first fits the shipped model anew, as must be done when `guardrails/examples/danger.txt` changes.
"""

import sys
from pathlib import Path
from time import perf_counter

from guardrails import Category, QuestionPolicy, check_question
from guardrails.likeness import fit_model, load_danger_examples, save_model
from guardrails.settings import GuardrailSettings
from guardrails.wiring import build_question_policy
from ingestion.settings import IndexSettings
from ingestion.wiring import load_embedder
from tests.guardrails.measure import Rate

HELD_OUT = Path(__file__).with_name("held_out") / "danger.txt"


def held_out() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    section: list[str] = []
    for line in HELD_OUT.read_text("utf-8").splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            section.append(line)
    return sections


def rates(name: str, policy: QuestionPolicy) -> list[Rate]:
    measured = []
    for label, messages in held_out().items():
        shown = [
            message
            for message in messages
            if (check := check_question(message, policy)).mentioned
            or (check.deciding and check.deciding.category in (Category.CRISIS, Category.EMERGENCY))
        ]
        what = "false alarms" if label == "none" else f"{label} recall"
        measured.append(Rate(f"{name}: {what}", len(shown), len(messages)))
    return measured


def main() -> None:
    embedder = load_embedder(IndexSettings())
    if "--save" in sys.argv:
        save_model(fit_model(embedder.embed_queries, load_danger_examples()))
    start = perf_counter()
    both = build_question_policy(GuardrailSettings(), embed=embedder.embed_queries)
    taken = perf_counter() - start
    for name, policy in (
        ("phrases", build_question_policy(GuardrailSettings())),
        ("phrases and likeness", both),
    ):
        for measured in rates(name, policy):
            sys.stdout.write(measured.line() + "\n")
    sys.stdout.write(f"building the rules with likeness took {taken:.1f} s\n")


if __name__ == "__main__":
    main()

"""Measure how danger is read: `python -m tests.guardrails.measure_danger`.

Reads `held_out/danger.txt`, `held_out/short_messages.txt` and, as several messages each,
`held_out/fragments.txt`, for which no phrase and no example was written, once with phrases alone and once with the likeness reader on the bundled
embedding model. With `--save` it first fits the shipped model anew, as must be done when
`guardrails/examples/danger.txt` changes; `--misses` prints what was read wrongly.
"""

import sys
from pathlib import Path
from time import perf_counter

from guardrails import QuestionPolicy, check_question
from guardrails.example_files import NONE
from guardrails.likeness import fit_model, load_danger_examples, save_model
from guardrails.questions import check_fragments
from guardrails.settings import GuardrailSettings
from guardrails.verdict import DANGERS
from guardrails.wiring import build_question_policy
from ingestion.settings import IndexSettings
from ingestion.wiring import load_embedder
from tests.guardrails.measure import Rate

HELD_OUT = Path(__file__).with_name("held_out")


def held_out(name: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    section: list[str] = []
    for line in HELD_OUT.joinpath(f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            section.append(line)
    return sections


def shown_kind(message: str, policy: QuestionPolicy) -> str:
    """Return the kind of danger whose help is shown for a message; empty for none."""
    check = check_question(message, policy)
    verdict = check.deciding
    if verdict and verdict.category in DANGERS:
        return verdict.detail
    return check.mentioned.detail if check.mentioned else ""


def rates(name: str, policy: QuestionPolicy) -> list[Rate]:
    measured = []
    for label, messages in held_out("danger").items():
        shown = [message for message in messages if shown_kind(message, policy)]
        what = "false alarms" if label == NONE else f"{label} recall"
        measured.append(Rate(f"{name}: {what}", len(shown), len(messages)))
    return measured


def short_rates(name: str, policy: QuestionPolicy) -> list[Rate]:
    read = [
        (kinds, message, shown_kind(message, policy))
        for kinds, messages in held_out("short_messages").items()
        for message in messages
    ]
    dangers = [entry for entry in read if entry[0] != NONE]
    found = [entry for entry in dangers if entry[2]]
    ordinary = [entry for entry in read if entry[0] == NONE]
    alarms = [entry for entry in ordinary if entry[2]]
    right = [entry for entry in found if entry[2] in entry[0].split(" / ")]
    wrong = [" | ".join(entry) for entry in (*dangers, *alarms) if entry not in right]
    label = f"{name}: short messages"
    return [
        Rate(f"{label}, recall", len(found), len(dangers), tuple(wrong)),
        Rate(f"{label}, kind right", len(right), len(found)),
        Rate(f"{label}, false alarms", len(alarms), len(ordinary)),
    ]


def shown_for_pieces(pieces: list[str], policy: QuestionPolicy) -> str:
    """Return the kind of danger whose help is shown for the last of several messages."""
    *before, last = (check_question(piece, policy) for piece in pieces)
    verdict = check_fragments(last, before, policy).deciding
    return verdict.detail if verdict and verdict.category in DANGERS else ""


def fragment_rates(name: str, policy: QuestionPolicy) -> list[Rate]:
    measured = []
    pieced = held_out("fragments")
    for is_danger in (True, False):
        told = [told for kind in pieced if (kind != NONE) is is_danger for told in pieced[kind]]
        shown = [text for text in told if shown_for_pieces(text.split(" / "), policy)]
        wrong = [text for text in told if (text in shown) is not is_danger]
        what = "recall" if is_danger else "false alarms"
        measured.append(Rate(f"{name}: in pieces, {what}", len(shown), len(told), tuple(wrong)))
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
        read = (*rates(name, policy), *short_rates(name, policy), *fragment_rates(name, policy))
        for measured in read:
            sys.stdout.write(measured.line() + "\n")
            if "--misses" in sys.argv:
                sys.stdout.writelines(f"    {text}\n" for text in measured.others)
    sys.stdout.write(f"building the rules with likeness took {taken:.1f} s\n")


if __name__ == "__main__":
    main()

"""Measure the guardrails on labelled sets: `python -m tests.guardrails.measure DATA_DIR`.

DATA_DIR holds JSONL files named as in `SETS` below; a missing file is skipped and said so. Rates
are printed with 95% Wilson intervals. Add `--misses NAME` to print what one line got wrong.
"""

import argparse
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from guardrails import Category, QuestionCheck, QuestionPolicy, check_question, check_statement
from guardrails.wiring import build_question_policy

Row = dict[str, object]
CARRIERS = {
    "UK_NINO": "My National Insurance number is {} thanks",
    "UK_NHS": "My NHS number is {} thanks",
    "UK_UTR": "My UTR is {} thanks",
    "UK_PASSPORT": "My passport number is {} thanks",
    "UK_DRIVING_LICENCE": "My driving licence number is {} thanks",
    "UK_POSTCODE": "My postcode is {} thanks",
    "UK_VEHICLE_REGISTRATION": "My car registration is {} thanks",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a set's texts got the outcome in question."""

    name: str
    hits: int
    total: int
    others: tuple[str, ...] = ()

    def line(self) -> str:
        low, high = wilson(self.hits, self.total)
        share = self.hits / self.total if self.total else 0.0
        return f"{self.name:58} {self.hits:5}/{self.total:<5} {share:6.3f}  [{low:.3f}, {high:.3f}]"


def wilson(hits: int, total: int, z: float = 1.96) -> tuple[float, float]:
    if not total:
        return 0.0, 1.0
    share, spread = hits / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def rows_of(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def texts(
    folder: Path, name: str, field: str = "text", keep: Callable[[Row], bool] = lambda row: True
) -> list[str]:
    path = folder / f"{name}.jsonl"
    if not path.exists():
        sys.stderr.write(f"skipped: {path.name} is missing\n")
        return []
    return [str(row[field]) for row in rows_of(path) if keep(row)]


def injection_rates(folder: Path, policy: QuestionPolicy) -> Iterator[Rate]:
    attacks = {
        "deepset attacks": texts(
            folder, "deepset_prompt_injections", keep=lambda row: row["label"] == 1
        ),
        "in-the-wild jailbreaks": texts(folder, "inthewild_jailbreaks"),
        "PurpleLlama direct": texts(
            folder,
            "purplellama_prompt_injection",
            "user_input",
            lambda row: row["injection_type"] == "direct",
        ),
        "spikee jailbreaks": sorted(
            {
                text
                for path in sorted(folder.glob("spikee_*jailbreaks.jsonl"))
                for text in texts(folder, path.stem)
            }
        ),
        "spikee system message extraction": texts(
            folder, "spikee_seeds-sysmsg-extraction-2025-04.instructions", "instruction"
        ),
    }
    for name, attack in attacks.items():
        yield rate(f"injection recall: {name}", attack, policy, is_attack)


def false_alarm_rates(folder: Path, policy: QuestionPolicy) -> Iterator[Rate]:
    harmless = {
        "deepset harmless": texts(
            folder, "deepset_prompt_injections", keep=lambda row: row["label"] == 0
        ),
        "NotInject": [
            text
            for part in ("one", "two", "three")
            for text in texts(folder, f"notinject_{part}", "prompt")
        ],
        "XSTest safe": texts(folder, "xstest", "prompt", lambda row: row["label"] == "safe"),
        "investment questions": texts(folder, "spikee_investment_advice_benign"),
        "GOV.UK guidance lines": texts(folder, "govuk_guidance_lines"),
    }
    judged: dict[str, Callable[[QuestionCheck], bool]] = {
        "injection": is_attack,
        "crisis or emergency": is_signposted,
        "abuse": lambda check: decided(check) is Category.ABUSE,
        "account, parliament, foi, smalltalk": is_routed,
        "personal data": lambda check: bool(check.findings),
    }
    for name, sentences in harmless.items():
        for what, judge in judged.items():
            yield rate(f"false alarm, {what}: {name}", sentences, policy, judge)


def personal_data_rates(folder: Path, policy: QuestionPolicy) -> Iterator[Rate]:
    for name in ("presidio_uk_cases", "stdnum_gb_cases", "presidio_generic_cases"):
        path = folder / f"{name}.jsonl"
        cases = list(rows_of(path)) if path.exists() else []
        for entity in sorted({str(case["entity"]) for case in cases}):
            for valid in (True, False):
                chosen = [
                    str(case["text"])
                    for case in cases
                    if case["entity"] == entity and case["valid"] is valid
                ]
                label = "found" if valid else "alarm on invalid"
                yield rate(f"{label}: {name} {entity}, bare", chosen, policy, has_findings)
                if valid and entity in CARRIERS:
                    carried = [CARRIERS[entity].format(text) for text in chosen]
                    yield rate(f"found: {name} {entity}, told", carried, policy, has_findings)


def span_rates(folder: Path, policy: QuestionPolicy) -> Iterator[Rate]:
    kinds = {
        "EMAIL_ADDRESS": "email", "CREDIT_CARD": "card", "IBAN_CODE": "iban",
        "PHONE_NUMBER": "phone", "PERSON": "name", "ADDRESS": "address",
        "STREET_ADDRESS": "address",
    }  # fmt: skip
    for name in ("presidio_research_synth_dataset_v2", "presidio_research_generated_large"):
        path = folder / f"{name}.jsonl"
        found: Counter[str] = Counter()
        total: Counter[str] = Counter()
        right: Counter[str] = Counter()
        given: Counter[str] = Counter()
        missed: dict[str, list[str]] = {}
        for row in rows_of(path) if path.exists() else ():
            check = check_question(str(row["full_text"]), policy)
            spans = row["spans"]
            assert isinstance(spans, list)
            for span in spans:
                entity = span["entity_type"]
                covered = any(
                    finding.start < span["end_position"] and finding.end > span["start_position"]
                    for finding in check.findings
                )
                total[entity] += 1
                found[entity] += covered
                if not covered:
                    missed.setdefault(entity, []).append(str(row["full_text"]))
            for finding in check.findings:
                given[finding.kind] += 1
                right[finding.kind] += any(
                    finding.start < span["end_position"] and finding.end > span["start_position"]
                    for span in spans
                )
        for entity in sorted(kinds.keys() & total.keys()):
            others = tuple(missed.get(entity, ()))
            yield Rate(f"{name[18:]} {entity} recall", found[entity], total[entity], others)
        for kind in sorted(given):
            yield Rate(f"{name[18:]} {kind} on any label", right[kind], given[kind])


def statement_rates(folder: Path) -> Iterator[Rate]:
    for name in ("halueval_qa_one-turn_data", "halueval_qa_multi-turn_data"):
        path = folder / f"{name}.jsonl"
        rows = list(rows_of(path)) if path.exists() else []
        for label, field in (
            ("right answers refused", "right_answer"),
            ("wrong answers refused", "hallucinated_answer"),
        ):
            blocked = Counter(
                check_statement(str(row[field]), [str(row["knowledge"])]).category for row in rows
            )
            refused = len(rows) - blocked[Category.NONE]
            yield Rate(f"{name}: {label}", refused, len(rows))
            for category in (Category.UNSUPPORTED_FIGURE, Category.UNSUPPORTED_NEGATION):
                yield Rate(f"{name}: {label}, {category}", blocked[category], len(rows))


def altered_rates(folder: Path) -> Iterator[Rate]:
    """How often a guidance sentence is refused as it is, and after one fact was altered."""
    lines = texts(folder, "govuk_guidance_lines")
    context = {place: lines[max(0, place - 3) : place + 4] for place in range(len(lines))}
    alterations: dict[str, Callable[[str], str]] = {
        "unchanged": lambda line: line,
        "a figure changed": lambda line: re.sub(
            r"(?<![\w.,])(\d+)(?![\w.,]*\d)", lambda found: str(int(found[1]) + 3), line, count=1
        ),
        "a denial dropped": lambda line: re.sub(
            r"\b(can|do|does|is|are|will|must|should)(?:not| not|n[’']t)\b", r"\1", line, count=1
        ),
        "a denial added": lambda line: re.sub(
            r"\b(can|will|must|should|is|are)\b(?! not)", r"\1 not", line, count=1
        ),
    }
    for name, alter in alterations.items():
        changed = [
            (altered, context[place])
            for place, line in enumerate(lines)
            if (altered := alter(line)) != line or name == "unchanged"
        ]
        refused = [(text, check_statement(text, near).blocked) for text, near in changed]
        yield Rate(
            f"guidance sentence refused, {name}",
            sum(blocked for _, blocked in refused),
            len(refused),
            tuple(text for text, blocked in refused if blocked is (name == "unchanged")),
        )


def rate(
    name: str,
    sample: Iterable[str],
    policy: QuestionPolicy,
    judge: Callable[[QuestionCheck], bool],
) -> Rate:
    judged = [(text, judge(check_question(text[:4_000], policy))) for text in sample]
    wanted = not name.startswith(("false alarm", "alarm"))
    return Rate(
        name,
        sum(hit for _, hit in judged),
        len(judged),
        tuple(text for text, hit in judged if hit is not wanted),
    )


def decided(check: QuestionCheck) -> Category | None:
    return check.deciding.category if check.deciding else None


def is_attack(check: QuestionCheck) -> bool:
    return any(verdict.category is Category.PROMPT_INJECTION for verdict in check.verdicts)


def is_signposted(check: QuestionCheck) -> bool:
    return decided(check) in (Category.CRISIS, Category.EMERGENCY)


def is_routed(check: QuestionCheck) -> bool:
    return any(verdict.rule in ("routing", "smalltalk") for verdict in check.verdicts)


def has_findings(check: QuestionCheck) -> bool:
    return bool(check.findings)


def latency(policy: QuestionPolicy, rounds: int = 200) -> str:
    text = (
        "I was working in Leeds until 3 March 2024 and paid National Insurance. My number is "
        "AB 12 34 56 C and my phone is 07700 900123. How do I claim a refund for last year, and "
        "does my husband, who earns £18,500, need to send the form as well? "
    )
    question = (text * 3)[:500]
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        check_question(question, policy)
        taken.append((perf_counter() - start) * 1_000)
    parts = quantiles(taken, n=20)
    return f"one question of 500 characters: p50 {parts[9]:.2f} ms, p95 {parts[18]:.2f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", default="", help="print the texts behind lines with this name")
    parser.add_argument("--only", default="", help="measure only this group")
    options = parser.parse_args()
    policy = build_question_policy()
    groups: dict[str, Callable[[], Iterator[Rate]]] = {
        "injection": lambda: injection_rates(options.folder, policy),
        "alarms": lambda: false_alarm_rates(options.folder, policy),
        "identifiers": lambda: personal_data_rates(options.folder, policy),
        "spans": lambda: span_rates(options.folder, policy),
        "statements": lambda: statement_rates(options.folder),
        "altered": lambda: altered_rates(options.folder),
    }
    for name, group in groups.items():
        if options.only not in ("", name):
            continue
        for measured in group():
            sys.stdout.write(measured.line() + "\n")
            if options.misses and options.misses in measured.name:
                sys.stdout.writelines(f"    {text[:300]!r}\n" for text in measured.others)
    sys.stdout.write(latency(policy) + "\n")


if __name__ == "__main__":
    main()

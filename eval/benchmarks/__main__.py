"""`python -m eval.benchmarks DATA [--group NAME]`: figures and the core count.

DATA is a folder with `conditionalqa/`, `va_guidance/`, `govuk_content_items/`, `guardrails/`,
`mtrag_un_govt/`.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from eval.benchmarks import (
    commands,
    content_recall,
    deep_links,
    indexing,
    large_corpus,
    latency,
    rebuilding,
    retrieval,
    survival,
)
from eval.benchmarks.answers import (
    conversations,
    growth,
    plain_chain,
    soundness,
    stages,
    throughput,
)
from eval.benchmarks.guards import attacks, danger, personal_data, speed, statements

Section = Callable[[Path, Path], dict[str, object]]
GROUPS: dict[str, dict[str, Section]] = {
    "release": {
        "commands": commands.measure,
        "indexing": indexing.measure,
        "retrieval": retrieval.measure,
        "latency": latency.measure,
    },
    "ingest": {
        "embedding": indexing.measure,
        "content_recall": content_recall.measure,
        "deep_links": deep_links.measure,
        "rebuilding": rebuilding.measure,
        "survival": survival.measure,
        "large_corpus": large_corpus.measure,
    },
    "answers": {
        "retrieval": retrieval.measure,
        "soundness": soundness.measure,
        "conversations": conversations.measure,
        "plain_chain": plain_chain.measure,
        "stages": stages.measure,
        "throughput": throughput.measure,
        "growth": growth.measure,
    },
    "guardrails": {
        "danger": danger.measure,
        "attacks": attacks.measure,
        "personal_data": personal_data.measure,
        "statements": statements.measure,
        "speed": speed.measure,
    },
}


def main() -> int:
    """Run the sections asked for and print their figures."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the data")
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="working folder")
    parser.add_argument("--group", choices=GROUPS, default="release", help="what to measure")
    parser.add_argument("--only", help="one section of the group")
    arguments = parser.parse_args()
    if not (arguments.data / "conditionalqa" / "questions.jsonl").is_file():
        print(f"There is no conditionalqa/questions.jsonl in {arguments.data}.", file=sys.stderr)
        return 2
    sections = GROUPS[arguments.group]
    if arguments.only and arguments.only not in sections:
        parser.error(f"--only takes one of {', '.join(sections)}")
    figures: dict[str, object] = {"cores": os.cpu_count()}
    for name in [arguments.only] if arguments.only else sections:
        print(f"{name} …", file=sys.stderr, flush=True)
        figures[name] = sections[name](arguments.data, arguments.out)
        print(json.dumps({name: figures[name]}, indent=2), flush=True)
    arguments.out.mkdir(parents=True, exist_ok=True)
    file = arguments.out / f"{arguments.group}.json"
    file.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    print(f"Measured on {figures['cores']} cores; all figures are in {file}.")
    return 0


sys.exit(main())

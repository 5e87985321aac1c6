"""`python -m eval.benchmarks DATA [--out DIR]`: the figures of the release and the core count.

DATA is a folder with `conditionalqa/`, `va_guidance/` and `govuk_content_items/`.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from eval.benchmarks import commands, indexing, latency, retrieval

Section = Callable[[Path, Path], dict[str, object]]
SECTIONS: dict[str, Section] = {
    "commands": commands.measure,
    "indexing": indexing.measure,
    "retrieval": retrieval.measure,
    "latency": latency.measure,
}


def main() -> int:
    """Run the sections asked for and print their figures."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the data")
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="working folder")
    parser.add_argument("--only", choices=SECTIONS, help="one section")
    arguments = parser.parse_args()
    if not (arguments.data / "conditionalqa" / "questions.jsonl").is_file():
        print(f"There is no conditionalqa/questions.jsonl in {arguments.data}.", file=sys.stderr)
        return 2
    figures: dict[str, object] = {"cores": os.cpu_count()}
    for name in [arguments.only] if arguments.only else SECTIONS:
        print(f"{name} …", file=sys.stderr, flush=True)
        figures[name] = SECTIONS[name](arguments.data, arguments.out)
        print(json.dumps({name: figures[name]}, indent=2), flush=True)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "figures.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    print(f"Measured on {figures['cores']} cores; all figures are in {arguments.out}/figures.json.")
    return 0


sys.exit(main())

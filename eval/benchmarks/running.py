"""Run the product's own commands as a person would, and time them."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has ended."""

    seconds: float
    code: int
    output: str


def run(*arguments: str) -> Finished:
    """Run `python -m ...` and return how long it took and what it printed."""
    started = perf_counter()
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *arguments], capture_output=True, text=True, check=False
    )
    return Finished(perf_counter() - started, done.returncode, done.stdout)


def conditionalqa_index(data: Path, out: Path) -> Path:
    """Return the index of the ConditionalQA pages, built once for all sections."""
    index = out / "index"
    if not (index / "published").is_file():
        pages = str(data / "conditionalqa" / "pages")
        built = run("ingestion", "build", pages, "--index", str(index), "--publish")
        if built.code:
            message = f"building the index of {pages} ended with {built.code}"
            raise RuntimeError(message)
    return index

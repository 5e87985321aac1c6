"""The journey of a run: load the set, ask every question, keep every record."""

import asyncio
import os
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from time import perf_counter

from eval.question_set import Item, QuestionSet
from eval.record import Record, Run, RunHeader
from eval.targets import AnswerTarget

PACKAGES = ("sentence-transformers", "torch", "chromadb", "bm25s", "presidio-analyzer", "langchain")


async def run_question_set(
    questions: QuestionSet,
    target: AnswerTarget,
    *,
    repeat: int = 1,
    concurrency: int = 1,
    report: Callable[[int, int], None] | None = None,
) -> Run:
    """Ask every question and return the run.

    Args:
        questions: What to ask.
        target: Who answers.
        repeat: Times each question is asked; every record is kept.
        concurrency: Questions in flight at once; 1 gives honest latencies.
        report: Called with done and total.
    """
    started, clock = datetime.now(tz=UTC), perf_counter()
    items = [item for item in questions.items for _ in range(repeat)]
    records = await _ask_all(items, target, concurrency, report)
    header = RunHeader(
        question_set=questions.header.name,
        question_set_version=str(questions.header.version),
        question_set_digest=questions.digest,
        target=target.name,
        ranking=target.ranking,
        index_version=target.index_version,
        started_at=started,
        seconds=round(perf_counter() - clock, 2),
        cores=os.cpu_count() or 1,
        git_commit=_git_commit(),
        packages=_packages(),
        items=len(items),
        failures=sum(bool(record.failure) for record in records),
    )
    return Run(header=header, records=tuple(records))


async def _ask_all(
    items: Sequence[Item],
    target: AnswerTarget,
    concurrency: int,
    report: Callable[[int, int], None] | None,
) -> list[Record]:
    gate = asyncio.Semaphore(concurrency)
    done = 0

    async def ask(item: Item) -> Record:
        nonlocal done
        async with gate:
            record = await target.ask(item)
        done += 1
        if report is not None:
            report(done, len(items))
        return record

    return list(await asyncio.gather(*(ask(item) for item in items)))


def _git_commit() -> str:
    """Return the commit of the working tree, `+changes` when it has any; empty outside git."""
    try:
        commit = _git("rev-parse", "--short=12", "HEAD")
        return commit + ("+changes" if _git("status", "--porcelain") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def _packages() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found

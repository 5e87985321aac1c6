"""Progress of a build: a bar on a terminal, plain lines anywhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def reporter(stream: TextIO) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that takes stage, done and total (0 when unknown).

    Args:
        stream: Where progress goes; never the stream that carries results.
    """
    if not stream.isatty():
        yield _PlainLines(stream).report
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=stream)) as bars:
        tasks = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield report


class _PlainLines:
    """One line when a stage begins and one when it ends: quiet enough for a log."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._stage = ""

    def report(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            print(f"{stage} …", file=self._stream)
        elif total and done == total:
            print(f"{stage}: {done} of {total}", file=self._stream)
        self._stage = stage

"""Answers per second with one and with eight clients.

One process is what `serve` starts by default; two are what an operator with two cores would start.
The clients run on the same cores.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter

import httpx

from eval.benchmarks.latency import spread
from eval.benchmarks.running import conditionalqa_index, service
from eval.importers.conditionalqa import import_conditionalqa

CLIENTS = 8
QUESTIONS = 400
RUNS = 3
PROCESSES = 2


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return the medians of three runs."""
    index = conditionalqa_index(data, out)
    _, items = import_conditionalqa(data / "conditionalqa")
    questions = [item.question for item in items[:QUESTIONS]]
    figures: dict[str, object] = {}
    for workers in (1, PROCESSES):
        with service(index, out, workers=workers) as (url, _):
            _load(url, questions[:80], clients=4)  # warm, so many that every process has some
            for clients in (1, CLIENTS):
                runs = [_load(url, questions, clients=clients) for _ in range(RUNS)]
                figures[f"{clients}_clients_{workers}_processes"] = {
                    name: round(median(run[name] for run in runs), 1) for name in runs[0]
                }
    return figures


def _load(url: str, questions: Sequence[str], *, clients: int) -> dict[str, float]:
    """Ask all questions from as many clients and return answers a second and their times."""
    lock, waiting = threading.Lock(), list(questions)

    def client(_: int) -> list[float]:
        times: list[float] = []
        with httpx.Client(base_url=url, timeout=60) as session:
            while True:
                with lock:
                    if not waiting:
                        return times
                    question = waiting.pop()
                started = perf_counter()
                session.post("/v1/ask", json={"question": question}).raise_for_status()
                times.append((perf_counter() - started) * 1000)

    started = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        times = [value for part in pool.map(client, range(clients)) for value in part]
    return {"answers_per_second": len(questions) / (perf_counter() - started), **spread(times)}

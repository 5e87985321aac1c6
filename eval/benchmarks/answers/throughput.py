"""Answers per second with one and with eight clients, and where the milliseconds of one go.

One process is what `serve` starts by default; two are what an operator with two cores would start.
The clients run on the same cores.
"""

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter

import httpx

from bot import Services, answer_question
from bot.answer import Answer
from bot.enquiry import Enquiry
from bot.wiring import build_services
from eval.benchmarks.latency import spread
from eval.benchmarks.running import conditionalqa_index, service
from eval.importers.conditionalqa import import_conditionalqa

CLIENTS = 8
QUESTIONS = 400
ALONE = 200
RUNS = 3
PROCESSES = 2


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return the medians of three runs and the milliseconds of each stage."""
    index = conditionalqa_index(data, out)
    _, items = import_conditionalqa(data / "conditionalqa")
    questions = [item.question for item in items[:QUESTIONS]]
    figures: dict[str, object] = {"stages": _stages(questions[:ALONE], index)}
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


def _stages(questions: Sequence[str], index: Path) -> dict[str, dict[str, float]]:
    """Return the spread of each stage of an answer in this process."""
    services = build_services(index_directory=index)
    timings = asyncio.run(_timings(questions, services))[20:]
    names = ("checking", "searching", "writing", "total")
    return {name: spread([t[name] for t in timings if name in t]) for name in names}


async def _timings(questions: Sequence[str], services: Services) -> list[dict[str, float]]:
    timings = []
    for question in questions:
        async for event in answer_question(Enquiry(question), services):
            if isinstance(event, Answer):
                timings.append(dict(event.timings_ms))
    return timings

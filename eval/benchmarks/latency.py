"""Time of an answer in this process and over HTTP, start-up, and two clients at once."""

import asyncio
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import httpx
import numpy as np

from bot import Answer, Enquiry, Services, answer_question
from bot.wiring import build_services
from eval.benchmarks.running import conditionalqa_index, service
from eval.importers.conditionalqa import import_conditionalqa

QUESTIONS = 200
WARM_UP = 20


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return milliseconds of the engine and of `/v1/ask`, and what two clients at once got."""
    index = conditionalqa_index(data, out)
    _, items = import_conditionalqa(data / "conditionalqa")
    questions = [item.question for item in items[: QUESTIONS + WARM_UP]]
    figures: dict[str, object] = {"ask_milliseconds": _engine(questions, index)}
    with service(index, out) as (url, seconds):
        figures["ready_after_seconds"] = round(seconds, 1)
        with httpx.Client(base_url=url, timeout=60) as client:
            _timed(client, questions[:WARM_UP])
            figures["http_milliseconds"] = spread(_timed(client, questions[WARM_UP:]))
            alone = [_answer(client, question) for question in questions[WARM_UP:]]
        figures["two_clients"] = _two_clients(url, questions[WARM_UP:], alone)
    return figures


def _engine(questions: Sequence[str], index: Path) -> dict[str, float]:
    services: Services = build_services(index_directory=index)

    async def ask(question: str) -> float:
        started = perf_counter()
        async for event in answer_question(Enquiry(question), services):
            if isinstance(event, Answer):
                break
        return (perf_counter() - started) * 1000

    async def all_of_them() -> list[float]:
        return [await ask(question) for question in questions]

    return spread(asyncio.run(all_of_them())[WARM_UP:])


def _timed(client: httpx.Client, questions: Sequence[str]) -> list[float]:
    times = []
    for question in questions:
        started = perf_counter()
        _answer(client, question)
        times.append((perf_counter() - started) * 1000)
    return times


def _answer(client: httpx.Client, question: str) -> dict[str, object]:
    reply = client.post("/v1/ask", json={"question": question})
    reply.raise_for_status()
    answer: dict[str, object] = reply.json()
    return {k: v for k, v in answer.items() if k not in ("answer_id", "timings_ms")}


def _two_clients(
    url: str, questions: Sequence[str], alone: Sequence[dict[str, object]]
) -> dict[str, object]:
    """Ask all questions from two clients at once, in opposite order, and compare every answer."""

    def ask_all(order: Sequence[int]) -> list[tuple[int, dict[str, object]]]:
        with httpx.Client(base_url=url, timeout=60) as client:
            return [(number, _answer(client, questions[number])) for number in order]

    forward = list(range(len(questions)))
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(ask_all, forward), pool.submit(ask_all, forward[::-1])]
        answers = [pair for done in both for pair in done.result()]
    wrong = sum(json.dumps(answer) != json.dumps(alone[number]) for number, answer in answers)
    return {"asked": len(answers), "lost": 2 * len(questions) - len(answers), "mixed_up": wrong}


def spread(times: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile of milliseconds, and of how many."""
    p50, p95 = np.quantile(times, [0.5, 0.95])
    return {"p50": round(float(p50), 1), "p95": round(float(p95), 1), "questions": len(times)}

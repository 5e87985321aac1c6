"""Where the milliseconds of an answer go: each step is asked alone, with the same questions.

Nothing is timed in the request path beyond its four stages. A share is the time of a step in all
questions, of the time of all answers; what no step accounts for is `the_rest` (threads, events,
notices, a question that was asked in two languages or for two nations).
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

from bot import Enquiry, Services, answer_question
from bot.answer import Answer, AnswerStatus
from bot.quoting.quotations import choose_quotations
from bot.replying.composition import quoted
from bot.replying.replies import blank_answer
from bot.retrieval import find_evidence
from bot.retrieval.lexical_signals import asked_words, lexical_shares
from bot.retrieval.query_vectors import query_vectors
from bot.retrieval.search import Depth
from bot.searching import held, search_guidance
from bot.understanding.understand import understand
from bot.wiring import build_services
from eval.benchmarks.latency import spread
from eval.benchmarks.running import conditionalqa_index
from eval.importers.conditionalqa import import_conditionalqa
from guardrails import check_question
from ingestion.passage_index import LexicalField

QUESTIONS = 200
WARM_UP = 20
RUNS = 3
LAPS = ("checking", "searching", "writing", "total")
Times = dict[str, float]
Result = TypeVar("Result")


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return each step's milliseconds and share of the answers, and the four stages answers tell.

    Medians of three runs over the questions that are answered from the guidance.
    """
    services = build_services(index_directory=conditionalqa_index(data, out))
    _, items = import_conditionalqa(data / "conditionalqa")
    questions = [item.question for item in items[: QUESTIONS + WARM_UP]]
    runs = [_run(questions, services) for _ in range(RUNS)]
    steps = list(runs[0][0][0])
    totals = [sum(row["total"] for row, _ in run) for run in runs]
    return {
        "questions": len(runs[0]),
        "steps": {
            step: {
                "p50": round(median(median(row[step] for row, _ in run) for run in runs), 2),
                "share": round(
                    median(
                        sum(row[step] for row, _ in run) / total
                        for run, total in zip(runs, totals, strict=True)
                    ),
                    3,
                ),
            }
            for step in steps
        },
        "stages": {
            lap: spread([laps[lap] for run in runs for _, laps in run if lap in laps])
            for lap in LAPS
        },
    }


def _run(questions: Sequence[str], services: Services) -> list[tuple[Times, Times]]:
    rows = []
    for question in questions:
        answer, total = asyncio.run(_answered(question, services))
        if answer.status is AnswerStatus.ANSWERED:
            rows.append((_steps(question, total, services), dict(answer.timings_ms)))
    return rows[WARM_UP:]


async def _answered(question: str, services: Services) -> tuple[Answer, float]:
    started = perf_counter()
    async for event in answer_question(Enquiry(question), services):
        if isinstance(event, Answer):
            return event, (perf_counter() - started) * 1000
    message = "the journey ended without an answer"
    raise AssertionError(message)


def _steps(question: str, total: float, services: Services) -> Times:
    """Return the milliseconds of each step of one answer; what contains others is less them."""
    index, calibration, today = services.index, services.calibration, services.today()
    embedding, _ = _timed(lambda: services.embedder.embed_queries([question]))
    check, _ = _timed(lambda: check_question(question, services.policy))
    services.embedder.embed_queries([question])  # forgets what the check kept
    whole, understood = _timed(
        lambda: understand(Enquiry(question), services.policy, services.vocabulary)
    )
    query = understood.query
    assert query is not None  # noqa: S101  # it was answered
    vectors = query_vectors(query, services.embedder)
    asking, asked = _timed(lambda: asked_words(query, index))
    fields = (LexicalField.PASSAGE, LexicalField.PAGE, LexicalField.TITLE)
    scoring, _ = _timed(lambda: [lexical_shares(asked, index, field) for field in fields])
    lexical = asking + scoring
    limit = Depth().passages_per_retriever
    dense, _ = _timed(lambda: index.nearest_passages(vectors[:1], limit))
    finding, _ = _timed(lambda: find_evidence(query, vectors, index, calibration, today=today))
    check_question(question, services.policy)  # keeps the vector, as in an answer
    search, _ = _timed(lambda: search_guidance(query, services))
    check_question(question, services.policy)
    holding, (kept, evidence, _) = _timed(lambda: held(query, services))
    quoting, _ = _timed(
        lambda: quoted(
            blank_answer("id", understood), choose_quotations(kept, evidence, index, today), index
        )
    )
    steps = {
        "guardrails_without_embedding": check - embedding,
        "embedding": embedding,
        "understanding": whole - check,
        "lexical_search": lexical,
        "dense_search": dense,
        "ranking_pages_and_units": finding - lexical - dense,
        "what_is_held_and_for_whom": holding - search,
        "quoting_and_links": quoting,
    }
    return {**steps, "the_rest": total - sum(steps.values()), "total": total}


def _timed(call: Callable[[], Result]) -> tuple[float, Result]:
    started = perf_counter()
    result = call()
    return (perf_counter() - started) * 1000, result

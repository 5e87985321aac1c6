"""How long the guardrails take, also for texts made to be slow."""

import gc
import random
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from time import perf_counter, thread_time

from eval.benchmarks.guards.rates import rate, rows_of, served_policy
from eval.benchmarks.guards.statements import FILES
from guardrails import check_question, check_statement

ROUNDS = 500
STRINGS = 10_000
LENGTH = 4_000
LIMIT_MS = 50.0
_QUESTION = (
    "I was working in Leeds until 3 March 2024 and paid National Insurance. My number is AB 12 34 "
    "56 C and my phone is 07700 900123. How do I claim a refund for last year, and does my "
    "husband, who earns £18,500, need to send the form as well? My daughter starts school in "
    "September and my mother, who is 82, lives with us. She gets a small pension from Poland. "
    "Should we tell the council that she is here, and does her pension count as income when they "
    "work out our Council Tax Reduction or not at all? Thanks for the help."
)
_PIECES = (
    "a", "1", "1 ", "1-", "a1", ".", "a.", "a@", "www.", "(", "[", "£1,", "0 7", "12/",
    "my name is ", "i want to ", "he is ", "ignore all ", "the previous and the ", "you are ",
    "what is the ", "kill ", "password is my ", "\u200b", "e\u0301", "AB12 ", "12 Acacia ",
    "flat 1 ", "born ", "Q: a ", "context: ", "not ", "[name removed] ", "\n\n", "GB29",
    "1 January ", "thanks ", "someone is ", "no ", "ref ", "his brother ", "4111 1111 ", "+44",
    "a-b-", "it is ", "mae ", "QUJD", "deadbeef", "<|system|>", "и", "ﬁ", "🙂", "all of the ",
    "my ex ", "can i ", "\\n",
)  # fmt: skip


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return milliseconds of both sides, and of texts made to be slow."""
    del out
    slow = sorted(_time_hostile(), reverse=True)
    return {
        "question_side_500_characters": _percentiles(_check, [_QUESTION[:500]] * ROUNDS),
        "answer_side": _percentiles_of(_statement_times(data)),
        "hostile_strings": {
            "strings": len(slow),
            "characters": LENGTH,
            "largest_processor_ms": round(slow[0], 1),
            "p99_processor_ms": round(slow[len(slow) // 100], 1),
            f"above_{LIMIT_MS:.0f}_processor_ms": rate(
                sum(took > LIMIT_MS for took in slow), len(slow)
            ),
        },
    }


def _check(text: str) -> None:
    check_question(text, served_policy())


def _time_hostile() -> Iterator[float]:
    """Yield milliseconds of the processor, so that other processes of the machine do not count."""
    _check(_QUESTION)
    gc.collect()
    gc.freeze()  # As the service does once its models are loaded.
    dice = random.Random(7)  # noqa: S311 - repeatable texts, no secret
    for _ in range(STRINGS):
        text = _hostile(dice)
        start = thread_time()
        _check(text)
        yield (thread_time() - start) * 1_000


def _hostile(dice: random.Random) -> str:
    count = dice.choice((1, 1, 2, 3, 6, 40))
    noise = string.printable
    pieces = [
        dice.choice(_PIECES) if dice.random() < 0.75 else "".join(dice.choices(noise, k=5))
        for _ in range(count)
    ]
    piece = "".join(pieces)
    return (piece * (LENGTH // len(piece) + 1))[: LENGTH - 1] + "!"


def _statement_times(data: Path) -> Iterator[float]:
    for name in FILES:
        for row in rows_of(data / "guardrails" / f"{name}.jsonl"):
            sources = [str(row["knowledge"])]
            start = perf_counter()
            check_statement(str(row["right_answer"]), sources)
            yield (perf_counter() - start) * 1_000


def _percentiles(work: Callable[[str], None], texts: list[str]) -> dict[str, float]:
    work(texts[0])
    return _percentiles_of(_milliseconds(work, text) for text in texts)


def _percentiles_of(times: Iterator[float]) -> dict[str, float]:
    taken = list(times)
    if len(taken) < 2:
        return {}
    parts = quantiles(taken, n=20)
    return {"p50_ms": round(parts[9], 2), "p95_ms": round(parts[18], 2)}


def _milliseconds(work: Callable[[str], None], text: str) -> float:
    start = perf_counter()
    work(text)
    return (perf_counter() - start) * 1_000

"""How much longer an answer takes from a hundred thousand passages than from ten thousand."""

import random
import shutil
from pathlib import Path
from time import perf_counter

import httpx

from eval.benchmarks.large_corpus import SIZES, VOCABULARY, write_pages
from eval.benchmarks.latency import spread
from eval.benchmarks.running import run, service
from eval.benchmarks.static_model import save_static_model

QUESTIONS = 200
WARM_UP = 20


def measure(data: Path, out: Path) -> dict[str, object]:  # noqa: ARG001  # made up, not read
    """Return milliseconds of `/v1/ask` for each size, asked in turns, and what the large one adds.

    Embedding is the same whatever the size, so the static model changes nothing in the difference.
    """
    folder = out / "growth"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    words = [f"w{number}" for number in range(VOCABULARY)]
    model = str(save_static_model(folder, words))
    indexes = [_built(folder, size, words, model) for size in SIZES]
    chance = random.Random(3)  # noqa: S311  # made-up questions
    questions = [
        "How does " + " ".join(chance.sample(words, 9)) + "?" for _ in range(QUESTIONS + WARM_UP)
    ]
    with (
        service(indexes[0], out / "small", model=model) as (small, _),
        service(indexes[1], out / "large", model=model) as (large, _),
        httpx.Client(timeout=60) as client,
    ):
        # In turns, so that whatever else the machine does falls on both.
        times = [
            [_milliseconds(client, url, question) for url in (small, large)]
            for question in questions
        ][WARM_UP:]
    spreads = [spread([pair[which] for pair in times]) for which in (0, 1)]
    shutil.rmtree(folder)
    return {
        **{str(size): found for size, found in zip(SIZES, spreads, strict=True)},
        "added_p50_milliseconds": round(spreads[1]["p50"] - spreads[0]["p50"], 1),
    }


def _built(folder: Path, size: int, words: list[str], model: str) -> Path:
    pages, index = folder / f"pages-{size}", folder / f"index-{size}"
    write_pages(pages, size, words)
    done = run("ingestion", "build", str(pages), "--index", str(index), "--publish", model=model)
    if done.code:
        message = f"building {size} passages ended with {done.code}: {done.errors}"
        raise RuntimeError(message)
    shutil.rmtree(pages)
    return index


def _milliseconds(client: httpx.Client, url: str, question: str) -> float:
    started = perf_counter()
    client.post(f"{url}/v1/ask", json={"question": question}).raise_for_status()
    return (perf_counter() - started) * 1000

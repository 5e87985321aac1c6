"""Memory and seconds for each passage of corpora of ten and of a hundred thousand passages."""

import json
import random
import resource
import shutil
from pathlib import Path

from eval.benchmarks.running import run
from eval.benchmarks.static_model import save_static_model

SIZES = (10_000, 100_000)
PASSAGES_A_PAGE = 5
SENTENCES, WORDS = 4, 12
VOCABULARY = 20_000
TOPIC = 150
KILOBYTES_A_GIGABYTE = 1024 * 1024


def measure(data: Path, out: Path) -> dict[str, object]:  # noqa: ARG001  # made up, not read
    """Return seconds per thousand passages and the peak of memory for each size."""
    folder = out / "large"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    words = [f"w{number}" for number in range(VOCABULARY)]
    model = str(save_static_model(folder, words))
    figures: dict[str, object] = {}
    costs = []
    for size in SIZES:
        pages = folder / f"pages-{size}"
        write_pages(pages, size, words)
        index = folder / f"index-{size}"
        done = run(
            "ingestion",
            "build",
            str(pages),
            "--index",
            str(index),
            "--publish",
            "--json",
            model=model,
        )
        if done.code:
            message = f"building {size} passages ended with {done.code}: {done.errors}"
            raise RuntimeError(message)
        summary = json.loads(done.output)
        costs.append(summary["seconds"]["total"] / summary["passages"])
        figures[str(size)] = {
            "pages": summary["pages"],
            "passages": summary["passages"],
            "units": summary["units"],
            "seconds": summary["seconds"],
            "milliseconds_a_passage": round(1000 * costs[-1], 3),
            # Of the largest child so far: sizes are measured from small to large.
            "peak_memory_gb": round(_peak_memory_gb(), 2),
        }
        shutil.rmtree(pages)
        shutil.rmtree(index)
    figures["cost_growth"] = round(costs[-1] / costs[0] - 1, 3)
    return figures


def _peak_memory_gb() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KILOBYTES_A_GIGABYTE


def write_pages(folder: Path, passages: int, words: list[str]) -> None:
    """Write Markdown pages with five sections of made-up sentences each."""
    folder.mkdir()
    chance = random.Random(passages)  # noqa: S311  # made-up text
    for page in range(passages // PASSAGES_A_PAGE):
        # A page has a topic: its words come from a small part of all words, as on real pages.
        topic = chance.sample(words, TOPIC)
        sections = []
        for section in range(PASSAGES_A_PAGE):
            text = ". ".join(
                " ".join(chance.choices(topic, k=WORDS)).capitalize() for _ in range(SENTENCES)
            )
            sections.append(f"## Section {page} {section}\n\n{text}.\n")
        matter = f"---\nurl: https://example.gov.uk/{page}\ntitle: Page {page}\n---\n\n"
        (folder / f"{page:06}.md").write_text(matter + "\n".join(sections), "utf-8")

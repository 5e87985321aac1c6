"""MTRAG-UN, government part: the last turn of a conversation over passages and distractors.

Nothing was fitted on these conversations. A question with more than five judged passages cannot
reach a recall of 1, so the best possible mean is given beside it.
"""

import asyncio
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot import Services
from bot.wiring import build_services
from eval.benchmarks.running import run
from eval.importers.mtrag_un import import_mtrag_un, write_pages
from eval.question_set import Item
from eval.retrieval_metrics import ndcg_at, recall_at, reciprocal_rank
from eval.targets import ask_locally
from ingestion.passage_index import LexicalField

Ranking = list[str]


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return retrieval figures of the bot and of plain BM25, and the replies by answerability."""
    services = build_services(index_directory=_index(data, out))
    _, items = import_mtrag_un(data / "mtrag_un_govt")
    judged = [item for item in items if item.qrels]
    rankings, replies = asyncio.run(_asked(items, services))
    return {
        "questions": len(judged),
        "passages": len(services.index.pages),
        "bot": _figures(judged, [rankings[item.id] for item in judged]),
        "bm25_of_all_turns": _figures(judged, [_bm25(item, services) for item in judged]),
        "best_possible_recall_at_5": round(
            float(np.mean([min(5, len(i.qrels)) / len(i.qrels) for i in judged])), 4
        ),
        "replies": {f"{kind}: {status}": n for (kind, status), n in sorted(replies.items())},
    }


def _index(data: Path, out: Path) -> Path:
    pages, index = out / "mtrag-pages", out / "mtrag-index"
    shutil.rmtree(pages, ignore_errors=True)
    write_pages(data / "mtrag_un_govt", pages)
    built = run("ingestion", "build", str(pages), "--index", str(index), "--publish")
    if built.code:
        message = f"building the index of {pages} ended with {built.code}: {built.errors}"
        raise RuntimeError(message)
    return index


async def _asked(
    items: Sequence[Item], services: Services
) -> tuple[dict[str, Ranking], Counter[tuple[str, str]]]:
    rankings: dict[str, Ranking] = {}
    replies: Counter[tuple[str, str]] = Counter()
    for item in items:
        answer, found = await ask_locally(item, services)
        rankings[item.id] = [page.url for page in found.pages] if found else []
        replies[item.answerability, answer.status.value] += 1
    return rankings, replies


def _bm25(item: Item, services: Services) -> Ranking:
    text = " ".join(turn.content for turn in item.turns)
    words = services.index.word_weights(text)
    scores = services.index.lexical_scores(words, LexicalField.PAGE)
    order = np.argsort(-scores, kind="stable")[:100]
    return [services.index.pages[int(row)].url for row in order if scores[row]]


def _figures(items: Sequence[Item], rankings: Sequence[Ranking]) -> dict[str, float]:
    pairs = [(r, [q.url for q in i.qrels]) for i, r in zip(items, rankings, strict=True)]
    return {
        "recall_at_5": round(float(np.mean([recall_at(r, wanted, 5) for r, wanted in pairs])), 4),
        "ndcg_at_5": round(float(np.mean([ndcg_at(r, wanted, 5) for r, wanted in pairs])), 4),
        "mrr": round(float(np.mean([reciprocal_rank(r, wanted) for r, wanted in pairs])), 4),
    }

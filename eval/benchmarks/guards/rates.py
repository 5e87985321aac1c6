"""Shares with their interval, and the policy that is measured."""

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from eval.intervals import wilson
from guardrails import QuestionPolicy
from guardrails.settings import GuardrailSettings
from guardrails.wiring import build_question_policy
from ingestion.settings import IndexSettings
from ingestion.wiring import load_embedder

Row = dict[str, object]
_T = TypeVar("_T")


def rate(hits: int, of: int) -> dict[str, float | int]:
    """Return a share with its 95% Wilson interval; only the count when there is nothing."""
    if not of:
        return {"of": 0}
    found = wilson(hits, of)
    return {
        "hits": hits,
        "of": of,
        "share": round(found.value, 4),
        "low": round(found.low, 4),
        "high": round(found.high, 4),
    }


def rate_of(texts: Iterable[_T], judge: Callable[[_T], bool]) -> dict[str, float | int]:
    """Return the share of texts, or of what holds them, that a judge says yes to."""
    judged = [judge(text) for text in texts]
    return rate(sum(judged), len(judged))


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a file of JSON lines; none when it is missing."""
    if not path.is_file():
        return []
    # Not splitlines(): some texts hold a line separator.
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@lru_cache
def served_policy() -> QuestionPolicy:
    """Return the rules as the service builds them, with the configured embedding model."""
    embedder = load_embedder(IndexSettings())
    return build_question_policy(GuardrailSettings(), embed=embedder.embed_queries)

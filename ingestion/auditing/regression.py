"""Questions with known pages: the new version must not find fewer of them than the live one.

Reads the question sets of the evaluation: `items.jsonl` with `turns`, `answerability` and `qrels`.
Search is the index's own, words and meaning combined; the evaluation measures whole answers.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.auditing.findings import Finding, blocks, warns
from ingestion.embedding import Embedder
from ingestion.errors import SourceNotFoundError
from ingestion.passage_index import PassageIndex
from ingestion.search import search_passages

AMONG = 5
SEARCHED = 30
# One-sided exact test on the questions that only one version answers (McNemar, 1947).
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question and the addresses of the pages that answer it."""

    text: str
    pages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question asked of two versions.

    Attributes:
        question: As asked.
        found_before, found_after: Whether a right page was among the first five.
        first_before, first_after: Id of the first passage; empty when nothing was found.
        page_after: Address of the first page now; empty when nothing was found.
    """

    question: KnownQuestion
    found_before: bool
    found_after: bool
    first_before: str
    first_after: str
    page_after: str


def read_questions(path: Path) -> list[KnownQuestion]:
    """Return the answerable single questions of a question set.

    Args:
        path: Its folder, or one file of JSON lines.

    Raises:
        SourceNotFoundError: There is no such set, or it is not one.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    try:
        questions = [question for file in files for question in _questions(file)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceNotFoundError(str(path)) from error
    if not questions:
        raise SourceNotFoundError(str(path))
    return questions


def _questions(file: Path) -> Iterator[KnownQuestion]:
    for line in file.read_text("utf-8").splitlines():
        item = json.loads(line) if line.strip() else {}
        pages = frozenset(str(qrel["url"]) for qrel in item.get("qrels", ()))
        if pages and len(item["turns"]) == 1:
            yield KnownQuestion(item["turns"][-1]["content"], pages)


def compare(
    questions: Sequence[KnownQuestion],
    before: PassageIndex,
    after: PassageIndex,
    embedder: Embedder,
) -> list[Comparison]:
    """Ask each question of both versions."""
    return [_compare(question, before, after, embedder) for question in questions]


def check(comparisons: Sequence[Comparison]) -> Iterator[Finding]:
    """Name the questions that lost their page; block when the loss is more than chance."""
    lost = [c for c in comparisons if c.found_before and not c.found_after]
    won = sum(c.found_after and not c.found_before for c in comparisons)
    for comparison in lost:
        text = "A right page was among the first five in the live version and no longer is."
        yield warns("regression", comparison.question.text, text)
    if not lost:
        return
    # Imported here: scipy takes half a second, and most builds have no question set.
    from scipy.stats import binomtest  # noqa: PLC0415

    chance = float(binomtest(len(lost), len(lost) + won, 0.5, alternative="greater").pvalue)
    if chance < SIGNIFICANT:
        text = (
            f"Of {len(comparisons)} questions {len(lost)} lost their page and {won} gained it "
            f"(p = {chance:.3f})."
        )
        yield blocks("regression", "question set", text)


def _compare(
    question: KnownQuestion, before: PassageIndex, after: PassageIndex, embedder: Embedder
) -> Comparison:
    found, first, page = [], [], ""
    for index in (before, after):
        hits = search_passages(question.text, index, embedder, limit=SEARCHED)
        pages = list(dict.fromkeys(hit.passage.page.url for hit in hits))
        found.append(bool(question.pages & set(pages[:AMONG])))
        first.append(hits[0].passage.passage_id if hits else "")
        page = pages[0] if pages else ""
    return Comparison(question, found[0], found[1], first[0], first[1], page)

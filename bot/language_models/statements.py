"""The check of a block a language model wrote: nothing is shown that its sources do not carry.

Guardrails check links, figures, words and polarity; here names and promises are looked for, and
each sentence is laid beside the one it leans on (see `claims` and `alignment`).
"""

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

import numpy as np

from bot.language_models.alignment import misaligned
from bot.language_models.claims import unsupported_claim
from bot.language_models.sources import source_text
from bot.retrieval import Evidence
from guardrails import Category, Outcome, Verdict, check_statement
from ingestion.embedding import Embedder
from ingestion.passage import Passage
from ingestion.passage_index import PassageIndex

FEWEST_WORDS = 2
# With the bundled model the true blocks of `tests/bot/data/truths.txt` are at least .52 like
# what they rest on, and nine of ten pairs of a block and any other passage less than .39 (2026-11).
LEAST_LIKENESS = 0.4


class Support:
    """The check of blocks against what was found for one question."""

    def __init__(self, evidence: Evidence, index: PassageIndex, embedder: Embedder) -> None:
        self._index, self._embedder = index, embedder
        self._rows: dict[str, list[int]] = {}
        self._row_of = {index.passages[u.passage].passage_id: u.passage for u in evidence.units}
        for unit in evidence.units:
            self._rows.setdefault(index.passages[unit.passage].passage_id, []).append(unit.row)

    def check(self, statement: str, passages: Sequence[Passage]) -> Verdict:
        """Return BLOCK with the reason when passages do not carry a block, else ALLOW.

        Args:
            statement: One block as the model wrote it, citation marks taken out.
            passages: Those it cites, of the evidence.
        """
        start = perf_counter()
        verdict = self._judged(statement, passages)
        return replace(verdict, milliseconds=(perf_counter() - start) * 1_000)

    def _judged(self, statement: str, passages: Sequence[Passage]) -> Verdict:
        sources = [source_text(passage) for passage in passages]
        verdict = check_block(statement, sources, [passage.page.url for passage in passages])
        if verdict.blocked or self._likeness(statement, passages) >= LEAST_LIKENESS:
            return verdict
        return _blocked("It is about something else than the passages it names.")

    def _likeness(self, statement: str, passages: Sequence[Passage]) -> float:
        """Return how like a block the closest unit or passage of those it cites is, a cosine."""
        said = self._embedder.embed_queries([statement])[0]
        found = -1.0
        for passage in passages:
            units = self._index.unit_vectors[self._rows[passage.passage_id]]
            whole = self._index.passage_vectors[self._row_of[passage.passage_id]]
            found = max(found, float(np.max(units @ said)), float(whole @ said))
        return found


def check_block(
    statement: str, sources: Sequence[str], allowed_links: Sequence[str] = ()
) -> Verdict:
    """Return BLOCK with the reason when a block says more than its sources, else ALLOW.

    Args:
        statement: One block as the model wrote it, citation marks taken out.
        sources: The cited passages as `bot.language_models.sources.source_text` writes them.
        allowed_links: Addresses of the cited pages.
    """
    if len(statement.split()) < FEWEST_WORDS:
        return _blocked("It says nothing.")
    reason = unsupported_claim(statement, "\n".join(sources)) if sources else ""
    if reason:
        return _blocked(reason)
    verdict = check_statement(statement, sources, allowed_links=allowed_links)
    if verdict.blocked:
        return verdict
    reason = misaligned(statement, sources)
    return _blocked(reason) if reason else verdict


def _blocked(reason: str) -> Verdict:
    return Verdict(Outcome.BLOCK, "block", Category.UNSUPPORTED_STATEMENT, reason)

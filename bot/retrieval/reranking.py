"""Question and text read together, by a model that was trained to: an optional second opinion.

Search compares texts that were read apart. A cross-encoder reads the question and a passage as one
text, which tells more and costs more, so that only the best few passages are read. What it says is
added to the fused scores; nobody is called where none is configured.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.evidence import Evidence
from bot.retrieval.query import Query
from ingestion.embedding_texts import passage_text
from ingestion.passage_index import PassageIndex

PAGES_READ = 8
PASSAGES_READ = 2
"""Of each page: those that hold its best units."""
MOST_GAIN = 6.0
"""Less than what another nation, language or year takes off a page (see `suitability`)."""

Floats = NDArray[np.float32]


class PairReader(Protocol):
    """Says how well texts answer a question, reading each together with it."""

    @property
    def name(self) -> str:
        """Name or folder of the model."""
        ...

    @property
    def weight(self) -> float:
        """What its log-odds are multiplied by beside fused scores; 0 changes nothing."""
        ...

    def read(self, question: str, texts: Sequence[str]) -> Floats:
        """Return log-odds that each text answers, shape (len(texts),); higher is better.

        A text gets the same value alone or in company, but for rounding.
        """
        ...


def reranked(query: Query, evidence: Evidence, index: PassageIndex, reader: PairReader) -> Evidence:
    """Return the evidence in the order of fused scores and second opinion together.

    Pages and units only gain, at most `MOST_GAIN`, so that what was not read stays behind. The
    confidence stays as it was calibrated: on what search says alone.

    Args:
        query: What was searched for; the whole of it is read.
        evidence: What search found.
        index: The opened index version.
        reader: The model.
    """
    rows = _passages_to_read(evidence)
    if not rows or not reader.weight:
        return evidence
    said = reader.read(query.both, [passage_text(index.passages[row]) for row in rows])
    gains = np.minimum(reader.weight * (said - said.min()), MOST_GAIN)
    gain_of = dict(zip(rows, map(float, gains), strict=True))
    of_page: dict[int, float] = {}
    for row, gain in gain_of.items():
        page = int(index.page_of_passage[row])
        of_page[page] = max(gain, of_page.get(page, 0.0))
    pages = [replace(p, score=p.score + of_page.get(p.row, 0.0)) for p in evidence.pages]
    units = [replace(u, score=u.score + gain_of.get(u.passage, 0.0)) for u in evidence.units]
    return replace(
        evidence,
        pages=tuple(sorted(pages, key=lambda page: (-page.score, page.row))),
        units=tuple(sorted(units, key=lambda unit: (-unit.score, unit.row))),
    )


def _passages_to_read(evidence: Evidence) -> list[int]:
    """Return rows of the passages of the best pages, each page's best first."""
    of_page: dict[int, list[int]] = {page.row: [] for page in evidence.pages[:PAGES_READ]}
    for unit in evidence.units:
        rows = of_page.get(unit.page)
        if rows is not None and unit.passage not in rows and len(rows) < PASSAGES_READ:
            rows.append(unit.passage)
    return [row for rows in of_page.values() for row in rows]

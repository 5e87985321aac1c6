"""Choose what to quote: whole pieces of structure, never half of one.

Rules, from the study of failures of extractive answers (lists without their lead-in, cells
without their headings, exceptions cut off):

* a list item comes with its lead-in and its fellow items; a step with all steps;
* a table row comes with its column headings;
* a short paragraph is quoted whole;
* of a longer one, a sentence that leans on the one before it ("This ...", "However ...") brings
  that one, and a sentence followed by an exception or a condition brings that one too;
* a sentence that introduces a list is quoted with the list.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.retrieval import Evidence, Query, UnitCandidate
from bot.retrieval.wanted import asks_amount, asks_time, holds_amount, holds_time
from ingestion.passage import Passage, Unit, UnitKind
from ingestion.passage_index import PassageIndex

MAX_QUOTATIONS = 3
MAX_LIST_ITEMS = 10
MAX_TABLE_ROWS = 6
MAX_SENTENCES = 4
MAX_WORDS = 75
# Units whose share of relevance is under a quarter of the best one's are left out
# (exp(-1.4) = 0.25); unit scores are log-odds of a listwise fit.
MAX_SCORE_GAP = 1.4
# A wanted figure may be less like the question than the sentence that introduces it.
MAX_WANTED_GAP = 4.0

_LEANS_BACK = re.compile(
    r"^(?:This|That|These|Those|It|They|He|She|However|But|Otherwise|Instead|In this case|If so|"
    r"If not|Then|Mae hyn|Ond|Fodd bynnag)\b"
)
_EXCEPTION = re.compile(
    r"^(?:However|But|Unless|Except|Otherwise|Only|You cannot|You can’t|You can't|You will not|"
    r"You won’t|This does not|This doesn’t|It does not|There are exceptions|If you|If your|"
    r"Ond|Oni bai|Fodd bynnag|Os)\b"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A run of units of one block of one passage, in reading order.

    Attributes:
        passage: The passage quoted.
        page: Row of its page in the index.
        units: What is quoted; never empty.
        best: The unit it was chosen for.
        relevance: Relevance compared with the best quotation of the answer, in (0, 1].
    """

    passage: Passage
    page: int
    units: tuple[Unit, ...]
    best: Unit
    relevance: float


def choose_quotations(
    query: Query, evidence: Evidence, index: PassageIndex
) -> tuple[Quotation, ...]:
    """Return at most three quotations, the best first; empty when there is no evidence.

    When the question asks for an amount or a time and nothing chosen states one, the best
    quotation that does is added: "how much" must not be answered without an amount.
    """
    if not evidence.units:
        return ()
    lead = evidence.units[0]
    chosen: list[Quotation] = []
    for candidate in evidence.units:
        if lead.score - candidate.score > MAX_SCORE_GAP or len(chosen) == MAX_QUOTATIONS:
            break
        quotation = _quote(candidate, evidence.units, index, relevance_to=lead)
        if not any(_repeats(quotation, other) for other in chosen):
            chosen.append(quotation)
    for holds in _wanted(query.question):
        if not any(holds(_plain(quotation)) for quotation in chosen):
            chosen[1:1] = _first_holding(holds, evidence, index)
    return tuple(chosen[:MAX_QUOTATIONS])


def _first_holding(
    holds: Callable[[str], bool], evidence: Evidence, index: PassageIndex
) -> list[Quotation]:
    """Return the best quotation that holds something; at most one."""
    lead = evidence.units[0]
    for candidate in evidence.units:
        if lead.score - candidate.score > MAX_WANTED_GAP:
            break
        if holds(index.units[candidate.row].text):
            return [_quote(candidate, evidence.units, index, relevance_to=lead)]
    return []


def _wanted(question: str) -> list[Callable[[str], bool]]:
    wanted: list[Callable[[str], bool]] = []
    if asks_amount(question):
        wanted.append(holds_amount)
    if asks_time(question):
        wanted.append(holds_time)
    return wanted


def _repeats(quotation: Quotation, other: Quotation) -> bool:
    """Whether a quotation is of the same block as another, or says the same (a copied page)."""
    same_block = (
        quotation.passage is other.passage and quotation.units[0].block == other.units[0].block
    )
    return same_block or _says_the_same(_plain(quotation), _plain(other))


def _quote(
    candidate: UnitCandidate,
    ranked: Sequence[UnitCandidate],
    index: PassageIndex,
    *,
    relevance_to: UnitCandidate,
) -> Quotation:
    passage = index.passages[candidate.passage]
    best = index.units[candidate.row]
    score_of = {index.units[unit.row].unit_id: unit.score for unit in ranked}
    best, fellows = _block_of(best, passage)
    relevance = min(1.0, 2.718281828 ** (candidate.score - relevance_to.score))
    return Quotation(
        passage=passage,
        page=candidate.page,
        units=_extent(best, fellows, score_of),
        best=best,
        relevance=relevance,
    )


def _block_of(best: Unit, passage: Passage) -> tuple[Unit, tuple[Unit, ...]]:
    """Return the unit and its block; a lead-in sentence becomes the list it introduces."""
    fellows = tuple(unit for unit in passage.units if unit.block == best.block)
    if best.kind is UnitKind.SENTENCE and best.text.endswith(":"):
        following = tuple(unit for unit in passage.units if unit.block == best.block + 1)
        if following and following[0].lead_in.endswith(best.text):
            return following[0], following
    return best, fellows


def _extent(best: Unit, fellows: tuple[Unit, ...], score_of: dict[str, float]) -> tuple[Unit, ...]:
    match best.kind:
        case UnitKind.STEP:
            return fellows
        case UnitKind.LIST_ITEM:
            return _best_of(fellows, score_of, best, limit=MAX_LIST_ITEMS)
        case UnitKind.TABLE_ROW:
            return _best_of(fellows, score_of, best, limit=MAX_TABLE_ROWS)
        case UnitKind.SENTENCE:
            return _sentences_around(best, fellows)


def _best_of(
    fellows: tuple[Unit, ...], score_of: dict[str, float], best: Unit, *, limit: int
) -> tuple[Unit, ...]:
    """Return all fellows when they are few, else the best three in reading order."""
    if len(fellows) <= limit:
        return fellows
    ranked = sorted(
        fellows, key=lambda unit: (unit != best, -score_of.get(unit.unit_id, float("-inf")))
    )
    kept = {unit.unit_id for unit in ranked[:3]}
    return tuple(unit for unit in fellows if unit.unit_id in kept)


def _sentences_around(best: Unit, fellows: tuple[Unit, ...]) -> tuple[Unit, ...]:
    if len(fellows) <= MAX_SENTENCES and sum(len(u.text.split()) for u in fellows) <= MAX_WORDS:
        return fellows
    first = last = fellows.index(best)
    while first > 0 and last - first + 1 < MAX_SENTENCES and _LEANS_BACK.match(fellows[first].text):
        first -= 1
    while (
        last + 1 < len(fellows)
        and last - first + 1 < MAX_SENTENCES
        and (_EXCEPTION.match(fellows[last + 1].text) or _LEANS_BACK.match(fellows[last + 1].text))
    ):
        last += 1
    return fellows[first : last + 1]


def _plain(quotation: Quotation) -> str:
    return " ".join(unit.text for unit in quotation.units)


def _says_the_same(text: str, other: str) -> bool:
    """Whether two quotations share four fifths of their words (near-duplicate pages)."""
    mine, theirs = set(text.lower().split()), set(other.lower().split())
    return len(mine & theirs) >= 0.8 * min(len(mine), len(theirs))

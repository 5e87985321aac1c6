"""What comes along with a chosen unit: whole pieces of structure, never half of one.

Rules, from the study of failures of extractive answers (lists without their lead-in, cells
without their headings, exceptions cut off):

* a list item comes with its lead-in and its fellow items; a step with all steps;
* a table row comes with its column headings;
* a short section is quoted whole, and so is a short paragraph of a longer one;
* of a longer one, a sentence that leans on the one before it ("This ...", "However ...") brings
  that one, and a sentence followed by an exception or a condition brings that one too;
* a sentence that introduces a list is quoted with the list;
* what stands beside a list or a paragraph and limits it ("However, ...", "You cannot ...", "These
  amounts are for ...") comes along, and so does a condition in front of a list.

Known miss: a neighbour that was cut into the next passage, because the section is long.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from ingestion.passage import Passage, Unit, UnitKind

MAX_LIST_ITEMS = 12
MAX_TABLE_ROWS = 12
MAX_SENTENCES = 4
MAX_WORDS = 75
MAX_SENTENCES_AFTER = 2
# The first block holds the right words for 67.8% of ConditionalQA's questions without this rule,
# for 68.2% with it (2026-11); longer sections make answers longer for little.
MAX_WORDS_OF_SECTION = 60
MAX_BLOCKS_OF_SECTION = 3
_SHOWN_OF_MANY = 3

_LEANS_BACK = re.compile(
    r"^(?:This|That|These|Those|It|They|He|She|However|But|Otherwise|Instead|In this case|If so|"
    r"If not|Then|Mae hyn|Ond|Fodd bynnag)\b"
)
_EXCEPTION = re.compile(
    r"^(?:However|But|Unless|Except|Otherwise|Only|You cannot|You can’t|You can't|You will not|"
    r"You won’t|This does not|This doesn’t|It does not|There are exceptions|If you|If your|"
    r"Ond|Oni bai|Fodd bynnag|Os)\b"
)
# Stricter than the above, because a new paragraph usually begins a new thought.
_LIMITS = re.compile(
    r"^(?:However|But|Unless|Except|Otherwise|You cannot|You can’t|You can't|You will not|"
    r"You won’t|You do not|You don’t|You may not|You must not|This does not|This doesn’t|"
    r"It does not|They do not|There are exceptions|There is no|"
    r"(?:These|The) (?:amounts|rates|figures|fees|charges|rules|limits)|"
    r"Ond|Oni bai|Fodd bynnag|Ni allwch|Ni chewch|Nid yw)\b"
)
_CONDITION = re.compile(r"^(?:If|Unless|Only|When|Once|Until|Os|Oni bai|Pan|Dim ond)\b")


@dataclass(frozen=True, slots=True)
class Extent:
    """What is quoted around a unit.

    Attributes:
        best: The unit it was chosen for, or the item of the list it introduces.
        pieces: Runs of units, each of one block of the passage, in reading order; never empty.
        left_out: How many items or rows of the list or table are not shown.
    """

    best: Unit
    pieces: tuple[tuple[Unit, ...], ...]
    left_out: int = 0


def extent_of(unit: Unit, passage: Passage, score_of: Mapping[str, float]) -> Extent:
    """Return what comes along with a unit.

    Args:
        unit: What was chosen.
        passage: Where it stands.
        score_of: Relevance by unit id, to choose from long lists and tables.
    """
    section = tuple(other for other in passage.units if other.under == unit.under)
    blocks = list(_blocks(section))
    if _words(section) <= MAX_WORDS_OF_SECTION and len(blocks) <= MAX_BLOCKS_OF_SECTION:
        return _extent(unit, blocks)
    best, fellows = _block_of(unit, passage)
    shown = _shown(best, fellows, score_of)
    pieces = [shown]
    if shown[0] is fellows[0]:
        pieces[:0] = _before(shown[0], passage)
    if shown[-1] is fellows[-1]:
        pieces += _after(shown[-1], passage, score_of)
    is_prose = best.kind is UnitKind.SENTENCE
    return _extent(best, pieces, left_out=0 if is_prose else len(fellows) - len(shown))


def _extent(best: Unit, pieces: list[tuple[Unit, ...]], *, left_out: int = 0) -> Extent:
    kept = _without_repeated_lead_in(pieces)
    if not any(best in piece for piece in kept):
        # The list's lead-in holds it, so the list stands for it.
        best = next(piece[0] for piece in kept if best.text in piece[0].lead_in)
    return Extent(best, kept, left_out)


def _block_of(best: Unit, passage: Passage) -> tuple[Unit, tuple[Unit, ...]]:
    """Return the unit and its block; a lead-in sentence becomes the list it introduces."""
    fellows = _block(passage, best.block)
    if best.kind is UnitKind.SENTENCE:
        introduced = _introduced_by(best, passage)
        if introduced and best is fellows[-1]:
            return introduced[0], introduced
    return best, fellows


def _shown(
    best: Unit, fellows: tuple[Unit, ...], score_of: Mapping[str, float]
) -> tuple[Unit, ...]:
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
    fellows: tuple[Unit, ...], score_of: Mapping[str, float], best: Unit, *, limit: int
) -> tuple[Unit, ...]:
    """Return all fellows when they are few, else the best three in reading order."""
    if len(fellows) <= limit:
        return fellows
    ranked = sorted(
        fellows, key=lambda unit: (unit != best, -score_of.get(unit.unit_id, float("-inf")))
    )
    kept = {unit.unit_id for unit in ranked[:_SHOWN_OF_MANY]}
    return tuple(unit for unit in fellows if unit.unit_id in kept)


def _sentences_around(best: Unit, fellows: tuple[Unit, ...]) -> tuple[Unit, ...]:
    if len(fellows) <= MAX_SENTENCES and _words(fellows) <= MAX_WORDS:
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


def _before(first: Unit, passage: Passage) -> list[tuple[Unit, ...]]:
    """Return the sentence in front of a block that it leans on, or that is its condition."""
    previous = _block(passage, first.block - 1)
    if not previous or previous[0].kind is not UnitKind.SENTENCE or _is_elsewhere(previous, first):
        return []
    opening = first.lead_in or first.text
    if first.lead_in and previous[-1].text in first.lead_in:
        opening, previous = previous[-1].text, previous[:-1]
    if not previous or previous[-1].text in first.lead_in:
        return []
    is_condition = first.kind is not UnitKind.SENTENCE and _CONDITION.match(previous[-1].text)
    return [previous[-1:]] if is_condition or _LEANS_BACK.match(opening) else []


def _after(last: Unit, passage: Passage, score_of: Mapping[str, float]) -> list[tuple[Unit, ...]]:
    """Return the list that a sentence introduces, and sentences that limit what stands before."""
    pieces: list[tuple[Unit, ...]] = []
    if last.kind is UnitKind.SENTENCE and (introduced := _introduced_by(last, passage)):
        pieces.append(_shown(introduced[0], introduced, score_of))
        last = introduced[-1]
    following = _block(passage, last.block + 1)
    if not following or following[0].kind is not UnitKind.SENTENCE:
        return pieces
    if _is_elsewhere(following, last) or _introduced_by(following[0], passage):
        return pieces
    count = 0
    while count < min(len(following), MAX_SENTENCES_AFTER) and _LIMITS.match(following[count].text):
        count += 1
    return [*pieces, following[:count]] if count else pieces


def _without_repeated_lead_in(
    pieces: list[tuple[Unit, ...]],
) -> tuple[tuple[Unit, ...], ...]:
    """Return pieces without sentences that the lead-in of the list after them holds already."""
    kept = []
    for piece, following in zip(pieces, [*pieces[1:], ()], strict=True):
        lead_in = following[0].lead_in if following else ""
        is_prose = piece[0].kind is UnitKind.SENTENCE
        shown = tuple(u for u in piece if not (is_prose and lead_in and u.text in lead_in))
        if shown:
            kept.append(shown)
    return tuple(kept)


def _introduced_by(sentence: Unit, passage: Passage) -> tuple[Unit, ...]:
    """Return the list, steps or table that a sentence introduces; empty when it does not."""
    if not sentence.text.endswith(":"):
        return ()
    following = _block(passage, sentence.block + 1)
    leads = following and following[0].kind is not UnitKind.SENTENCE
    return following if leads and following[0].lead_in.endswith(sentence.text) else ()


def _blocks(units: tuple[Unit, ...]) -> Iterator[tuple[Unit, ...]]:
    for _, block in groupby(units, key=lambda unit: unit.block):
        yield tuple(block)


def _words(units: tuple[Unit, ...]) -> int:
    return sum(len(unit.text.split()) for unit in units)


def _block(passage: Passage, ordinal: int) -> tuple[Unit, ...]:
    return tuple(unit for unit in passage.units if unit.block == ordinal)


def _is_elsewhere(block: tuple[Unit, ...], unit: Unit) -> bool:
    """Whether a block stands under another heading, in a passage made of small sections."""
    return block[0].under != unit.under

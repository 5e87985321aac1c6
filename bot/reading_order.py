"""In which order quotations are read."""

from collections.abc import Sequence, Set

from bot.question_kinds import asks_yes_or_no, said_of, stems_of, wants_amount_first
from bot.quotation import Quotation

# Another quotation decides only when it is about as relevant and says clearly more. The first block
# holds the right words for 68.3% of ConditionalQA's yes/no questions without this rule, for 68.5%
# with it, and for 66.8% without the bounds (2026-11).
MIN_RELEVANCE_TO_DECIDE = 0.5
MIN_SHARED_TO_DECIDE = 2


def in_reading_order(question: str, chosen: Sequence[Quotation]) -> list[Quotation]:
    """Return quotations in the order to show them.

    The most relevant comes first, or what decides a yes/no question, or the wanted amount. Then
    those of one section stand together, as on the page; two that disagree stand side by side.

    Args:
        question: What was asked.
        chosen: The most relevant first.
    """
    if not chosen:
        return []
    lead = _lead(question, chosen)
    rest = [quotation for quotation in chosen if quotation is not lead]
    sections = list(dict.fromkeys(q.passage.passage_id for q in (lead, *rest)))
    rest.sort(key=lambda q: (sections.index(q.passage.passage_id), _place(q)))
    return _side_by_side([lead, *rest])


def _place(quotation: Quotation) -> int:
    units = quotation.passage.units
    return next(i for i, unit in enumerate(units) if unit.unit_id == quotation.units[0].unit_id)


def _lead(question: str, chosen: Sequence[Quotation]) -> Quotation:
    best = chosen[0]
    if asks_yes_or_no(question):
        asked = stems_of(question)
        said = [_said(asked, quotation) for quotation in chosen]
        decisive = chosen[said.index(max(said))]
        is_better = said[0] == 0 and max(said) >= MIN_SHARED_TO_DECIDE
        return decisive if is_better and decisive.relevance >= MIN_RELEVANCE_TO_DECIDE else best
    return next((q for q in chosen if wants_amount_first(question, q.text)), best)


def _said(asked: Set[str], quotation: Quotation) -> int:
    return max(said_of(asked, f"{unit.lead_in} {unit.text}") for unit in quotation.units)


def _side_by_side(ordered: Sequence[Quotation]) -> list[Quotation]:
    disagreeing = [quotation for quotation in ordered if quotation.disagrees]
    if not disagreeing:
        return list(ordered)
    place = ordered.index(disagreeing[0])
    rest = [quotation for quotation in ordered if not quotation.disagrees]
    return [*rest[:place], *disagreeing, *rest[place:]]

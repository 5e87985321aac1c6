"""In which order quotations are read."""

from collections.abc import Callable, Sequence, Set

from bot.quoting.quotation import Quotation
from bot.understanding.question_kinds import (
    asks_consequence,
    asks_yes_or_no,
    holds_consequence,
    said_of,
    stems_of,
    wants_amount_first,
)

# Another quotation decides only when it is about as relevant and says clearly more. The first block
# holds the right words for 68.3% of ConditionalQA's yes/no questions without this rule, for 68.5%
# with it, and for 66.8% without the bounds (2026-11).
MIN_RELEVANCE_TO_DECIDE = 0.5
MIN_SHARED_TO_DECIDE = 2
MIN_RELEVANCE_TO_OPEN = 0.8


def in_reading_order(
    question: str, chosen: Sequence[Quotation], *, leads: Callable[[str], bool] | None = None
) -> list[Quotation]:
    """Return quotations in the order to show them.

    The most relevant comes first, or what decides a yes/no question, or the wanted amount. Then
    those of one section stand together, as on the page; two that disagree stand side by side.

    Args:
        question: What was asked.
        chosen: The most relevant first.
        leads: Whether a sentence answers outright and goes before all; None when none can.
    """
    if not chosen:
        return []
    outright = (q for q in chosen if leads and any(leads(unit.text) for unit in q.units))
    lead = next(outright, None) or _lead(question, chosen)
    if lead is chosen[0] and not wants_amount_first(question, lead.text):
        lead = min((q for q in chosen if _is_beside(q, lead)), key=_place)
    rest = [quotation for quotation in chosen if quotation is not lead]
    sections = list(dict.fromkeys(q.passage.passage_id for q in (lead, *rest)))
    rest.sort(key=lambda q: (sections.index(q.passage.passage_id), _place(q)))
    return _side_by_side([lead, *rest])


def _is_beside(quotation: Quotation, lead: Quotation) -> bool:
    """Whether a quotation stands in the section of the leading one and is as relevant, nearly."""
    same_section = (
        quotation.passage is lead.passage and quotation.units[0].under == lead.units[0].under
    )
    return same_section and quotation.relevance >= MIN_RELEVANCE_TO_OPEN * lead.relevance


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
    if asks_consequence(question):
        return next((q for q in chosen if holds_consequence(q.text)), best)
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

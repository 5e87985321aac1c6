"""In which order units may be quoted: those of the kind that is asked for come first."""

import math
from dataclasses import replace
from datetime import date

from bot.quoting.headings import AskedHeading, heading_fit, names_only_the_service
from bot.quoting.periods import ended, holds_day, periods_of
from bot.quoting.told_amounts import IN_RANGE, amount_fit, amounts_told
from bot.quoting.years import TimeAsked
from bot.retrieval import Evidence, UnitCandidate
from bot.retrieval.wanted import asks_time, holds_asked_time
from bot.understanding.question_kinds import (
    asks_consequence,
    asks_yes_or_no,
    holds_consequence,
    said_of,
    shape_of,
    stems_of,
    under_kinds,
)
from ingestion.passage_index import PassageIndex

# A wanted figure may be less like the question than the sentence that introduces it.
MAX_WANTED_GAP = 4.0
# So may what stands under the heading that is all that is asked.
MAX_GAP_UNDER_HEADING = 3.0
# What a unit gains for saying the kind of thing that is asked.
HOLDS_BONUS = 0.3
DECIDES_BONUS = 0.2


def ranked_units(
    question: str, of_headings: AskedHeading, evidence: Evidence, index: PassageIndex
) -> list[UnitCandidate]:
    """Return the candidates near the best, those of the wanted kind moved up."""
    kinds, is_yes_or_no = shape_of(question), asks_yes_or_no(question)
    amounts = amounts_told(question)
    moved, asked = [], stems_of(question)
    near = _considered(question, of_headings, evidence, index)
    fits: dict[tuple[int, tuple[str, ...]], float] = {}
    for candidate in near:
        unit, passage = index.units[candidate.row], index.passages[candidate.passage]
        text = f"{unit.lead_in} {unit.text}"
        headings = (*passage.heading_path[1:], *unit.under)
        section = (candidate.page, headings)
        if section not in fits:
            fits[section] = heading_fit(of_headings, headings, passage.page.title, index)
        bonus = DECIDES_BONUS if is_yes_or_no and said_of(asked, text) else 0.0
        bonus += HOLDS_BONUS * any(kind.holds.search(text) for kind in kinds)
        bonus += fits[section] + amount_fit(amounts, text)
        moved.append(replace(candidate, score=candidate.score + bonus))
    return sorted(moved, key=lambda candidate: -candidate.score)


def _considered(
    question: str, asked: AskedHeading, evidence: Evidence, index: PassageIndex
) -> list[UnitCandidate]:
    """Return the candidates near the best, with the times or consequences the best page tells.

    "You can be fined" repeats nothing of "What happens if I do not reply?", and the row of a table
    little of "When do I have to send it?". Amounts stand in sentences that say what costs them.
    Of who names only the service, all stand under headings of the kind that is asked.
    """
    best_page, best = evidence.pages[0].row, evidence.units[0].score
    lowest = best - MAX_WANTED_GAP
    wants_time, wants_consequence = asks_time(question), asks_consequence(question)
    amounts = amounts_told(question)
    by_heading = names_only_the_service(asked, index.pages[best_page].title, index)

    def least(candidate: UnitCandidate) -> float:
        if candidate.page != best_page:
            return -math.inf
        unit = index.units[candidate.row]
        headings = (*index.passages[candidate.passage].heading_path[1:], *unit.under)
        if by_heading and under_kinds(" ".join(headings)) & set(asked.kinds):
            return best - MAX_GAP_UNDER_HEADING
        if (fit := amount_fit(amounts, unit.text)) >= IN_RANGE:
            return best
        is_wanted = (wants_time and holds_asked_time(question, unit.text)) or (
            wants_consequence and holds_consequence(unit.text)
        )
        is_wanted = is_wanted or fit > 0
        return lowest if is_wanted else -math.inf

    raised = (replace(unit, score=max(unit.score, least(unit))) for unit in evidence.units)
    return [unit for unit in raised if unit.score >= lowest]


def without_past_figures(
    ranked: list[UnitCandidate], index: PassageIndex, time: TimeAsked | None, today: date
) -> list[UnitCandidate]:
    """Return candidates without those of a past time whose page tells of the wanted one, too."""
    periods = [periods_of(context_of(index, candidate)) for candidate in ranked]
    if not any(periods):
        return ranked
    wrong = [
        not holds_day(named, time.day) if named and time else ended(named, today) is not None
        for named in periods
    ]
    right_pages = {
        candidate.page
        for candidate, named, is_wrong in zip(ranked, periods, wrong, strict=True)
        if named and not is_wrong
    }
    return [
        candidate
        for candidate, is_wrong in zip(ranked, wrong, strict=True)
        if not is_wrong or candidate.page not in right_pages
    ]


def context_of(index: PassageIndex, candidate: UnitCandidate) -> str:
    """Return a unit's words with its headings, its lead-in and its columns' names."""
    unit, passage = index.units[candidate.row], index.passages[candidate.passage]
    return " ".join((*passage.heading_path, *unit.under, unit.lead_in, *unit.headers, unit.text))

"""Choose what to quote, and in which order to show it.

The best units are quoted with what belongs to them (see `bot.quoting.extents`), at most three
blocks unless one is a list of steps. Quotations of one section stand together in reading order; the
one that decides a yes/no question, or states the wanted figure, comes first.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from bot.quoting.disagreements import disagrees, figures_of
from bot.quoting.extents import extent_of
from bot.quoting.headings import (
    AskedHeading,
    asked_of_headings,
    heading_fit,
    names_only_the_service,
)
from bot.quoting.leading_pages import of_near_pages
from bot.quoting.periods import ended, periods_of
from bot.quoting.quotation import Quotation
from bot.quoting.ranking import context_of, ranked_units, without_past_figures
from bot.quoting.reading_order import in_reading_order
from bot.quoting.told_free import says_free
from bot.quoting.told_words import holding_untold
from bot.quoting.years import TimeAsked, time_asked
from bot.retrieval import Evidence, Query, UnitCandidate
from bot.retrieval.suitability import OUT_OF_DATE, SAME_SUBJECT, demotion
from bot.retrieval.wanted import asks_time, holds_asked_time
from bot.understanding.question_kinds import (
    asks_consequence,
    asks_money,
    holds_consequence,
    holds_money,
    shape_of,
    under_kinds,
    wants_figure,
)
from ingestion.passage import Unit
from ingestion.passage_index import PassageIndex

MAX_BLOCKS = 3
# Units whose share of relevance is under a fifth of the best one's are left out (exp(-1.6) = 0.2);
# unit scores are log-odds of a listwise fit. On ConditionalQA 1.4 shows right words in 76.3% of
# answers with 61.4% of citations right, 1.6 in 77.2% with 60.7%, 1.8 in 77.9% with 59.7%; since
# headings move the best unit up, 1.8 keeps what 1.6 showed (ADR 0025; 2026-11).
MAX_SCORE_GAP = 1.8
# Units of other pages that are compared with what is quoted.
MAX_RIVALS = 40


def choose_quotations(
    query: Query, evidence: Evidence, index: PassageIndex, today: date
) -> tuple[Quotation, ...]:
    """Return quotations in the order to show them; empty when there is no evidence.

    When the question asks for an amount or a time and nothing chosen states one, the best
    quotation that does is added: "how much" must not be answered without an amount.

    Args:
        query: What was searched for.
        evidence: What retrieval found.
        index: The opened index version.
        today: To prefer figures that are right now.
    """
    if not evidence.units:
        return ()
    question = _whole_question(query)
    asked = asked_of_headings(question, query.both, index)
    ranked = ranked_units(question, asked, evidence, index)
    ranked = without_past_figures(ranked, index, _time_of(query, today), today)
    wanted = _wanted(question)
    # A page further behind may be the one with a wanted figure: fees have pages of their own.
    near = of_near_pages(ranked, evidence)
    is_near = all(any(holds(index.units[unit.row].text) for unit in near) for holds in wanted)
    quotable = near if is_near else ranked
    chosen = _under_asked_heading_first(question, asked, _best(quotable, index), index)
    for holds in wanted:
        if not any(holds(quotation.text) for quotation in chosen):
            chosen[1:1] = _first_holding(holds, quotable, index)
    chosen[1:1] = _holding_untold(question, chosen, evidence, index)
    free = says_free(query, index.pages[evidence.pages[0].row])
    if free and not any(free(unit.text) for quotation in chosen for unit in quotation.units):
        best_page = [unit for unit in evidence.units if unit.page == evidence.pages[0].row]
        chosen[1:1] = _first_holding(free, best_page, index)
    chosen = _with_disagreement(query, chosen, _rivals(query, ranked, index, today), index)
    return tuple(in_reading_order(question, _within_limits(chosen), leads=free))


def _whole_question(query: Query) -> str:
    """Return the question, or what a follow-up leans on when it asks for nothing itself."""
    asks_itself = _wanted(query.question) or shape_of(query.question)
    return query.question if asks_itself or not query.leans_on else query.leans_on


def _time_of(query: Query, today: date) -> TimeAsked | None:
    return time_asked(query.question, today, leans_on=query.leans_on)


def _wanted(question: str) -> list[Callable[[str], bool]]:
    wanted: list[Callable[[str], bool]] = []
    if asks_money(question):
        wanted.append(partial(holds_money, question))
    if asks_time(question):
        wanted.append(partial(holds_asked_time, question))
    if asks_consequence(question):
        wanted.append(holds_consequence)
    return wanted


def _best(ranked: Sequence[UnitCandidate], index: PassageIndex) -> list[Quotation]:
    chosen: list[Quotation] = []
    for candidate in ranked:
        if ranked[0].score - candidate.score > MAX_SCORE_GAP or len(chosen) == MAX_BLOCKS:
            break
        quotation = _quote(candidate, ranked, index)
        if not any(_repeats(quotation, other) for other in chosen):
            chosen.append(quotation)
    return chosen


def _under_asked_heading_first(
    question: str, asked: AskedHeading, chosen: list[Quotation], index: PassageIndex
) -> list[Quotation]:
    """Return quotations, led by one under a heading of the kind that is all that is asked.

    "How do I get a postal vote?" holds nothing but the service: "How to apply" answers it, however
    many times a sentence about handing in postal votes says "postal votes".
    """
    if not chosen:
        return chosen
    best = chosen[0]
    title = best.passage.page.title
    if wants_figure(question, best.text) or not names_only_the_service(asked, title, index):
        return chosen
    if heading_fit(asked, _headings(best), title, index) > 0:
        return chosen
    for place, quotation in enumerate(chosen):
        kinds = under_kinds(" ".join(_headings(quotation)))
        if quotation.page == best.page and kinds & set(asked.kinds):
            return [quotation, *chosen[:place], *chosen[place + 1 :]]
    return chosen


def _headings(quotation: Quotation) -> tuple[str, ...]:
    return (*quotation.passage.heading_path[1:], *quotation.best.under)


def _quote(
    candidate: UnitCandidate, ranked: Sequence[UnitCandidate], index: PassageIndex
) -> Quotation:
    passage = index.passages[candidate.passage]
    score_of = {index.units[unit.row].unit_id: unit.score for unit in ranked}
    extent = extent_of(index.units[candidate.row], passage, score_of)
    return Quotation(
        passage=passage,
        page=candidate.page,
        pieces=extent.pieces,
        best=extent.best,
        relevance=min(1.0, 2.718281828 ** (candidate.score - ranked[0].score)),
        left_out=extent.left_out,
    )


def _first_holding(
    holds: Callable[[str], bool], ranked: Sequence[UnitCandidate], index: PassageIndex
) -> list[Quotation]:
    """Return the best quotation that holds something; at most one."""
    for candidate in ranked:
        if holds(index.units[candidate.row].text):
            return [_quote(candidate, ranked, index)]
    return []


def _holding_untold(
    question: str, chosen: Sequence[Quotation], evidence: Evidence, index: PassageIndex
) -> list[Quotation]:
    """Return the quotation of the first page with what is told and nowhere quoted; at most one."""
    page = evidence.pages[0].row
    if not chosen or chosen[0].page != page:
        return []
    quoted = (" ".join((*_headings(quotation), quotation.text)) for quotation in chosen)
    candidates = [unit for unit in evidence.units if unit.page == page]
    unit = holding_untold(question, quoted, index.pages[page].title, candidates, index)
    return [_quote(unit, candidates, index)] if unit else []


def _repeats(quotation: Quotation, other: Quotation) -> bool:
    """Whether a quotation is of the same block as another, or says the same (a copied page)."""
    if quotation.passage is other.passage:
        return quotation.best.block == other.best.block or quotation.best in other.units
    same_figures = figures_of(quotation.text) == figures_of(other.text)
    return same_figures and _says_the_same(quotation.text, other.text)


def _says_the_same(text: str, other: str) -> bool:
    """Whether two quotations share four fifths of their words (near-duplicate pages)."""
    mine, theirs = set(text.lower().split()), set(other.lower().split())
    return len(mine & theirs) >= 0.8 * min(len(mine), len(theirs))


def _rivals(
    query: Query, ranked: Sequence[UnitCandidate], index: PassageIndex, today: date
) -> list[Quotation]:
    """Return what other pages say that are right for this person now, the best first."""
    if not _wanted(_whole_question(query)):
        return []
    return [
        _quote(candidate, ranked, index)
        for candidate in ranked[:MAX_RIVALS]
        if demotion(index.pages[candidate.page], query, today) < OUT_OF_DATE
        and ended(periods_of(context_of(index, candidate)), today) is None
    ]


def _with_disagreement(
    query: Query, chosen: list[Quotation], rivals: Sequence[Quotation], index: PassageIndex
) -> list[Quotation]:
    """Return the quotations, the first one with a figure beside a page that gives another.

    Known miss: a second disagreement in the same answer.
    """
    for place, quotation in enumerate(chosen):
        if not wants_figure(_whole_question(query), quotation.text):
            continue
        for rival in rivals:
            if _contradicts(rival, quotation, index):
                rest = [other for other in chosen if not _repeats(other, rival)]
                rest[place : place + 1] = _side_by_side(quotation, rival)
                return rest
    return chosen


def _side_by_side(quotation: Quotation, rival: Quotation) -> list[Quotation]:
    """Return both, cut to what disagrees where they would not find room among the blocks."""
    if len(quotation.shown_blocks) + len(rival.shown_blocks) > MAX_BLOCKS:
        other = rival.best.text
        quotation = _cut_to(
            next(unit for unit in quotation.units if disagrees(other, unit.text)), quotation
        )
        rival = _cut_to(rival.best, rival)
    return [replace(quotation, disagrees=True), replace(rival, disagrees=True)]


def _cut_to(unit: Unit, quotation: Quotation) -> Quotation:
    pieces = tuple(piece for piece in quotation.pieces if unit in piece)
    return replace(quotation, pieces=pieces, best=unit)


def _contradicts(rival: Quotation, quotation: Quotation, index: PassageIndex) -> bool:
    titles = index.title_vectors
    return (
        rival.page != quotation.page
        and float(titles[rival.page] @ titles[quotation.page]) >= SAME_SUBJECT
        and any(disagrees(rival.best.text, unit.text) for unit in quotation.units)
    )


def _within_limits(chosen: Sequence[Quotation]) -> list[Quotation]:
    """Return as many of the best as make three blocks, each unit once; steps count as one.

    What disagrees is kept before all else: shown alone it would pass for undisputed.
    """
    kept: dict[int, Quotation] = {}
    blocks = 0
    for place in sorted(range(len(chosen)), key=lambda place: not chosen[place].disagrees):
        quotation = chosen[place]
        shown = {unit.unit_id for other in kept.values() for unit in other.units}
        pieces = tuple(
            rest
            for piece in quotation.pieces
            if (rest := tuple(unit for unit in piece if unit.unit_id not in shown))
        )
        if not pieces:
            continue
        fresh = replace(quotation, pieces=pieces)
        blocks += len(fresh.shown_blocks)
        if kept and blocks > MAX_BLOCKS:
            break
        kept[place] = fresh
    return [kept[place] for place in sorted(kept)]

"""Whether a page may answer this person today: language, nation, publisher, validity, authority."""

import math
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.enquiry import Nation
from bot.retrieval.authority import weight_of_type
from bot.retrieval.events import is_about_another_event
from bot.retrieval.query import Query
from bot.retrieval.sides import is_for_the_other_side
from ingestion.document import PageDetails

OTHER_NATION = 20.0
OTHER_LANGUAGE = 12.0
OUT_OF_DATE = 12.0
# As much as another nation: on a death the rules for births are of no use to anybody.
OTHER_EVENT = 20.0
# Enough that a page for the person who asks goes first where both fit.
OTHER_SIDE = 1.5
_ABBREVIATION = re.compile(r"\(([A-Z]{2,6})\)")
_NOT_ITS_NAME = re.compile(r"\s*\([A-Z]{2,6}\)|:.*")
# A page whose service is named beats one that only mentions it; it may be one of another nation.
NAMED = 3.0
# Cosine of titles above which two pages count as the same subject. Chosen on the sample question
# set's under-specified items (docs/evaluators.md says how to measure it again).
SAME_SUBJECT = 0.45


def demotion(page: PageDetails, query: Query, today: date) -> float:
    """Return what is taken off a page's fused score; 0 when it fits and has ordinary authority.

    The amounts are in units of the fused score. On the sample guidance pages on the same subject
    for different nations are 1 to 12 apart and unrelated pages 12 to 20 behind (2026-11): another
    nation's page never beats one that fits; a page in the other language or past its date only
    does when nothing on the subject fits.

    Scores are log-odds of a listwise fit, so the weights of a page's source and of its type
    multiply its odds.
    """
    return sum(demotions(page, query, today).values())


def demotions(page: PageDetails, query: Query, today: date) -> dict[str, float]:
    """Return what is taken off a page's fused score, by reason; what is added is below 0."""
    off = {"authority": -math.log(page.weight * weight_of_type(page.document_type))}
    if query.nation is not None and not applies_to(page, query.nation):
        off["other nation"] = OTHER_NATION
    if page.locale != query.locale:
        off["other language"] = OTHER_LANGUAGE
    if is_out_of_date(page, today):
        off["out of date"] = OUT_OF_DATE
    if is_about_another_event(page.title, query.both):
        off["other event"] = OTHER_EVENT
    if is_for_the_other_side(page, query.both):
        off["other side"] = OTHER_SIDE
    if names_the_service(query.both, page.title):
        off["names the service"] = -NAMED
    return off


def applies_to(page: PageDetails, nation: Nation) -> bool:
    """Whether a page is for a nation; a page that names none is for all."""
    return page.nation in ("", "uk") or nation.value in page.nation.split("+")


def for_another_nation(nation: str, best: str) -> bool:
    """Whether a page is for none of the nations that another page is for.

    Args:
        nation: As pages name it: `england+wales`; empty or `uk` for all.
        best: The other page's, likewise.
    """
    everywhere = ("", "uk")
    if nation in everywhere or best in everywhere:
        return False
    return not set(nation.split("+")) & set(best.split("+"))


def is_out_of_date(page: PageDetails, today: date) -> bool:
    """Whether today is outside the days the page says it is right for."""
    not_yet = page.valid_from is not None and today < page.valid_from
    no_longer = page.valid_to is not None and today > page.valid_to
    return not_yet or no_longer


def names_the_service(question: str, title: str) -> bool:
    """Whether a question names a page's own service, such as "PIP" or "Carer's Allowance".

    Who names Carer's Allowance does not mean the payment that has another name in Scotland. Only
    proper names count: every longer word of the title has a capital, or it gives an abbreviation.
    """
    own = _service_named_by(title)
    if own.abbreviation and re.search(rf"\b{own.abbreviation}\b", question, re.IGNORECASE):
        return True
    return bool(own.name) and own.name in question.lower()


@dataclass(frozen=True, slots=True)
class _Service:
    """What a title calls its service: in small letters, and shortened; each may be empty."""

    name: str
    abbreviation: str


@lru_cache(maxsize=4096)
def _service_named_by(title: str) -> _Service:
    abbreviation = _ABBREVIATION.search(title)
    name = _NOT_ITS_NAME.sub("", title)
    longer = [word for word in name.split() if len(word) > 3]
    is_proper = len(longer) > 1 and all(word[0].isupper() for word in longer)
    return _Service(name.lower() if is_proper else "", abbreviation[1] if abbreviation else "")

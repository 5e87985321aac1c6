"""The fixed words around a quotation: which page and section it is from, and when it was right.

Content designers edit this file.
"""

import re
from collections.abc import Sequence
from types import MappingProxyType

from bot.quoting.dates import RIGHT, UPDATED, day, period_in_words
from bot.quoting.quotation import Quotation
from bot.retrieval.query import Locale
from bot.retrieval.wanted import holds_amount
from bot.understanding.nation_names import NATION_NAMES
from ingestion.document import PageDetails
from ingestion.passage import UnitKind

# Welsh names the page in a way that leaves its title as it is: "o" alone would change its first
# letter.
FROM = MappingProxyType(
    {"en": "From {place}{facts}:", "cy": "O’r dudalen {place}{facts}:"},
)
SOME = MappingProxyType(
    {
        "en": {UnitKind.TABLE_ROW: "{shown} of {all} rows", UnitKind.LIST_ITEM: "{shown} of {all}"},
        "cy": {UnitKind.TABLE_ROW: "{shown} o {all} rhes", UnitKind.LIST_ITEM: "{shown} o {all}"},
    }
)
_CALENDAR_DATE = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd"
    r"|Rhagfyr)\b"
)


def frame_of(quotation: Quotation, language: Locale, *, fellows: Sequence[Quotation] = ()) -> str:
    """Return the words in front of a quotation: "From Passport fees, Children:".

    An amount or a date comes with the time it was right; of two pages that disagree, each comes
    with its date and its nations; a long list tells how much of it is shown.

    Args:
        quotation: What is shown.
        language: Of the words.
        fellows: All quotations of the answer; those of one section get the same date.
    """
    section_of = [q for q in fellows if q.passage is quotation.passage]
    dated = any(q.disagrees or _states_figure(q.text) for q in (quotation, *section_of))
    page = quotation.passage.page
    headings = [*quotation.passage.heading_path, *quotation.units[0].under]
    section = " › ".join(heading for heading in headings if heading != page.title)
    place = f"{page.title}, {section}" if section else page.title
    facts = ", ".join(fact for fact in _facts(quotation, language, dated=dated) if fact)
    return FROM[language].format(place=place, facts=f" ({facts})" if facts else "")


def _facts(quotation: Quotation, language: Locale, *, dated: bool) -> list[str]:
    page = quotation.passage.page
    facts = [_nations(page, language)] if quotation.disagrees else []
    if dated:
        facts.append(_when(page, language))
    if quotation.left_out:
        shown = sum(unit.block == quotation.best.block for unit in quotation.units)
        words = SOME[language][quotation.best.kind]
        facts.append(words.format(shown=shown, all=shown + quotation.left_out))
    return facts


def _states_figure(text: str) -> bool:
    return holds_amount(text) or _CALENDAR_DATE.search(text) is not None


def _when(page: PageDetails, language: Locale) -> str:
    if period := period_in_words(page.valid_from, page.valid_to, language):
        return RIGHT[language].format(period=period)
    return UPDATED[language].format(day=day(page.updated_at, language)) if page.updated_at else ""


def _nations(page: PageDetails, language: Locale) -> str:
    names = NATION_NAMES[language]
    return ", ".join(names[name] for name in page.nation.split("+") if name in names)

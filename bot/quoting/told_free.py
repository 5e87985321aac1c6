"""Whether something is free where somebody lives: the sentence that says so leads the answer.

"Do I pay for prescriptions in Scotland?" is nearer in words to what people with a prescription
from England pay there than to the sentence that all are free.

Known misses: an answer in other words than "free", "no charge" or "do not pay"; a subject in other
words than the question's; something that is free for some people only.
"""

import re
from collections.abc import Callable

from bot.enquiry import Nation
from bot.retrieval import Query
from bot.retrieval.query import Locale
from bot.retrieval.welsh_terms import telling_forms
from bot.understanding.nation_names import IN_NATION, NATION_NAMES
from bot.understanding.nations import without_nations
from bot.understanding.question_kinds import asks, asks_yes_or_no, stems_of
from ingestion.document import PageDetails

_ASKS = re.compile(
    r"\bfree\b|\b(?:pay|charged?)\b(?: anything)?(?: for| to)?\b|\bam ddim\b|\bd?talu\b",
    re.IGNORECASE,
)
# "How much is it?" and "how do I get free ones?" are met by "it is free", too.
_ASKS_PRICE = re.compile(
    r"\bhow much\b|\bcosts?\b|\bfaint (?:yw|mae|ydy|fydd)\b|\b[cg]h?ostio\b|"
    r"\b(?:how (?:do|can) (?:i|we) get|sut mae cael|sut (?:alla|ydw) i gael)\b.*"
    r"\b(?:free|am ddim)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:is|are) free\b|\bno charges?\b|\bdo(?:es)? not (?:have to )?pay\b|"
    r"\bmae\b[^.]*\bam ddim\b|\bnid (?:oes rhaid|ydych yn) talu\b|\bdim t[âa]l\b",
    re.IGNORECASE,
)
# "Free prescriptions over 60" asks whether; "apply for free school meals" asks how.
_NAMED_FREE = re.compile(r"\bfree\b|\bam ddim\b", re.IGNORECASE)
_ASKS_ELSE = re.compile(
    r"\b(?:what|which|who|where|when|why|how|apply|claim|renew|order|form|replace|lost|"
    r"beth|pa|pwy|ble|pryd|pam|sut|gwneud cais|hawlio)\b",
    re.IGNORECASE,
)
_NO_SUBJECT = stems_of(
    "free pay paying paid charge charged cost costs am ddim talu dalu faint mae costio gostio"
)
_FOR_SOME_ONLY = re.compile(
    r"^(?:if|when|unless|with|os|pan|gyda|private)\b|"
    r"\b(?:if you|when (?:a|the|you)|unless|oni bai|os ydych|pan (?:fydd|fo))\b",
    re.IGNORECASE,
)


def says_free(query: Query, page: PageDetails) -> Callable[[str], bool] | None:
    """Return what tells a sentence that says something is free in the nation that is asked about.

    None where the question asks no such thing or nothing says which nation.

    Args:
        query: What was searched for.
        page: The page that is answered from; its nation counts where the question names none and
            nothing is told around it.
    """
    nation, question = query.nation or _nation_for_all(query, page), query.question
    if nation is None or not (
        _ASKS_PRICE.search(question) or _asks_whether(question) or _names_as_free(question)
    ):
        return None
    asked = stems_of(_in_all_forms(without_nations(question), query.locale)) - _NO_SUBJECT

    def says(text: str) -> bool:
        return (
            _SAYS.search(text) is not None
            and _FOR_SOME_ONLY.search(text) is None
            and _named(text) == {nation}
            and bool(asked & stems_of(text))
        )

    return says


def _nation_for_all(query: Query, page: PageDetails) -> Nation | None:
    """Return the nation of a page, for a question that tells nothing of the person."""
    if not query.stands_alone:
        return None
    return next((nation for nation in Nation if nation.value == page.nation), None)


def _in_all_forms(question: str, locale: Locale) -> str:
    """Return a question with the words that its Welsh ones are mutations of: "bresgripsiwn"."""
    if locale != "cy":
        return question
    return " ".join(form for forms in telling_forms(question) for form in forms)


def _asks_whether(question: str) -> bool:
    return asks_yes_or_no(question) and _ASKS.search(question) is not None


def _names_as_free(question: str) -> bool:
    """Whether a message is no more than the name of something free: "free prescriptions"."""
    is_else = asks(question) or _ASKS_ELSE.search(question)
    return not is_else and _NAMED_FREE.search(question) is not None


def _named(text: str) -> set[Nation]:
    return {nation for nation, names in _NAMES.items() if names.search(text)}


def _names_of(nation: Nation) -> re.Pattern[str]:
    plain = (names[nation.value] for names in NATION_NAMES.values())
    return re.compile(rf"\b(?:{'|'.join((*plain, IN_NATION['cy'][nation]))})\b")


_NAMES = {nation: _names_of(nation) for nation in Nation}

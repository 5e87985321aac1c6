"""Whether what is quoted bears on what was asked: an amount on "how much", "taxed" on a tax.

A page that fits a question need not answer it. Then the answer is shown as partial.
"""

import re
from collections.abc import Sequence

import numpy as np

from bot.quoting.quotation import Quotation
from bot.replying.circumstances import circumstances_in
from bot.retrieval import Query
from bot.retrieval.wanted import asks_time, asks_when, holds_asked_time, says_when
from bot.understanding.follow_ups import telling_words
from bot.understanding.question_kinds import (
    COST,
    asks_money,
    holds_money,
    shape_of,
    stems_of,
    under_kinds,
)
from ingestion.passage_index import LexicalField, PassageIndex

# "What does 0T mean?", "tax code br", "form P45": what is asked about is that very code.
_CODE = re.compile(
    r"\b(?i:code|form|what(?:['’]s| is| does| are)(?: an?| the| my)?(?: tax| form| code)*) "
    r"(?P<code>[A-Za-z]{1,4}\d{1,4}[A-Z]?|\d{1,4}[A-Z]{1,2}"
    r"|(?<=(?i:code) )(?!(?:I|A|is|on|if|i|a|an|my|or|of|for|and|to|do|in|it|as|by|at|we|be|so)\b)"
    r"[A-Za-z]{1,2}\d?)\b"
)


def bears_on(query: Query, quotations: Sequence[Quotation], index: PassageIndex) -> bool:
    """Whether quotations hold what is asked for, and their pages a word of a follow-up.

    That is an amount, a time, a code by its name, or what guidance says of something that happened
    or of people like the one who asks.

    Known miss: a follow-up in other words than the guidance has ("refund", "get it back").
    """
    asked = query.follow_up or query.question
    happened = [situation.holds for situation in query.situations]
    people = [circumstance.holds for circumstance in circumstances_in(asked)]
    if not all(_speaks_of(holds, quotations) for holds in (*happened, *people)):
        return False
    code = code_asked_for(asked)
    if code and not any(_names(code, quotation) for quotation in quotations):
        return False
    if not _tells_figure(asked, [quotation.text for quotation in quotations]):
        return False
    if query.follow_up and asks_time(asked):
        return any(holds_asked_time(asked, quotation.text) for quotation in quotations)
    weights = index.word_weights(" ".join(telling_words(query.follow_up)))
    if not weights:
        return True
    # The page, not only what is quoted of it: "later" may be quoted as "defer".
    pages = np.array(sorted({quotation.page for quotation in quotations}), dtype=np.int32)
    return bool(index.holding(weights, LexicalField.PAGE, pages).any())


def _tells_figure(asked: str, quoted: Sequence[str]) -> bool:
    """Whether an amount or a time that is asked for outright is among what is quoted."""
    if COST.asks.search(asked) and asks_money(asked):
        return any(holds_money(asked, text) for text in quoted)
    return not asks_when(asked) or any(map(says_when, quoted))


def is_titled(query: Query, title: str) -> bool:
    """Whether a title says all that is asked: "how much is a passport", "Passport fees".

    Its neighbours ("Get a passport urgently") are close to such a question, too, and take away from
    the confidence that is in its page.
    """
    asked = query.question
    named = stems_of(asked)
    return (
        query.stands_alone
        and bool(named)
        and named <= stems_of(title)
        and not under_kinds(title).isdisjoint(shape_of(asked))
    )


def code_asked_for(question: str) -> str:
    """Return the code of letters and figures that a question is about; empty for none."""
    found = _CODE.search(question)
    return found["code"] if found else ""


def _speaks_of(holds: re.Pattern[str] | None, quotations: Sequence[Quotation]) -> bool:
    return holds is None or any(holds.search(_under_headings(quote)) for quote in quotations)


def _names(code: str, quotation: Quotation) -> bool:
    name = rf"(?<![^\W_]){re.escape(code)}(?![^\W_])"
    return re.search(name, _under_headings(quotation), re.IGNORECASE) is not None


def _under_headings(quotation: Quotation) -> str:
    return " ".join((*quotation.passage.heading_path, quotation.text))

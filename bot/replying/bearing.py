"""Whether what is quoted bears on what was asked: an amount on "how much", "taxed" on a tax.

A page that fits a question need not answer it. Then the answer is shown as partial.
"""

from collections.abc import Sequence

import numpy as np

from bot.quoting.quotation import Quotation
from bot.retrieval import Query
from bot.retrieval.wanted import asks_time, holds_time
from bot.understanding.follow_ups import telling_words
from bot.understanding.question_kinds import COST, asks_money, holds_money
from ingestion.passage_index import LexicalField, PassageIndex


def bears_on(query: Query, quotations: Sequence[Quotation], index: PassageIndex) -> bool:
    """Whether quotations hold an amount that is asked for, and their pages a word of a follow-up.

    Known miss: a follow-up in other words than the guidance has ("refund", "get it back").
    """
    asked = query.follow_up or query.question
    wants_amount = COST.asks.search(asked) is not None and asks_money(asked)
    if wants_amount and not any(holds_money(asked, quotation.text) for quotation in quotations):
        return False
    if query.follow_up and asks_time(asked):
        return any(holds_time(quotation.text) for quotation in quotations)
    weights = index.word_weights(" ".join(telling_words(query.follow_up)))
    if not weights:
        return True
    # The page, not only what is quoted of it: "later" may be quoted as "defer".
    pages = np.array(sorted({quotation.page for quotation in quotations}), dtype=np.int32)
    return bool(index.holding(weights, LexicalField.PAGE, pages).any())

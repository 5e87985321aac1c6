"""How much of what was asked texts hold: shares of weights worked by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.lexical_signals import (
    asked_words,
    rarest_missed,
    share_held,
    shares_with_title,
)
from bot.retrieval.query import Query
from ingestion.passage_index import PassageIndex

WEIGHTS = {"badge": 1.0, "blue": 1.0, "refused": 2.0}
HELD = np.array([[True, False], [True, False], [False, True]])


def test_a_share_is_the_weight_that_is_held() -> None:
    assert share_held(WEIGHTS, HELD).tolist() == [0.5, 0.5]


def test_the_rarest_word_that_is_missed_decides() -> None:
    assert rarest_missed(WEIGHTS, HELD).tolist() == [2, 1]


def test_no_words_are_no_share_and_miss_nothing() -> None:
    nothing = np.zeros((0, 3), dtype=bool)

    assert share_held({}, nothing).tolist() == [0, 0, 0]
    assert rarest_missed({}, nothing).tolist() == [0, 0, 0]


def test_words_of_the_title_tell_no_unit_from_another(index: PassageIndex) -> None:
    page = [page.title for page in index.pages].index("Passport fees")
    units = np.flatnonzero(index.page_of_passage[index.passage_of_unit] == page).astype(np.int32)
    pages = np.full(len(units), page, dtype=np.int32)

    def shares(question: str) -> list[float]:
        asked = asked_words(Query(question, question), index)
        found: list[float] = shares_with_title(asked, index, units, pages)[:, 0].tolist()
        return found

    assert shares("passport fees") == [1] * len(units)
    held = ["child" in index.units[unit].text.lower() for unit in units]
    assert [share == 1 for share in shares("passport fees for a child")] == held


@given(st.lists(st.tuples(st.floats(0.1, 9), st.booleans())))
def test_shares_stay_between_nothing_and_all(words: list[tuple[float, bool]]) -> None:
    weights = {str(place): weight for place, (weight, _) in enumerate(words)}
    held = np.array([[is_held] for _, is_held in words], dtype=bool).reshape(-1, 1)

    (share,) = share_held(weights, held)

    assert 0 <= share <= 1 + 1e-6

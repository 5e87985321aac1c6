import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingestion.lexical_index import LexicalIndex, write_lexical
from ingestion.passage_index import LexicalField

Rows = NDArray[np.int32]
ALL = np.arange(4, dtype=np.int32)
ROWS = ["passport fee adult", "passport photo", "bin bag collection", "the and of"]


@pytest.fixture(scope="module")
def lexical(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    path = tmp_path_factory.mktemp("lexical")
    write_lexical(path, dict.fromkeys(LexicalField, ROWS))
    return LexicalIndex(path)


def _held(lexical: LexicalIndex, text: str, rows: Rows = ALL) -> list[list[bool]]:
    found: list[list[bool]] = lexical.holding(
        lexical.word_weights(text), LexicalField.PAGE, rows
    ).tolist()
    return found


def test_holding_says_which_rows_hold_which_words(lexical: LexicalIndex) -> None:
    assert list(lexical.word_weights("the fee for a passport, zebra")) == [
        "fee",
        "passport",
        "zebra",
    ]
    assert _held(lexical, "the fee for a passport, zebra") == [
        [True, False, False, False],
        [True, True, False, False],
        [False, False, False, False],
    ]


def test_holding_of_some_rows_is_that_of_all_in_the_order_asked(lexical: LexicalIndex) -> None:
    every = np.array(_held(lexical, "passport fee zebra"))
    some = np.array(_held(lexical, "passport fee zebra", ALL[[2, 0]]))

    assert some.tolist() == every[:, [2, 0]].tolist()


def test_a_word_that_no_row_holds_weighs_most(lexical: LexicalIndex) -> None:
    weights = lexical.word_weights("passport zebra")

    assert weights["passport"] < weights["zebra"] == pytest.approx(lexical.largest_weight)


def test_a_text_without_words_is_held_by_nobody(lexical: LexicalIndex) -> None:
    assert _held(lexical, "the of and?") == []


@given(st.lists(st.sampled_from([*" ".join(ROWS).split(), "zebra"]), max_size=12))
def test_holding_ignores_the_order_of_the_words(lexical: LexicalIndex, words: list[str]) -> None:
    assert _held(lexical, " ".join(words)) == _held(lexical, " ".join(reversed(words)))


def test_a_misspelt_word_finds_what_it_was_meant_to(lexical: LexicalIndex) -> None:
    for text in ("pasport", "Passsport", "passprot"):
        scores = lexical.scores(lexical.word_weights(text), LexicalField.PASSAGE)
        assert np.array_equal(scores, lexical.scores(["passport"], LexicalField.PASSAGE))
    assert all(row[0] for row in _held(lexical, "pasport fee adlut"))

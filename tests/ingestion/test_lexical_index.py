import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingestion.lexical_index import LexicalIndex, write_lexical
from ingestion.passage_index import Coverage, LexicalField

Rows = NDArray[np.int32]
ALL = np.arange(4, dtype=np.int32)
ROWS = ["passport fee adult", "passport photo", "bin bag collection", "the and of"]


@pytest.fixture(scope="module")
def lexical(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    path = tmp_path_factory.mktemp("lexical")
    write_lexical(path, dict.fromkeys(LexicalField, ROWS))
    return LexicalIndex(path)


def _coverage(lexical: LexicalIndex, text: str, field: LexicalField, rows: Rows) -> Coverage:
    return lexical.coverage(lexical.word_weights(text), field, rows)


def test_coverage_says_which_rows_hold_the_words(lexical: LexicalIndex) -> None:
    found = _coverage(lexical, "the fee for a passport", LexicalField.PAGE, ALL)

    assert found.held[0] == 1
    assert 0 < found.held[1] < 0.5
    assert found.held[2] == found.held[3] == 0
    assert found.rarest_missed[0] == 0
    assert 0 < found.rarest_missed[1] < 1


def test_coverage_of_some_rows_is_that_of_all_in_the_order_asked(lexical: LexicalIndex) -> None:
    every = _coverage(lexical, "passport fee zebra", LexicalField.PAGE, ALL)
    some = _coverage(lexical, "passport fee zebra", LexicalField.PAGE, ALL[[2, 0]])

    assert some.held.tolist() == every.held[[2, 0]].tolist()
    assert some.rarest_missed.tolist() == every.rarest_missed[[2, 0]].tolist()


def test_a_word_that_no_row_holds_weighs_most(lexical: LexicalIndex) -> None:
    found = _coverage(lexical, "passport zebra", LexicalField.PAGE, ALL)

    assert found.rarest_missed.tolist() == [1, 1, 1, 1]
    assert found.held[0] < 0.5


def test_a_text_without_words_covers_nothing_and_misses_nothing(lexical: LexicalIndex) -> None:
    found = _coverage(lexical, "the of and?", LexicalField.PAGE, ALL)

    assert not found.held.any()
    assert not found.rarest_missed.any()


@given(st.lists(st.sampled_from([*" ".join(ROWS).split(), "zebra"]), max_size=12))
def test_coverage_stays_in_range_and_ignores_order(lexical: LexicalIndex, words: list[str]) -> None:
    found = _coverage(lexical, " ".join(words), LexicalField.PASSAGE, ALL)
    again = _coverage(lexical, " ".join(reversed(words)), LexicalField.PASSAGE, ALL)

    for values in (found.held, found.rarest_missed):
        assert values.min() >= 0
        assert values.max() <= 1 + 1e-6
    assert np.allclose(found.held, again.held)
    assert np.allclose(found.rarest_missed, again.rarest_missed)


def test_a_misspelt_word_finds_what_it_was_meant_to(lexical: LexicalIndex) -> None:
    for text in ("pasport", "Passsport", "passprot"):
        scores = lexical.scores(lexical.word_weights(text), LexicalField.PASSAGE)
        assert np.array_equal(scores, lexical.scores(["passport"], LexicalField.PASSAGE))
    assert _coverage(lexical, "pasport fee adlut", LexicalField.PAGE, ALL).held[0] == 1

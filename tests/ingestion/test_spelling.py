import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.lexical_index import Words
from ingestion.spelling import Spelling

WORDS = Words()
FUNCTION_WORDS = frozenset(("how", "who", "much", "the", "what"))
SPELLING = Spelling({"cancel": 9, "accommod": 3, "benefit": 5, "licenc": 4, "licens": 2, "tax": 7})


@pytest.mark.parametrize(
    ("stem", "word", "meant"),
    [
        ("accomod", "accomodation", "accommod"),
        ("benifit", "benifits", "benefit"),
        ("bneefit", "bneefit", "benefit"),
        ("licenz", "licenze", "licenc"),
    ],
)
def test_a_slip_is_read_as_the_nearest_word_of_the_pages(stem: str, word: str, meant: str) -> None:
    assert SPELLING.corrected(stem, word) == meant


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("cancer", "cancer"),  # a word of its own
        ("cancel", "cancelled"),  # on the pages
        ("taz", "taz"),  # too short
        ("xenefit", "xenefit"),  # another first letter
        ("qq12345", "qq12345"),  # not a word
    ],
)
def test_other_words_stay_as_they_are(stem: str, word: str) -> None:
    assert SPELLING.corrected(stem, word) == stem


@given(st.text(max_size=30))
def test_any_word_is_read_as_itself_or_one_of_the_pages(word: str) -> None:
    assert SPELLING.corrected(word, word) in {
        word,
        "cancel",
        "accommod",
        "benefit",
        "licenc",
        "licens",
    }


WELL_SPELT = Spelling(
    {
        "cancel": 9,
        "benefit": 5,
        "allow": 3,
        "attend": 2,
        "self": 4,
        "evisa": 2,
        "type": 9,
        "financ": 9,
        "person": 9,
    }
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("hwo mcuh is teh benifit", "how much is the benefit"),
        ("Attendence Alowance", "attendance allowance"),
        ("slef", "self"),
        ("attendence alowance £5?", "attendance allowance £5?"),
        # words of a dictionary, of the pages, short names, other letters
        ("cancer and from", "cancer and from"),
        ("my eVisa", "my eVisa"),
        ("my tyres", "my tyres"),
        ("a fiance", "a fiance"),
        ("a typpe", "a type"),
        ("personalised", "personalised"),
        ("ask Cancil about it", "ask Cancil about it"),
        ("xancel esa p45 vape", "xancel esa p45 vape"),
        ("", ""),
    ],
)
def test_several_slips_of_a_text_are_read(text: str, meant: str) -> None:
    assert WELL_SPELT.well_spelt(text, WORDS.stems, FUNCTION_WORDS) == meant

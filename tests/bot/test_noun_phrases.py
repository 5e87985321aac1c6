"""Which things a question names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.noun_phrases import noun_phrases


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("how do I get a dog licence", ["dog licence"]),
        ("How do I become the king?", ["king"]),
        ("what is the fine for drink driving", ["fine", "drink driving"]),
        ("I want to be a train driver", ["train driver"]),
        ("how do I donate blood", ["blood"]),
        ("how do I apply for a taxi licence in Belfast", ["taxi licence"]),
        ("how do I get a prescription for my cat", ["prescription", "cat"]),
        ("can i get it before next week", []),
        ("this is a fucking joke", []),
        ("how do i get my licence updated", ["licence"]),
        ("is my passport nearly expired", ["passport"]),
        ("Can my sister apply for my daughter's passport", []),
        ("my classic car is from 1979, is it exempt", []),
        ("what is the fine for ignoring parking notices", ["fine", "parking notices"]),
        ("can my employer sack me for being ill", ["employer"]),
        ("does the council empty my bins", ["council"]),
        ("will a court fine go on my record", ["court fine"]),
        ("is the green waste bin free", ["green waste bin"]),
        ("how to get council housing quicker", ["council housing"]),
        ("how do I get a bigger flat", ["flat"]),
        ("can I take it to not wake up", []),
        ("how do I get rid of an old sofa", []),
        ("spouse visa", ["spouse visa"]),
        ("Dog licence?", []),
        ("renew passport online", []),
        ("", []),
    ],
)
def test_the_subjects_of_a_question_are_read(question: str, subjects: list[str]) -> None:
    found = [" ".join(it.words) for it in noun_phrases(question) if it.is_subject]

    assert found == subjects


@pytest.mark.parametrize(
    ("question", "aside"),
    [
        ("got a ticket on my windscreen", "windscreen"),
        ("can I borrow money from a friend for a cooker", "cooker"),
        ("how do I get a refund from a shop", "shop"),
    ],
)
def test_where_and_from_whom_is_no_subject(question: str, aside: str) -> None:
    found = {" ".join(it.words): it.is_subject for it in noun_phrases(question)}

    assert found[aside] is False


@given(st.text(max_size=200))
def test_only_letters_are_ever_named(text: str) -> None:
    said = [word for phrase in noun_phrases(text) for word in phrase.words]

    assert all(word.replace("'", "").replace("’", "").isalpha() for word in said)

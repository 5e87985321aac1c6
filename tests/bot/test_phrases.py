"""Phrases of tables match as whole words, in the ways that people write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.phrases import any_of, beginning_with

WORDS = st.text("abcdefghij", min_size=2, max_size=6)


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        ("self employed", "I am Self-Employed.", True),
        ("self employed", "self  employed", True),
        ("self employed", "self", False),
        ("adopt*", "adopting a child", True),
        ("adopt", "adopting a child", False),
        ("adopt", "coadopt", False),
        ("i'm a student", "im a student", True),
        ("i'm a student", "I’m a student", True),
        ("my {any}boss", "my horrible old boss", True),
        ("my {any}boss", "my rather horrible old boss", False),
    ],
)
def test_matches(phrase: str, text: str, matches: bool) -> None:
    assert bool(any_of([phrase]).search(text)) is matches


def test_takes_other_placeholders() -> None:
    assert any_of(["lost {x}"], {"{x}": "(?:mum|dad)"}).search("I lost mum")


@given(st.lists(WORDS, min_size=1, max_size=3), st.lists(WORDS, min_size=1, max_size=3))
def test_matches_only_whole_words(phrase: list[str], text: list[str]) -> None:
    found = any_of([" ".join(phrase)]).search(" ".join(text))

    assert (found is not None) == (f" {' '.join(phrase)} " in f" {' '.join(text)} ")


@given(WORDS, WORDS)
def test_a_beginning_matches_where_a_word_begins(stem: str, text: str) -> None:
    assert bool(beginning_with([stem]).search(text)) is bool(re.match(stem, text))

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api.chat_page import Happened
from bot.api.page_words import Language, hours_in_words, said, wait_in_words

SECONDS = {"second": 1, "minute": 60, "hour": 3600}


@pytest.mark.parametrize(
    ("seconds", "english", "welsh"),
    [
        (1, "1 second", "1 eiliad"),
        (59, "59 seconds", "59 eiliad"),
        (60, "1 minute", "1 munud"),
        (61, "2 minutes", "2 funud"),
        (3540, "59 minutes", "59 munud"),
        (3541, "1 hour", "1 awr"),
        (3600, "1 hour", "1 awr"),
        (5400, "2 hours", "2 awr"),
    ],
)
def test_a_wait_is_said_in_words(seconds: int, english: str, welsh: str) -> None:
    assert wait_in_words(seconds, "en") == english
    assert wait_in_words(seconds, "cy") == welsh


@given(st.integers(1, 10_000_000))
def test_nobody_is_told_to_come_back_too_early(seconds: int) -> None:
    found = re.fullmatch(r"([\d,]+) (second|minute|hour)s?", wait_in_words(seconds, "en"))

    assert found is not None
    assert int(found[1].replace(",", "")) * SECONDS[found[2]] >= seconds


@pytest.mark.parametrize(
    ("hours", "words"), [(1, "1 hour"), (24, "24 hours"), (48, "2 days"), (50, "50 hours")]
)
def test_hours_are_said_in_words(hours: int, words: str) -> None:
    assert hours_in_words(hours, "en") == words


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("happened", [name for name in get_args(Happened) if name])
def test_whatever_happens_has_words(language: Language, happened: str) -> None:
    assert said(language, "happened", happened)
    assert happened == "fresh" or said(language, "heading", happened)

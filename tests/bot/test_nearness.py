"""Nearest pages are offered when they are near."""

from dataclasses import replace

import numpy as np
import pytest

from bot.replying.nearness import NEAR, is_near
from bot.retrieval import PageCandidate
from bot.retrieval.signals import COVERAGE_SIGNALS, PAGE_SIGNALS


def page_like(signal: str, value: float) -> PageCandidate:
    signals = np.zeros(len(PAGE_SIGNALS), dtype=np.float32)
    signals[PAGE_SIGNALS.index(signal)] = value
    return PageCandidate(0, 0.0, signals, 0.0, np.zeros(len(COVERAGE_SIGNALS), dtype=np.float32))


@pytest.mark.parametrize("signal", ["dense_unit.question", "dense_title.both"])
def test_a_page_that_means_something_like_it_is_near(signal: str) -> None:
    assert is_near(page_like(signal, NEAR + 0.01))


@pytest.mark.parametrize(
    ("signal", "value"), [("dense_unit.question", NEAR - 0.01), ("bm25_page.question", 1.0)]
)
def test_a_page_that_only_shares_words_is_not(signal: str, value: float) -> None:
    page = page_like(signal, value)

    assert not is_near(page)
    assert not is_near(replace(page, score=99.0))

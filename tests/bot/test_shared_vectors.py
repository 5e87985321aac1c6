import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.shared_vectors import MOST_KEPT, SharedVectors
from tests.fakes import WordHashEmbedder


class CountingEmbedder(WordHashEmbedder):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed_queries(self, texts):  # type: ignore[no-untyped-def]
        self.asked += texts
        return super().embed_queries(texts)


def test_a_text_that_was_checked_is_embedded_once() -> None:
    embedder = CountingEmbedder()
    shared = SharedVectors(embedder)

    kept = shared.embed_and_keep(["a passport"])
    found = shared.embed_queries(["how much", "a passport"])

    assert embedder.asked == ["a passport", "how much"]
    assert np.array_equal(found[1], kept[0])
    assert np.array_equal(found, WordHashEmbedder().embed_queries(["how much", "a passport"]))


def test_what_was_handed_on_is_forgotten() -> None:
    shared = SharedVectors(CountingEmbedder())

    shared.embed_and_keep(["a passport"])
    shared.embed_queries(["a passport"])

    assert not shared._kept


def test_only_so_many_wait_and_the_oldest_goes_first() -> None:
    embedder = CountingEmbedder()
    shared = SharedVectors(embedder)

    for number in range(MOST_KEPT + 1):
        shared.embed_and_keep([f"question {number}"])
    embedder.asked.clear()
    shared.embed_queries(["question 0", "question 1"])

    assert embedder.asked == ["question 0"]


@given(st.lists(st.text(max_size=8), max_size=6), st.lists(st.text(max_size=8), max_size=6))
def test_vectors_are_the_same_whatever_was_kept(kept: list[str], asked: list[str]) -> None:
    shared = SharedVectors(WordHashEmbedder())

    shared.embed_and_keep(kept)

    assert np.array_equal(shared.embed_queries(asked), WordHashEmbedder().embed_queries(asked))

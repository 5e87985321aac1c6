"""Logs and exports lose names and addresses that nothing announces."""

import json
import logging
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logs import JsonFormatter
from guardrails.example_files import EXAMPLES
from guardrails.name_tagger import (
    BUCKETS,
    LABELS,
    MAX_WORDS,
    NameTagger,
    features_of,
    joined,
    load_tagger,
    save_tagger,
    split_words,
)
from guardrails.personal_data.match import Match
from guardrails.scrubbing import Scrubber
from guardrails.training.people import draw_sentences
from guardrails.training.people_card import Labelled, measured, shared_sentences
from guardrails.wiring import build_scrubber

TAGGER = load_tagger(EXAMPLES / "name_tagger.npz")


@pytest.fixture(scope="module")
def scrub() -> Scrubber:
    return build_scrubber()


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("could not answer Ayesha Siddiqui at 14 Larch Road, Leeds", ["Ayesha", "Larch"]),
        ("Please ring Chiamaka Obi back on 07700 900123", ["Chiamaka", "07700"]),
        ("letter for Dafydd Probert was lost", ["Dafydd", "Probert"]),
        ("Zbigniew Mazur wrote to HMRC, AB 12 34 56 C", ["Zbigniew", "AB 12"]),
        ("Kind regards, Xin Zhao", ["Zhao"]),
    ],
)
def test_takes_out_names_and_addresses_without_a_cue(
    text: str, gone: list[str], scrub: Scrubber
) -> None:
    scrubbed = scrub(text)

    assert not any(word in scrubbed for word in gone), scrubbed


@pytest.mark.parametrize(
    "text",
    [
        "connection to server closed",
        "How do I apply for Universal Credit in Wales?",
        "request took 3.2 seconds",
        "Is form SA100 due in January?",
    ],
)
def test_leaves_ordinary_lines_alone(text: str, scrub: Scrubber) -> None:
    assert scrub(text) == text


def test_reads_names_and_sentences_it_never_saw() -> None:
    sentences = list(draw_sentences("held_out", 400, kept=True))

    names, addresses = (measured(TAGGER, sentences, label) for label in LABELS[1:])

    assert names.hits / names.spans >= 0.8
    assert names.right / names.matches >= 0.75
    assert addresses.hits / addresses.spans >= 0.95


def test_what_is_held_out_is_never_learned_from() -> None:
    learned = {sentence.text for sentence in draw_sentences("fit", 2_000, kept=False)}

    assert not learned & {s.text for s in draw_sentences("held_out", 400, kept=True)}


@given(kept=st.booleans(), count=st.integers(1, 60))
def test_every_span_of_a_made_up_sentence_stands_in_it(kept: bool, count: int) -> None:
    for sentence in draw_sentences("fit", count, kept=kept):
        for start, end, label in sentence.spans:
            assert sentence.text[start:end].strip()
            assert label in LABELS


@settings(deadline=None)
@given(text=st.text(max_size=120))
def test_scrubbing_never_fails_and_keeps_no_finder_s_find(text: str) -> None:
    scrubbed = build_scrubber()(f"{text} call 07700 900123")

    assert "07700 900123" not in scrubbed


@settings(deadline=None)
@given(text=st.text(max_size=120))
def test_matches_are_sorted_and_apart(text: str) -> None:
    matches = list(TAGGER.find(text))

    assert all(0 <= m.start < m.end <= len(text) for m in matches)
    assert all(one.end <= other.start for one, other in pairwise(matches))


def test_a_text_that_cannot_be_read_is_dropped() -> None:
    def breaks(text: str) -> Iterator[Match]:
        raise ValueError(text)

    assert Scrubber((breaks,), TAGGER)("Ayesha Siddiqui") == "[message removed]"


def test_neighbours_with_one_label_are_one_match() -> None:
    text = "ask Ana-Li O'Neill, 4 Elm Road now"
    words = split_words(text)

    labels = ["none", "name", "name", "none", "address", "address", "address", "none"]
    matches = list(joined(text, words, labels))

    assert [text[m.start : m.end] for m in matches] == ["Ana-Li O'Neill", "4 Elm Road"]


def test_what_is_too_long_to_read_is_taken_out() -> None:
    text = "word " * MAX_WORDS + "Ayesha Siddiqui"

    assert list(TAGGER.find(text))[-1].end == len(text)


def test_a_tagger_survives_its_file_and_is_small(tmp_path: object) -> None:
    path = EXAMPLES / "name_tagger.npz"

    again = load_tagger(path)

    assert path.stat().st_size <= 2_000_000
    assert np.array_equal(again.weights, TAGGER.weights)
    assert (EXAMPLES / "name_tagger.md").read_text("utf-8").startswith("# Model of names")


def test_saves_what_it_loads(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("tagger") / "t.npz"
    weights = np.zeros((BUCKETS, len(LABELS)), dtype=np.int8)
    weights[next(features_of(["Ana"]))[0], 1] = 100
    tagger = NameTagger(weights, np.ones(3), np.zeros(3), {"name": 0.5, "address": 0.5})

    save_tagger(tagger, path)

    assert [m.kind for m in load_tagger(path).find("Ana")] == ["name"]


def test_recall_and_precision_worked_by_hand() -> None:
    class Finds(NameTagger):
        def find(self, text: str) -> Iterator[Match]:
            yield Match("name", 0, 3)
            yield Match("name", 8, 10)

    finds = Finds(np.zeros((1, 3), dtype=np.int8), np.ones(3), np.zeros(3), {})
    sentence = Labelled("Ana saw Bo and Cy", ((0, 3, "name"), (15, 17, "name"), (8, 10, "other")))

    found = measured(finds, [sentence], "name")

    assert (found.hits, found.spans, found.right, found.personal, found.matches) == (1, 2, 1, 2, 2)


def test_without_the_shared_set_nothing_of_it_is_reported(tmp_path_factory: pytest.TempPathFactory) -> None:  # fmt: skip
    assert shared_sentences(tmp_path_factory.mktemp("empty")) == []


def test_what_a_library_says_is_scrubbed_in_logs_and_our_own_events_are_not(
    scrub: Scrubber,
) -> None:
    formatter = JsonFormatter(scrub)

    def event(logger: str, message: str) -> str:
        record = logging.LogRecord(logger, logging.WARNING, __file__, 1, message, None, None)
        return str(json.loads(formatter.format(record))["event"])

    assert "Siddiqui" not in event("httpx", "no reply for Ayesha Siddiqui, jo@example.com")
    assert event("bot.pipeline", "answer.finished") == "answer.finished"

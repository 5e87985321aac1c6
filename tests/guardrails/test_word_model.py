from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails.example_files import EXAMPLES, draw_templates, half_of
from guardrails.training.fit import TrainingSet, fit_word_model, scores_by_folds, with_thresholds
from guardrails.word_model import BUCKETS, WordModel, features_of, load_model, save_model

LINES = [
    ("weather", "rain falls on the hills all day"),
    ("weather", "the wind and the rain are cold"),
    ("weather", "a storm of rain is coming"),
    ("none", "how much is a new bicycle"),
    ("none", "the bicycle shop opens at nine"),
    ("none", "where can a bicycle be repaired"),
]
TEXTS = st.text(max_size=200)


def fitted(lines: list[tuple[str, str]]) -> WordModel:
    return fit_word_model(TrainingSet(lines, np.ones(len(lines))), penalty=1e-3)


MODEL = fitted(LINES)


@given(TEXTS)
@settings(deadline=None)
def test_probabilities_of_any_text_sum_to_one(text: str) -> None:
    shares = MODEL.probabilities(text)

    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()


@given(TEXTS)
@settings(deadline=None)
def test_features_are_ascending_buckets_with_counts(text: str) -> None:
    found = features_of(text)

    assert (np.diff(found.buckets) > 0).all()
    assert (found.counts >= 1).all()
    assert ((found.buckets >= 0) & (found.buckets < 2 * BUCKETS)).all()


def test_a_loaded_model_reads_the_same(tmp_path: Path) -> None:
    model = with_thresholds(MODEL, {"act": [0.1, 0.2, 0.3]}, {"act": 0.0})
    save_model(model, tmp_path / "model.npz")

    loaded = load_model(tmp_path / "model.npz")

    text = "rain on my bicycle"
    assert loaded.read(text)[0] == pytest.approx(model.read(text)[0], abs=1e-5)
    assert loaded.thresholds == pytest.approx(dict(model.thresholds))
    assert loaded.kinds == model.kinds


def test_reads_what_it_has_learned() -> None:
    assert MODEL.read("cold rain and wind")[0] > 0.5
    assert MODEL.read("cold rain and wind")[1] == "weather"
    assert MODEL.read("a bicycle for sale")[0] < 0.5


def test_fitting_is_the_same_every_time() -> None:
    assert (fitted(LINES).weights == MODEL.weights).all()


def test_both_sides_weigh_the_same() -> None:
    many = fitted([*LINES, *[LINES[-1]] * 100])

    assert many.read("rain falls")[0] > 0.5


def test_scores_by_folds_come_from_models_that_never_saw_the_text() -> None:
    marked = [*LINES * 5, ("weather", "zebra")]

    scores = scores_by_folds(TrainingSet(marked, np.ones(len(marked))), penalty=1e-3)

    assert scores[-1] < fitted(marked).read("zebra")[0]


@given(st.lists(st.floats(0, 0.99), min_size=1, max_size=50), st.floats(0, 0.99))
def test_a_threshold_lets_at_most_the_wanted_share_through(
    unseen: list[float], rate: float
) -> None:
    model = with_thresholds(MODEL, {"act": unseen}, {"act": rate})

    reached = sum(score >= model.thresholds["act"] for score in unseen)

    assert reached <= rate * len(unseen)


def test_made_up_lines_differ_and_repeat_for_the_same_seed() -> None:
    drawn = draw_templates("ordinary_templates", 200, seed="a")

    assert drawn == draw_templates("ordinary_templates", 200, seed="a")
    assert len({text for _, text in drawn}) == 200
    assert not any("<" in text for _, text in drawn)


@given(st.text())
def test_a_text_belongs_to_one_half_whatever_surrounds_it(text: str) -> None:
    assert half_of(text) == half_of(f" {text}\n")


def test_the_shipped_models_are_small_and_hold_numbers_and_words_only() -> None:
    for path in EXAMPLES.glob("*_words.npz"):
        assert path.stat().st_size <= 2_000_000
        with np.load(path, allow_pickle=False) as stored:
            assert set(stored) >= {"weights", "scales", "rarity", "kinds"}
        assert path.with_suffix(".md").is_file(), "a model ships with its card"

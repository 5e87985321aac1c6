import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.abstention_metrics import threshold_for_coverage
from eval.fitting.listwise import fit_weights, stack
from eval.fitting.logistic import fit_confidence


def test_the_signal_that_tells_right_from_wrong_gets_the_weight() -> None:
    chance = np.random.default_rng(1)
    lists = []
    for _ in range(60):
        signals = chance.normal(size=(8, 3))
        right = np.zeros(8, dtype=bool)
        right[int(signals[:, 1].argmax())] = True
        lists.append((signals, right))

    weights = fit_weights(stack(lists), ("noise", "telling", "other"))

    assert weights["telling"] > 5 * abs(weights["noise"])
    assert weights["telling"] > 5 * abs(weights["other"])


def test_questions_without_a_right_row_are_left_out() -> None:
    usable = (np.ones((2, 1)), np.array([True, False]))
    useless = (np.ones((3, 1)), np.zeros(3, dtype=bool))

    rows = stack([useless, usable, useless])

    assert rows.signals.shape == (2, 1)
    assert rows.question.tolist() == [0, 0]


def test_fitting_twice_gives_the_same_weights() -> None:
    chance = np.random.default_rng(2)
    rows = stack([(chance.normal(size=(5, 2)), np.eye(5, dtype=bool)[0]) for _ in range(20)])

    assert fit_weights(rows, ("a", "b")) == fit_weights(rows, ("a", "b"))


def test_confidence_separates_what_can_be_separated() -> None:
    chance = np.random.default_rng(3)
    good, bad = chance.normal(2, 1, (200, 1)), chance.normal(-2, 1, (200, 1))

    weights = fit_confidence([(good, bad)], ("x",))

    assert weights["x"] > 0
    assert weights["intercept"] == pytest.approx(0, abs=0.5)


def test_a_signal_that_never_changes_does_no_harm() -> None:
    weights = fit_confidence([(np.array([[1.0, 2.0]]), np.array([[1.0, 0.0]]))], ("same", "x"))

    assert all(np.isfinite(value) for value in weights.values())


@given(st.lists(st.floats(0, 1), min_size=1), st.floats(0.01, 1))
def test_the_threshold_keeps_the_wanted_coverage(values: list[float], coverage: float) -> None:
    threshold = threshold_for_coverage(values, coverage)

    assert sum(value >= threshold for value in values) / len(values) >= coverage - 1e-6

"""Logistic fit of the confidence."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]


def fit_confidence(
    sets: Sequence[tuple[Floats, Floats]], names: Sequence[str], *, penalty: float = 1e-3
) -> dict[str, float]:
    """Return logistic weights by name, and `intercept`.

    Args:
        sets: For each question set, signals of questions the index answers and of questions it
            does not, each of shape (questions, signals). Sets count equally, whatever their size,
            and so do the two sides of a set.
        names: Names of the signals.
        penalty: L2 penalty on weights of standardised signals.
    """
    sides = [(side, sign) for pair in sets for side, sign in zip(pair, (1, -1), strict=True)]
    signals = np.concatenate([side for side, _ in sides])
    label = np.concatenate([np.full(len(side), float(sign)) for side, sign in sides])
    share = np.concatenate([np.full(len(side), 1 / len(side) / len(sides)) for side, _ in sides])
    middle, spread = signals.mean(axis=0), signals.std(axis=0)
    scale = np.where(spread > 1e-9, spread, 1.0)
    standard = (signals - middle) / scale

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = label * (standard @ weights[:-1] + weights[-1])
        value = share @ np.logaddexp(0, -margin) + penalty * weights[:-1] @ weights[:-1]
        pull = -label * share / (1 + np.exp(margin))
        slope = np.append(standard.T @ pull + 2 * penalty * weights[:-1], pull.sum())
        return float(value), slope

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / scale
    fitted = {name: float(weight) for name, weight in zip(names, weights, strict=True)}
    return {**fitted, "intercept": float(found[-1] - weights @ middle)}

"""Logistic fit of the confidence."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]


def fit_confidence(
    answerable: Floats, unanswerable: Floats, names: Sequence[str], *, penalty: float = 1e-3
) -> dict[str, float]:
    """Return logistic weights by name, and `intercept`.

    Args:
        answerable: Signals of questions the index answers, shape (questions, signals).
        unanswerable: Signals of questions it does not answer, same width.
        names: Names of the signals.
        penalty: L2 penalty on weights of standardised signals.
    """
    signals = np.concatenate([answerable, unanswerable])
    label = np.concatenate([np.ones(len(answerable)), -np.ones(len(unanswerable))])
    middle, spread = signals.mean(axis=0), signals.std(axis=0)
    scale = np.where(spread > 1e-9, spread, 1.0)
    standard = (signals - middle) / scale

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = label * (standard @ weights[:-1] + weights[-1])
        value = np.logaddexp(0, -margin).mean() + penalty * weights[:-1] @ weights[:-1]
        pull = -label / (1 + np.exp(margin)) / len(label)
        slope = np.append(standard.T @ pull + 2 * penalty * weights[:-1], pull.sum())
        return float(value), slope

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / scale
    fitted = {name: float(weight) for name, weight in zip(names, weights, strict=True)}
    return {**fitted, "intercept": float(found[-1] - weights @ middle)}

"""Listwise fit: weights under which a right row outscores the wrong rows of the same question.

Minimises the negative log-likelihood that a softmax over a question's rows picks a right one
(ListNet with several right answers; Cao et al., ICML 2007), plus an L2 penalty on standardised
weights. Convex where each question has one right row; L-BFGS from zero, so it is deterministic.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Listwise:
    """Rows of many questions.

    Attributes:
        signals: Shape (rows, signals).
        question: Number of each row's question, ascending from 0, shape (rows,).
        right: Whether the row is right, shape (rows,); at least one for each question.
    """

    signals: Floats
    question: NDArray[np.intp]
    right: NDArray[np.bool_]


def stack(lists: Sequence[tuple[Floats, NDArray[np.bool_]]]) -> Listwise:
    """Join the rows of questions, leaving out those without a right row."""
    usable = [(signals, right) for signals, right in lists if right.any()]
    return Listwise(
        signals=np.concatenate([signals for signals, _ in usable]).astype(np.float64),
        question=np.repeat(np.arange(len(usable)), [len(right) for _, right in usable]),
        right=np.concatenate([right for _, right in usable]),
    )


def fit_weights(rows: Listwise, names: Sequence[str], *, penalty: float = 1e-2) -> dict[str, float]:
    """Return one weight for each signal, in the signals' own units.

    Args:
        rows: What to fit.
        names: Names of the signals.
        penalty: L2 penalty on weights of standardised signals.
    """
    spread = rows.signals.std(axis=0)
    scale = np.where(spread > 1e-9, spread, 1.0)
    standard = (rows.signals - rows.signals.mean(axis=0)) / scale
    questions = int(rows.question[-1]) + 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = standard @ weights
        top = np.full(questions, -np.inf)
        np.maximum.at(top, rows.question, scores)
        shares = np.exp(scores - top[rows.question])
        total = np.bincount(rows.question, shares, questions)
        good = np.bincount(rows.question, shares * rows.right, questions)
        pull = shares / total[rows.question] - shares * rows.right / good[rows.question]
        value = float(-np.mean(np.log(good) - np.log(total)) + penalty * weights @ weights)
        return value, standard.T @ pull / questions + 2 * penalty * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: float(w) for name, w in zip(names, found.x / scale, strict=True)}

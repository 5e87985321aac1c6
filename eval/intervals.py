"""How far a figure can be trusted."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval.

    Attributes:
        value: The mean or proportion.
        low, high: Ends of the interval.
        scored: Items it was measured on.
    """

    value: float
    low: float
    high: float
    scored: int


def wilson(successes: int, trials: int) -> Estimate:
    """Return a proportion with its Wilson score interval (Wilson, 1927); trials at least 1."""
    share = successes / trials
    spread = Z95**2 / trials
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * math.sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    # Rounding can put an end past the share itself at 0 and 1.
    low, high = min(share, middle - half), max(share, middle + half)
    return Estimate(share, max(0.0, low), min(1.0, high), trials)


def cluster_bootstrap(
    values: Sequence[float], clusters: Sequence[str], *, seed: int = 7, rounds: int = 1000
) -> Estimate:
    """Return a mean with its percentile interval over resampled clusters.

    Questions on one page fail together; resampling pages instead of questions keeps the interval
    honest (Cameron, Gelbach and Miller, 2008).

    Args:
        values: One for each item; at least one.
        clusters: The page or conversation of each item; an empty name is a cluster of its own.
        seed: Same seed, same interval.
        rounds: Resamples.
    """
    groups: dict[str, list[float]] = {}
    for position, (value, cluster) in enumerate(zip(values, clusters, strict=True)):
        groups.setdefault(cluster or f"#{position}", []).append(value)
    totals = np.array([sum(group) for group in groups.values()])
    sizes = np.array([len(group) for group in groups.values()])
    picks = np.random.default_rng(seed).integers(0, len(totals), size=(rounds, len(totals)))
    means = totals[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(np.mean(values)), float(low), float(high), len(values))

"""Turn signals into scores with fitted weights."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.errors import CalibrationMismatchError

Floats = NDArray[np.float32]


def fuse(signals: Floats, names: Sequence[str], weights: Mapping[str, float]) -> Floats:
    """Return the weighted sum of the signals of each row.

    The sum does not depend on the order of the rows, and a row's score does not depend on the
    other rows.

    Args:
        signals: Shape (rows, len(names)).
        names: Names of the columns.
        weights: Weight by name; every name must be there.

    Raises:
        CalibrationMismatchError: The weights were fitted for other signals.
    """
    if set(names) != set(weights):
        raise CalibrationMismatchError(
            missing=sorted(set(names) - set(weights)), unknown=sorted(set(weights) - set(names))
        )
    vector = np.array([weights[name] for name in names], dtype=np.float32)
    return np.asarray(signals @ vector, dtype=np.float32)

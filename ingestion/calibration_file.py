"""The fitted weights that a build stores with an index version.

This room keeps them as they are; what they mean is known where questions are answered
(`bot.retrieval.calibration`). The shipped file and its card (data, command, seed, scores) are
`default_calibration.json` and `default_calibration.md` beside this file.
"""

import json
from pathlib import Path
from typing import Any

from ingestion.errors import CalibrationFileError

_SHIPPED = Path(__file__).with_name("default_calibration.json")


def read_calibration(path: Path | None) -> dict[str, Any]:
    """Return the weights, thresholds and risk-coverage curve of a file, or the shipped ones.

    Args:
        path: As `enquiry-eval fit` writes it; None for the shipped file.

    Raises:
        CalibrationFileError: It cannot be read, or is no JSON object.
    """
    chosen = path or _SHIPPED
    try:
        value = json.loads(chosen.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CalibrationFileError(path=chosen, reason=str(error)) from error
    if not isinstance(value, dict):
        raise CalibrationFileError(path=chosen, reason="it is not a JSON object")
    return value

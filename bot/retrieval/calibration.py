"""Fusion weights and thresholds: fitted by `enquiry-eval fit`, never set by hand.

The shipped values and their card (data, command, seed, scores) are
`default_calibration.json` and `default_calibration.md` beside this file.
"""

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

DEFAULT_FILE = Path(__file__).with_name("default_calibration.json")


class RiskPoint(BaseModel):
    """What one confidence threshold gives, measured on pages that were not fitted on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float = Field(ge=0, le=1, description="Confidence from which to answer.")
    coverage: float = Field(ge=0, le=1, description="Share of answerable questions answered.")
    false_answers: float = Field(
        ge=0, le=1, description="Share answered of questions whose page was taken out."
    )


class Calibration(BaseModel):
    """What turns signals into scores and scores into decisions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page_weights: dict[str, float] = Field(description="Weight of each page signal, by name.")
    unit_weights: dict[str, float] = Field(description="Weight of each unit signal, by name.")
    confidence_weights: dict[str, float] = Field(
        description="Logistic weight of each confidence signal, by name, and `intercept`."
    )
    answer_threshold: float = Field(
        ge=0, le=1, description="Confidence at or above which an answer is given."
    )
    partial_threshold: float = Field(
        ge=0,
        le=1,
        description="Confidence at or above which what was found is shown as a partial answer.",
    )
    risk_coverage: tuple[RiskPoint, ...] = Field(
        default=(), description="What other thresholds would give, by rising threshold."
    )
    fitted_on: dict[str, Any] = Field(
        default_factory=dict, description="Data digest, seed, command and scores of the fit."
    )


@cache
def default_calibration() -> Calibration:
    """Return the shipped calibration."""
    return Calibration.model_validate_json(DEFAULT_FILE.read_text("utf-8"))

"""Fusion weights and thresholds: fitted by `enquiry-eval fit`, never set by hand.

A build stores them with the index version (`ingestion/calibration_file.py`), so that what a
version answers does not change with the release that serves it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.retrieval.confidence import CONFIDENCE_SIGNALS
from bot.retrieval.signals import PAGE_SIGNALS, UNIT_SIGNALS
from ingestion.calibration_file import read_calibration


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

    def fits_this_release(self) -> bool:
        """Return whether it weighs the signals that this release computes, all and no other."""
        return (
            set(self.page_weights) == set(PAGE_SIGNALS)
            and set(self.unit_weights) == set(UNIT_SIGNALS)
            and set(self.confidence_weights) == {*CONFIDENCE_SIGNALS, "intercept"}
        )


@cache
def default_calibration() -> Calibration:
    """Return the shipped calibration."""
    return Calibration.model_validate(read_calibration(None))


def stored_calibration(stored: Mapping[str, Any]) -> Calibration | None:
    """Return what an index version brings; None when it brings none that this release can use."""
    try:
        calibration = Calibration.model_validate(stored)
    except ValidationError:
        return None
    return calibration if calibration.fits_this_release() else None

"""Switches of the evaluation room (environment prefix `ENQUIRY_EVAL_`)."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class EvalSettings(BaseSettings):
    """How runs are made."""

    model_config = SettingsConfigDict(
        env_prefix="ENQUIRY_EVAL_", env_file=".env", extra="ignore", frozen=True
    )

    runs_dir: Path = Field(default=Path("runs"), description="Folder for the records of runs.")
    timeout_seconds: float = Field(
        default=60.0, gt=0, description="Longest time for one answer of a remote target, seconds."
    )
    seed: int = Field(default=7, description="Seed of every resampling.")

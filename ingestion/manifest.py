"""What an index version was built with; opening a version with another model is refused."""

import json
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

OF_THE_BUILD = ("version", "built_at", "files")


class SourceRecord(BaseModel):
    """One source of a build."""

    model_config = ConfigDict(frozen=True)

    location: str = Field(description="Folder, file or address as given to the build.")
    pages: int = Field(description="Pages read from it.")
    skipped: int = Field(description="Files or addresses found but not indexed.")
    settings: str = Field(
        default="", description="Digest of what its owner says of the pages, in the guidance file."
    )


class Manifest(BaseModel):
    """The birth certificate of one index version.

    What follows from the input alone is stored as `manifest.json`, the same to the byte for the
    same input; name, time and checksums of this one build are stored beside it as `build.json`.
    """

    model_config = ConfigDict(frozen=True)

    format_version: Literal[2] = Field(default=2, description="Layout of the version directory.")
    version: str = Field(description="Identifier: UTC build time and the start of the root hash.")
    built_at: datetime = Field(description="When the build finished, UTC.")
    embedding_model: str = Field(description="`Embedder.name` of the model that made the vectors.")
    dimension: int = Field(description="Components of every vector.")
    cutting_rules: str = Field(description="Digest of the rules that cut text into passages.")
    sources: tuple[SourceRecord, ...] = Field(description="Where the pages came from.")
    pages: int = Field(description="Number of pages.")
    passages: int = Field(description="Number of passages.")
    units: int = Field(description="Number of evidence units.")
    locales: tuple[str, ...] = Field(description="Languages of the pages, sorted.")
    calibration: dict[str, Any] = Field(
        default_factory=dict,
        description="Weights, thresholds, risk-coverage curve and data digests of the fit.",
    )
    files: dict[str, str] = Field(description="SHA-256 of every content file, by relative path.")
    root_hash: str = Field(
        description="SHA-256 over page, passage and unit content and vectors' inputs."
    )

    def content_json(self) -> str:
        """Return what follows from the input alone: the text of `manifest.json`."""
        return self.model_dump_json(indent=2, exclude=set(OF_THE_BUILD)) + "\n"

    def build_json(self) -> str:
        """Return what belongs to this one build: the text of `build.json`."""
        return self.model_dump_json(indent=2, include=set(OF_THE_BUILD)) + "\n"

    @classmethod
    def from_json(cls, content: bytes, build: bytes) -> "Manifest":
        """Put the two files together.

        Raises:
            ValueError: One of them is not what a release of this format writes.
        """
        return cls.model_validate({**json.loads(content), **json.loads(build)})

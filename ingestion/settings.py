"""Switches of the ingestion room (environment prefix `ENQUIRY_`)."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class IndexSettings(BaseSettings):
    """Where the index lives and how it is built."""

    model_config = SettingsConfigDict(
        env_prefix="ENQUIRY_", env_file=".env", extra="ignore", frozen=True
    )

    data_dir: Path = Field(
        default=Path("data"),
        description="Folder for everything the service stores: index versions, database, logs.",
    )
    embedding_model: str = Field(
        default="all-MiniLM-L6-v2",
        description=(
            "`all-MiniLM-L6-v2` is the bundled package; any other value is a sentence-transformers "
            "name or folder."
        ),
    )

    offline: bool = Field(
        default=True,
        description="Never ask a model hub; set to false to load a model by its hub name.",
    )

    index_dir: Path | None = Field(
        default=None, description="Folder of index versions; empty for `index` in the data folder."
    )

    chroma_url: str = Field(
        default="",
        pattern=r"^(https?://\S+)?$",
        description="Address of a Chroma server, such as `http://chroma:8000`; empty for embedded.",
    )

    @property
    def index_directory(self) -> Path:
        """Folder that holds the index versions and the pointer to the published one."""
        return self.index_dir or self.data_dir / "index"

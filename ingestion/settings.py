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

    calibration: Path | None = Field(
        default=None,
        description=(
            "File of weights and thresholds, as `enquiry-eval fit` writes it, that every build "
            "stores with the version; empty for the shipped ones."
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
    ray_address: str = Field(
        default="",
        description="Address of a Ray cluster for `--engine ray`; empty to start one here.",
    )
    govuk_content_api: str = Field(
        default="https://www.gov.uk/api/content",
        pattern=r"^https?://",
        description="Address of the GOV.UK Content API, for sources `govuk:/path`.",
    )
    allow_private_hosts: str = Field(
        default="",
        description=(
            "Hosts that may be read although they are not on the public internet, separated by "
            "commas: `host` for ports 80 and 443, `host:port` for another port."
        ),
    )
    fetch_contact: str = Field(
        default="",
        pattern=r"^[ -~]*$",
        description="Web or e-mail address shown to the sites that are read, in `User-Agent`.",
    )
    fetch_delay_seconds: float = Field(
        default=0.5, ge=0, le=60, description="Pause between two requests to one host, seconds."
    )
    fetch_concurrency: int = Field(
        default=4, ge=1, le=32, description="Pages asked for at once, over all hosts."
    )
    fetch_timeout_seconds: float = Field(
        default=60.0, gt=0, le=600, description="Longest time for one page, seconds."
    )
    fetch_max_megabytes: int = Field(
        default=20, ge=1, le=500, description="Largest page that is read, megabytes, unpacked."
    )

    @property
    def index_directory(self) -> Path:
        """Folder that holds the index versions and the pointer to the published one."""
        return self.index_dir or self.data_dir / "index"

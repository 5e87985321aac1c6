"""Switches of the HTTP service (environment prefix `ENQUIRY_`)."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from limits import parse_many
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """How the service listens, stores and limits."""

    model_config = SettingsConfigDict(
        env_prefix="ENQUIRY_", env_file=".env", extra="ignore", frozen=True
    )

    data_dir: Path = Field(
        default=Path("data"), description="Folder for everything the service stores."
    )
    database_url: str = Field(
        default="",
        description=(
            "SQLAlchemy address of the database, for example "
            "`postgresql+psycopg://user@host/name`; empty for SQLite in the data folder."
        ),
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    allowed_origins: str = Field(
        default="",
        description="Web addresses whose pages may call the API, separated by commas; `*` for all.",
    )
    rate_limits: str = Field(
        default="30/minute;300/hour",
        description="Questions one address may ask, such as `30/minute;300/hour`; `off` for none.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Networks whose `X-Forwarded-For` is believed, separated by commas.",
    )
    max_question_characters: int = Field(
        default=1000, ge=1, le=20_000, description="Longest question, in characters."
    )
    admin_keys: str = Field(
        default="",
        description=(
            "SHA-256 digests (64 hexadecimal digits) of the keys of content systems and teams, "
            "separated by commas; empty switches those calls off."
        ),
    )
    conversation_hours: int = Field(
        default=24, ge=1, le=24 * 366, description="Hours after which a conversation is deleted."
    )
    privacy_url: str = Field(
        default="",
        description=(
            "Web address of your privacy notice, linked from the page without JavaScript; "
            "empty for none."
        ),
    )

    @field_validator("rate_limits")
    @classmethod
    def _is_a_rate(cls, value: str) -> str:
        if value.strip().lower() != "off":
            try:
                parse_many(value)
            except ValueError as error:
                message = "allowed are rates such as `30/minute;300/hour`, or `off`"
                raise ValueError(message) from error
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        try:
            _networks(value)
        except ValueError as error:
            message = "allowed are networks such as `10.0.0.0/8`, separated by commas"
            raise ValueError(message) from error
        return value

    @field_validator("admin_keys")
    @classmethod
    def _are_digests(cls, value: str) -> str:
        if not all(re.fullmatch(r"[0-9a-fA-F]{64}", digest) for digest in _parts(value)):
            message = "allowed are SHA-256 digests of 64 hexadecimal digits, separated by commas"
            raise ValueError(message)
        return value

    @field_validator("privacy_url")
    @classmethod
    def _is_a_web_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            message = "allowed are web addresses such as `https://www.example.gov.uk/privacy`"
            raise ValueError(message)
        return value

    @property
    def admin_key_digests(self) -> list[str]:
        """Digests of the keys of content systems and teams, in lower case."""
        return [digest.lower() for digest in _parts(self.admin_keys)]

    @property
    def sqlalchemy_url(self) -> str:
        """Address of the database, SQLite in the data folder by default."""
        return self.database_url or f"sqlite:///{self.data_dir / 'enquiries.sqlite3'}"

    @property
    def origins(self) -> list[str]:
        """Allowed origins, as a list."""
        return _parts(self.allowed_origins)

    @property
    def proxy_networks(self) -> list[IPv4Network | IPv6Network]:
        """Trusted proxies, as networks."""
        return _networks(self.trusted_proxies)


def _networks(value: str) -> list[IPv4Network | IPv6Network]:
    return [ip_network(part) for part in _parts(value)]


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]

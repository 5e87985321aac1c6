"""Switches of answering (environment prefix `ENQUIRY_`); those of the service are apart."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class BotSettings(BaseSettings):
    """How the bot answers."""

    model_config = SettingsConfigDict(
        env_prefix="ENQUIRY_", env_file=".env", extra="ignore", frozen=True
    )

    chat_model: str = Field(
        default="",
        description=(
            "Language model as `provider:model` for LangChain's `init_chat_model`; empty for "
            "extractive answers."
        ),
    )
    chat_base_url: str = Field(
        default="", description="Address of an OpenAI-compatible server; empty for the provider's."
    )
    chat_api_key: SecretStr = Field(
        default=SecretStr(""),
        description="Key for the provider; empty to use the provider's own variable.",
    )
    chat_timeout_seconds: float = Field(
        default=20.0, gt=0, le=300, description="Longest time for one complete reply, in seconds."
    )

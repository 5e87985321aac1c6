"""Switches of answering (environment prefix `ENQUIRY_`); those of the service are apart."""

import re
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
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
    chat_retries: int = Field(
        default=1,
        ge=0,
        le=5,
        description=(
            "How often a reply is asked for again, with growing pauses, when the provider is busy "
            "or cannot be reached."
        ),
    )
    chat_failures: int = Field(
        default=3, ge=1, description="Failures in a row after which the language model rests."
    )
    chat_rest_seconds: float = Field(
        default=60.0, gt=0, description="How long it rests before one enquiry tries it again."
    )
    chat_check_seconds: float = Field(
        default=30.0,
        ge=0,
        allow_inf_nan=False,
        description=(
            "How often it is looked whether anybody listens at the language model's address while "
            "nobody asks, in seconds; nothing is sent. 0 for never."
        ),
    )
    chat_tokens_a_day: int = Field(
        default=0,
        ge=0,
        description=(
            "Estimated tokens (four characters each) that one process may send and receive in a "
            "UTC day; 0 for any number. Afterwards answers are extractive."
        ),
    )
    chat_price_sent: float = Field(
        default=0.0,
        ge=0,
        allow_inf_nan=False,
        description="Price of a thousand tokens that are sent, in the currency of your contract.",
    )
    chat_price_received: float = Field(
        default=0.0,
        ge=0,
        allow_inf_nan=False,
        description="Price of a thousand tokens that are received, in the same currency.",
    )
    chat_cost_a_day: float = Field(
        default=0.0,
        ge=0,
        allow_inf_nan=False,
        description=(
            "Money that one process may spend in a UTC day, by those prices; 0 for any sum. "
            "Afterwards answers are extractive."
        ),
    )
    cross_encoder: str = Field(
        default="",
        description=(
            "Folder or name of a sentence-transformers cross-encoder that reads the best passages "
            "together with the question and has a say in their order; empty for none."
        ),
    )
    everyday_words: Path | None = Field(
        default=None,
        description=(
            "TOML file of what your citizens call things and what your guidance calls them, in "
            "the form of `bot/retrieval/everyday_words.toml`; its lines win over the shipped "
            "ones. Empty for the shipped ones alone."
        ),
    )

    contact_url: str = Field(
        default="",
        description="Web address of the page that says how people reach yours; empty for none.",
    )
    contact_phone: str = Field(
        default="",
        description="Phone number people may call, such as `0300 123 4567`; empty for none.",
    )
    contact_name: str = Field(
        default="",
        validate_default=True,
        description=(
            "Whom people are sent to who get no answer or ask for a person, such as `Sample "
            "Council customer services`; needs an address or a phone number. Empty for a general "
            "sentence."
        ),
    )
    contact_name_cy: str = Field(
        default="", description="The same in Welsh; empty for the English name."
    )

    @field_validator("contact_url")
    @classmethod
    def _is_a_web_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            message = "allowed are web addresses such as `https://www.example.gov.uk/contact`"
            raise ValueError(message)
        return value

    @field_validator("contact_phone")
    @classmethod
    def _is_a_phone_number(cls, value: str) -> str:
        if value and not re.fullmatch(r"(?:0\d{2,4}|\+44) [\d ]{3,10}\d", value):
            message = "allowed are numbers such as `0300 123 4567` or `+44 20 7946 0000`"
            raise ValueError(message)
        return value

    @field_validator("contact_name")
    @classmethod
    def _has_a_way(cls, value: str, others: ValidationInfo) -> str:
        given = others.data.get("contact_url") or others.data.get("contact_phone")
        if value and not given:
            message = "set ENQUIRY_CONTACT_URL or ENQUIRY_CONTACT_PHONE beside it"
            raise ValueError(message)
        if given and not value.strip():
            message = "an address or a phone number for contact needs the name of whom it reaches"
            raise ValueError(message)
        return value.strip()

    @field_validator("everyday_words", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @model_validator(mode="after")
    def _can_be_spent(self) -> Self:
        if self.chat_cost_a_day and not (self.chat_price_sent or self.chat_price_received):
            message = (
                "ENQUIRY_CHAT_COST_A_DAY needs ENQUIRY_CHAT_PRICE_SENT or "
                "ENQUIRY_CHAT_PRICE_RECEIVED; without a price nothing is ever spent"
            )
            raise ValueError(message)
        return self

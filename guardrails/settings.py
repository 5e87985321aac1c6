"""How strict the guardrails are."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class GuardrailSettings(BaseSettings):
    """Guardrail configuration, read from `ENQUIRY_…` variables or a `.env` file."""

    model_config = SettingsConfigDict(
        env_prefix="ENQUIRY_", env_file=".env", extra="ignore", frozen=True
    )

    keep_personal_data: tuple[str, ...] = Field(
        default=(),
        description="Kinds of personal data to leave in questions, as a JSON list such as "
        '["vehicle"]; payment cards and passwords are always removed.',
    )
    personal_data_policy: Path | None = Field(
        default=None,
        description="File that says what to do with kinds of personal data, with lines such as "
        "`vehicle = warn` (redact, redact_with_warning, warn or block); kinds it does not name "
        "stay as shipped.",
    )
    name_model: str = Field(
        default="",
        description="Larger model that finds names nobody announced, such as "
        "`spacy:en_core_web_lg`, `gliner:` or `transformers:` and a name or folder; its library "
        "must be installed. Empty for none.",
    )
    min_injection_score: float = Field(
        default=1.0,
        gt=0,
        le=10,
        description="How many signs of an attack on the language model refuse a question; "
        "lower refuses more.",
    )
    min_danger_likeness: float = Field(
        default=0.3,  # Fitted: guardrails/examples/danger_words.md.
        gt=0,
        le=1,
        description="From what likeness to examples of danger, between 0 and 1, help is shown "
        "beside the answer to someone whose words no rule foresaw; 1 turns this off, lower shows "
        "help more often.",
    )

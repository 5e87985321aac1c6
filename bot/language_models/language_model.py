"""What the bot needs from a language model, whichever library provides it."""

from collections.abc import AsyncGenerator
from typing import Protocol

from bot.language_models.model_usage import FailureKind, ModelCondition, ModelUsage


class LanguageModelError(Exception):
    """The model could not be reached, was too slow, or answered with an error.

    Attributes:
        kind: What went wrong.
        retry_after: Seconds the provider asks to wait; 0 when it does not say.
    """

    def __init__(
        self, reason: str, kind: FailureKind = "unusable", *, retry_after: float = 0.0
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.retry_after = retry_after


class LanguageModel(Protocol):
    """Writes text from instructions and content."""

    @property
    def name(self) -> str:
        """Provider and model, as recorded in answers."""
        ...

    @property
    def condition(self) -> ModelCondition:
        """Whether it would be asked now."""
        ...

    @property
    def usage(self) -> ModelUsage:
        """What it was asked so far, as far as anybody counts."""
        ...

    def stream(self, *, instructions: str, content: str) -> AsyncGenerator[str, None]:
        """Yield the reply in pieces, in order; closing it early ends the reply.

        Args:
            instructions: The service's own words; the only text the model is to obey.
            content: Passages and question: material, not instructions.

        Raises:
            LanguageModelError: The reply failed or did not finish in time.
        """
        ...

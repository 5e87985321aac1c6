"""What the bot needs from a language model, whichever library provides it."""

from collections.abc import AsyncGenerator
from typing import Literal, Protocol

ModelCondition = Literal["ok", "resting", "budget_spent"]
"""Whether a model is asked; if not: it failed too often, or the day's tokens are spent."""


class LanguageModelError(Exception):
    """The model could not be reached, was too slow, or answered with an error."""


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
    def tokens_today(self) -> int:
        """Estimated tokens of this UTC day, in this process; 0 when nobody counts."""
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

"""Errors of the bot room.

* BotError
  + CalibrationMismatchError
  + EverydayWordsError
  + NationError
  + NotReadyError
  + ChatModelConfigurationError
  + CrossEncoderConfigurationError
  + DatabaseError
  + PortInUseError
  + QuestionError
"""

from collections.abc import Sequence
from pathlib import Path


class BotError(Exception):
    """Base class: catch this to handle any failure of the bot."""


class CalibrationMismatchError(BotError):
    """The fitted weights are for other signals than this release computes."""

    def __init__(self, *, missing: Sequence[str], unknown: Sequence[str]) -> None:
        super().__init__(
            f"The fitted weights lack {list(missing)!r} and name {list(unknown)!r}, which this "
            "release does not compute. Scores would be wrong: refit with `enquiry-eval fit`, or "
            "rebuild the index without `--calibration`."
        )
        self.missing = tuple(missing)
        self.unknown = tuple(unknown)


class EverydayWordsError(BotError):
    """A file of everyday words cannot be used."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(
            f"The everyday words in {str(path)!r} cannot be used ({reason}). Every line is "
            '`"what citizens write" = "what guidance says"` under `[any_case]`, `[capitals]` or '
            "`[welsh]`; correct it, or leave ENQUIRY_EVERYDAY_WORDS empty for the shipped words."
        )
        self.path = path
        self.reason = reason


class NotReadyError(BotError):
    """A question came before the models and the index were loaded."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The service cannot answer yet: {reason}. Try again in a few seconds.")
        self.reason = reason


class ChatModelConfigurationError(BotError):
    """ENQUIRY_CHAT_MODEL names something that cannot be built."""

    def __init__(self, *, name: str, reason: str) -> None:
        super().__init__(
            f"ENQUIRY_CHAT_MODEL={name!r} cannot be used: {reason}. Give it as "
            "`provider:model`, for example `openai:gpt-4.1-mini`, or leave it empty for "
            "extractive answers."
        )
        self.name = name
        self.reason = reason


class CrossEncoderConfigurationError(BotError):
    """ENQUIRY_CROSS_ENCODER names something that cannot read pairs of texts."""

    def __init__(self, *, name: str, reason: str) -> None:
        super().__init__(
            f"ENQUIRY_CROSS_ENCODER={name!r} cannot be used: {reason}. Name a folder made by "
            "`enquiry-eval fine-tune --kind cross-encoder` or another sentence-transformers "
            "cross-encoder, or leave it empty."
        )
        self.name = name
        self.reason = reason


class DatabaseError(BotError):
    """The database cannot be used."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(
            f"The database cannot be used ({reason}). Check ENQUIRY_DATABASE_URL, or "
            "ENQUIRY_DATA_DIR and its write access when no address is set."
        )
        self.reason = reason


class PortInUseError(BotError):
    """Something else listens where the service should."""

    def __init__(self, *, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"Cannot listen on {host}:{port} ({reason}). Stop what uses it, or choose another "
            "with `--port`."
        )
        self.host = host
        self.port = port


class QuestionError(BotError):
    """A question on the command line cannot be asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The question cannot be asked: {reason}. Ask in one or two sentences.")
        self.reason = reason


class NationError(BotError):
    """A nation on the command line is none of those that guidance may be for."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        super().__init__(f"There is no nation {name!r}. Choose one of {', '.join(known)}.")
        self.name = name

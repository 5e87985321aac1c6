"""Errors of the evaluation room.

* EvalError
  + QuestionSetError
  + RunNotFoundError
  + TargetError
  + ImportFormatError
  + TrainingError
  + FitError
"""

from pathlib import Path


class EvalError(Exception):
    """Base class: catch this to handle any evaluation failure."""


class QuestionSetError(EvalError):
    """A question set cannot be read."""

    def __init__(self, *, path: Path, reason: str, line: int = 0) -> None:
        where = f"{path}:{line}" if line else str(path)
        super().__init__(
            f"The question set is wrong at {where}: {reason}. Nothing was run; correct that place. "
            "docs/evaluators.md describes the fields."
        )
        self.path = path
        self.line = line
        self.reason = reason


class RunNotFoundError(EvalError):
    """A run's folder holds no finished run."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no finished run in {str(path)!r}. Make one with `enquiry-eval run`."
        )
        self.path = path


class TargetError(EvalError):
    """The service under test did not answer as its interface promises."""

    def __init__(self, *, target: str, reason: str) -> None:
        super().__init__(
            f"The target {target!r} failed: {reason}. Check that the service is running and "
            "ready (`/readyz`), then run this again."
        )
        self.target = target
        self.reason = reason


class ImportFormatError(EvalError):
    """Data to import is not in the format it was announced as."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(f"Cannot import {str(path)!r}: {reason}. See docs/evaluators.md.")
        self.path = path
        self.reason = reason


class FitError(EvalError):
    """Weights cannot be fitted."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(
            f"Nothing was fitted: {reason}. Add questions about other pages, or fit with `--half`."
        )
        self.reason = reason


class TrainingError(EvalError):
    """A model cannot be trained."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(f"Nothing was trained: {reason}.")
        self.reason = reason

"""Failures of the guardrails.

GuardrailError
├── GuardrailConfigurationError    a setting has a value no rule understands
├── NameModelError                 the larger model for names cannot be used
├── PolicyTableError               a line of a policy table cannot be followed
└── GuardrailSelfTestError         the built rules miss a known case; nothing may be answered
"""

from collections.abc import Sequence
from pathlib import Path


class GuardrailError(Exception):
    """Any failure of the guardrails."""


class GuardrailConfigurationError(GuardrailError):
    """A setting names a kind of personal data that does not exist."""

    def __init__(self, *, setting: str, value: str, allowed: Sequence[str]) -> None:
        self.setting, self.value, self.allowed = setting, value, tuple(allowed)
        super().__init__(
            f"{setting} names {value!r}, which is no kind of personal data. "
            f"Use names out of: {', '.join(self.allowed)}."
        )


class NameModelError(GuardrailError):
    """The setting for a larger model names one that cannot be used."""

    def __init__(self, setting: str, remedy: str) -> None:
        self.setting, self.remedy = setting, remedy
        super().__init__(f"ENQUIRY_NAME_MODEL is {setting!r}, which finds no names. {remedy}")


class PolicyTableError(GuardrailError):
    """A line of a policy table names something unknown or forbidden."""

    def __init__(self, path: Path, line: str, allowed: Sequence[str], number: int = 0) -> None:
        self.path, self.line, self.allowed, self.number = path, line, tuple(allowed), number
        place = f"{path}:{number}" if number else str(path)
        super().__init__(
            f"{place} says {line!r}, which no rule can follow. Write a known name, `=` and one "
            f"of: {', '.join(self.allowed)}."
        )


class GuardrailSelfTestError(GuardrailError):
    """The built rules miss a known case, so questions cannot be checked safely."""

    def __init__(self, failures: Sequence[str]) -> None:
        self.failures = tuple(failures)
        super().__init__(
            f"The guardrails failed {len(self.failures)} of their own checks: "
            f"{'; '.join(self.failures)}. Reinstall the pinned packages (constraints.txt); if "
            "ENQUIRY_NAME_MODEL is set, start without it."
        )

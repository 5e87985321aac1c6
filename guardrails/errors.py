"""Failures of the guardrails.

GuardrailError
├── GuardrailConfigurationError    a setting has a value no rule understands
└── GuardrailSelfTestError         the built rules miss a known case; nothing may be answered
"""

from collections.abc import Sequence


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


class GuardrailSelfTestError(GuardrailError):
    """The built rules miss a known case, so questions cannot be checked safely."""

    def __init__(self, failures: Sequence[str]) -> None:
        self.failures = tuple(failures)
        super().__init__(
            f"The guardrails failed {len(self.failures)} of their own checks: "
            f"{'; '.join(self.failures)}. Reinstall the pinned packages (constraints.txt)."
        )

"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding means for publishing."""

    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a content team should know before the version is live.

    Attributes:
        check: Name of the check.
        severity: Whether it stops publishing.
        subject: Page address, passage id, file or question.
        text: One sentence a content designer understands.
    """

    check: str
    severity: Severity
    subject: str
    text: str


def blocks(check: str, subject: str, text: str) -> Finding:
    """Return a finding that stops publishing."""
    return Finding(check, Severity.BLOCKS, subject, text)


def warns(check: str, subject: str, text: str) -> Finding:
    """Return a finding that is reported only."""
    return Finding(check, Severity.WARNS, subject, text)

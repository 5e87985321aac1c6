"""All checks of a version, and what they found on disk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from ingestion.auditing import counts, links, near_duplicates, stored, validity
from ingestion.auditing.candidate import Candidate
from ingestion.auditing.findings import Finding, Severity, warns
from ingestion.auditing.quarantine import Held
from ingestion.document import Failed, Skipped

CHECKS = (
    counts.check,
    stored.check_ids,
    stored.check_self_retrieval,
    links.check,
    near_duplicates.check,
    validity.check,
    validity.check_read,
)


def audit(candidate: Candidate, held: Sequence[Held]) -> list[Finding]:
    """Return what the checks found, what blocks first."""
    found = [finding for check in CHECKS for finding in check(candidate)]
    return by_severity([*found, *_about(held)])


def by_severity(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with those that block first, otherwise in their order."""
    return sorted(findings, key=lambda finding: finding.severity is not Severity.BLOCKS)


def _about(held: Sequence[Held]) -> Iterator[Finding]:
    for entry in held:
        text = (
            f"Held back ({entry.passages} passages): {entry.reason} If it is right, run "
            f"`enquiry-ingest approve {entry.digest} --reason TEXT` and build again."
        )
        yield warns("quarantine", entry.url, text)


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """What was found about a version when it was built.

    Attributes:
        findings: What the checks found, what blocks first.
        held: Text that waits for approval.
        skipped: What was found in the sources and not indexed.
        failed: What could not be read.
    """

    findings: tuple[Finding, ...] = ()
    held: tuple[Held, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[Failed, ...] = ()


_RECORD = TypeAdapter(AuditRecord)


def write_audit(path: Path, record: AuditRecord) -> None:
    """Write what was found about a version.

    Raises:
        OSError: The file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_RECORD.dump_json(record, indent=1) + b"\n")


def read_audit(path: Path) -> AuditRecord:
    """Return what was found about a version; nothing when it was never checked."""
    try:
        return _RECORD.validate_json(path.read_bytes())
    except FileNotFoundError:
        return AuditRecord()

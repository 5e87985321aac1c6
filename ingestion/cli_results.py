"""How `enquiry-ingest` shows what a build did."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ingestion.auditing.findings import Finding, Severity
from ingestion.build import BuildResult
from ingestion.changes import Changes

SHOWN = 20


def blocking(findings: Sequence[Finding]) -> list[str]:
    """Return the findings that stop publishing, a sentence each."""
    return [f"{f.check}: {f.text}" for f in findings if f.severity is Severity.BLOCKS]


def as_json(result: BuildResult) -> dict[str, Any]:
    """Return a result for `--json`; changes are counted, not listed."""
    changes = {"pages": result.page_changes.counts, "passages": result.passage_changes.counts}
    fields = asdict(result)
    del fields["page_changes"], fields["passage_changes"]
    return {**fields, "changes": changes}


def _counts(what: str, changes: Changes) -> str:
    counts = ", ".join(f"{number} {name}" for name, number in changes.counts.items())
    return f"{what}: {counts}"


def print_result(result: BuildResult) -> None:
    """Print a result for people."""
    print(
        f"{result.pages} pages, {result.passages} passages, {result.units} units in "
        f"{result.seconds['total']} s ({result.embedded} texts embedded).\n"
        f"{_counts('Pages', result.page_changes)}; {len(result.skipped)} skipped.\n"
        f"{_counts('Passages', result.passage_changes)}."
    )
    for skipped in result.skipped:
        print(f"  skipped {skipped.origin}: {skipped.reason}")
    for failed in result.failed:
        print(f"  failed {failed.origin}: {failed.reason}")
    for finding in result.findings[:SHOWN]:
        print(f"  {finding.severity} [{finding.check}] {finding.subject}: {finding.text}")
    if len(result.findings) > SHOWN:
        print(f"  … {len(result.findings) - SHOWN} more in `enquiry-ingest audit`")
    state = "is live" if result.published else "is built; `enquiry-ingest publish` makes it live"
    print(f"Version {result.version} {state}.")

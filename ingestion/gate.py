"""Between a build and the citizens: check a version, and publish it only when it passes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ingestion.auditing.audit import AuditRecord, audit, by_severity, write_audit
from ingestion.auditing.candidate import Candidate
from ingestion.auditing.findings import Finding, Severity
from ingestion.auditing.quarantine import Held
from ingestion.auditing.regression import check as check_regression
from ingestion.auditing.regression import compare, read_questions
from ingestion.auditing.trail import note
from ingestion.changes import Changes
from ingestion.collections import Collections
from ingestion.embedding import Embedder
from ingestion.manifest import Manifest
from ingestion.opened_index import OpenedIndex
from ingestion.passage import Passage
from ingestion.passage_file import read_passages
from ingestion.reading import Reading
from ingestion.versions import VersionStore, writing

Report = Callable[[str, int, int], None]


class Tools(Protocol):
    """What the checks need of the build's workshop."""

    @property
    def embedder(self) -> Embedder:
        """Makes the vectors of questions."""
        ...

    @property
    def collections(self) -> Collections:
        """Where passage vectors are searched."""
        ...


@dataclass(frozen=True, slots=True)
class Checked:
    """A version to check, with what the build knows of it already.

    Attributes:
        store: Where versions live.
        version: Its name.
        passages: In row order.
        reading: What its sources held.
        held: Text that waits for approval.
        now: UTC time.
    """

    store: VersionStore
    version: str
    passages: Sequence[Passage]
    reading: Reading
    held: tuple[Held, ...]
    now: datetime

    @property
    def audit_file(self) -> Path:
        """Where the findings are kept; versions themselves never change."""
        return audit_file(self.store, self.version)


def audit_file(store: VersionStore, version: str) -> Path:
    """Return where the findings about a version are kept."""
    return store.directory / "audits" / f"{version}.json"


def check_version(
    checked: Checked, pages: Changes, tools: Tools, questions: Path | None, report: Report
) -> list[Finding]:
    """Run every check on a version, keep the findings, and return them, what blocks first.

    Args:
        checked: The version.
        pages: Its pages compared with those of the version before.
        tools: Embedder and vector database.
        questions: A question set to ask of the live version and of this one.
        report: Called with stage, done and total.

    Raises:
        IndexNotWritableError: The findings cannot be kept.
        SourceNotFoundError: There is no such question set.
    """
    report("checking", 0, 2)
    store, reading, live = checked.store, checked.reading, checked.store.published()
    index = _open(checked, tools)
    try:
        candidate = Candidate(
            index=index,
            records=reading.records,
            live=store.readable_manifest(live),
            pages=pages,
            failed=reading.failed,
            today=checked.now.date(),
        )
        findings = audit(candidate, checked.held)
        report("checking", 1, 2)
        if questions and candidate.live and live != checked.version:
            lost = _regression(candidate.live, index, tools, store, questions)
            findings = by_severity([*findings, *lost])
    finally:
        index.close()
    with writing(store.directory):
        record = AuditRecord(
            tuple(findings), checked.held, tuple(reading.skipped), tuple(reading.failed)
        )
        write_audit(checked.audit_file, record)
    report("checking", 2, 2)
    return findings


def _open(checked: Checked, tools: Tools) -> OpenedIndex:
    path = checked.store.path_of(checked.version)
    collection = tools.collections.open(path, checked.version)
    manifest = checked.store.manifest_of(checked.version)
    return OpenedIndex(path, manifest, checked.passages, collection)


def _regression(
    live: Manifest, after: OpenedIndex, tools: Tools, store: VersionStore, questions: Path
) -> list[Finding]:
    known = read_questions(questions)
    path = store.path_of(live.version)
    collection = tools.collections.open(path, live.version)
    before = OpenedIndex(path, live, read_passages(path / "passages.jsonl"), collection)
    try:
        return list(check_regression(compare(known, before, after, tools.embedder)))
    finally:
        before.close()


def publish_checked(
    store: VersionStore,
    version: str,
    findings: Sequence[Finding],
    *,
    at: datetime,
    force_reason: str = "",
) -> bool:
    """Publish a version unless a finding blocks it; return whether it is live. Leaves a trail.

    Args:
        store: Where versions live.
        version: Its name.
        findings: What the checks found.
        at: UTC time.
        force_reason: Why it goes live whatever was found; empty to obey the findings.

    Raises:
        IndexNotFoundError: There is no such version.
        IndexNotWritableError: The pointer cannot be replaced.
    """
    blocking = [f"{f.check}: {f.text}" for f in findings if f.severity is Severity.BLOCKS]
    if blocking and not force_reason:
        with writing(store.directory):
            note(store.directory, "refused", at=at, version=version, findings=blocking)
        return False
    if store.published() == version:
        return True
    with writing(store.directory):
        facts = {"reason": force_reason, "overridden": blocking} if blocking else {}
        note(store.directory, "publish", at=at, version=version, **facts)
    store.publish(version)
    return True

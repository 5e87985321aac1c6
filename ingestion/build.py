"""The journey of a build: read, cut, hold back, embed what is new, write, check, publish."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ingestion.audience import with_audience
from ingestion.auditing.findings import Finding
from ingestion.auditing.quarantine import Held, approved_digests, hold_back
from ingestion.boilerplate import without_boilerplate
from ingestion.changes import Changes, details_line
from ingestion.collections import Collections
from ingestion.cutting import DEFAULT_RULES, CuttingRules, cut
from ingestion.document import Failed, Skipped
from ingestion.embedding import Embedder
from ingestion.errors import NothingToIndexError
from ingestion.gate import Checked, check_version, publish_checked
from ingestion.manifest import Manifest
from ingestion.passage import Passage
from ingestion.reading import Reading, read_sources
from ingestion.source import Source
from ingestion.stopwatch import Stopwatch
from ingestion.vectors import Embedded, KnownVectors, write_vectors
from ingestion.version_before import (
    base_of,
    changes_since,
    holds_the_same,
    pages_before,
    settings_before,
    vectors_of,
)
from ingestion.version_writer import draft, write_version
from ingestion.versions import VersionStore, writing

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a build works with.

    Attributes:
        store: Where versions live.
        embedder: Makes the vectors.
        collections: Where passage vectors are searched.
        prepared: Vectors that an engine made while it read.
    """

    store: VersionStore
    embedder: Embedder
    collections: Collections
    prepared: KnownVectors = field(default_factory=KnownVectors)


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build does beyond the ordinary.

    Attributes:
        publish: Make the new version live when the checks allow it.
        full: Read and embed everything again.
        calibration: Fitted weights to store with the version.
        rules: Sizes of passages.
        questions: A question set that the new version must answer as well as the live one.
        force_reason: Why it goes live whatever the checks say; empty to obey them.
    """

    publish: bool = False
    full: bool = False
    calibration: Mapping[str, Any] = field(default_factory=dict)
    rules: CuttingRules = DEFAULT_RULES
    questions: Path | None = None
    force_reason: str = ""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did.

    Attributes:
        version: Name of the version that holds the text; an earlier one when nothing changed.
        root_hash: Of the content; equal for equal input.
        pages, passages, units: Counts of the version.
        embedded: Texts that had to be embedded; the rest kept their vectors.
        page_changes, passage_changes: Against the version before.
        skipped: What was found but not indexed.
        failed: What could not be read; its last good text stays.
        held: Text that waits for a person's approval.
        findings: What the checks found, what blocks first; empty when none ran.
        published: Whether the version is now live.
        seconds: How long each stage took, and `total`; `writing` is without the model's
            `embedding`.
    """

    version: str
    root_hash: str
    pages: int
    passages: int
    units: int
    embedded: int
    page_changes: Changes
    passage_changes: Changes
    skipped: tuple[Skipped, ...]
    failed: tuple[Failed, ...]
    held: tuple[Held, ...]
    findings: tuple[Finding, ...]
    published: bool
    seconds: Mapping[str, float]


def build(
    sources: Sequence[Source],
    workshop: Workshop,
    *,
    now: datetime,
    options: BuildOptions,
    report: Report,
) -> BuildResult:
    """Build a new index version; the live one is not touched until the new one is published.

    Args:
        sources: Where guidance is published, in order; of two pages with one address the first
            wins.
        workshop: What to work with.
        now: UTC time, for the version's name.
        options: What to do beyond the ordinary.
        report: Called with stage, done and total.

    Raises:
        IngestionError: A source does not exist, nothing can be indexed, another build is running,
            or the folder cannot be written. A version that fails its checks is no error here:
            `published` is false and `findings` say why.
    """
    watch, store = Stopwatch(), workshop.store
    with store.lock():
        base = base_of(store)
        reading = _read(sources, store, base, options, report)
        watch.lap("reading")
        passages, held = _passages(reading, workshop, options)
        planned = _manifest(reading, passages, workshop.embedder, now=now, options=options)
        watch.lap("cutting")
        content = _Content(reading, passages, tuple(held))
        manifest, embedded = _written(planned, content, base, workshop, options, report)
        watch.lap("writing")
        checked = Checked(store, manifest.version, passages, reading, content.held, now)
        changes = changes_since(store, base, passages)
        findings = check_version(checked, changes[0], workshop, options.questions, report)
        watch.lap("checking")
    published = options.publish and publish_checked(
        store, manifest.version, findings, at=now, force_reason=options.force_reason
    )
    seconds = watch.seconds(embedding=embedded.seconds)
    made = _result(manifest, content, changes, embedded.texts, seconds)
    return replace(made, findings=tuple(findings), published=published)


@dataclass(frozen=True, slots=True)
class _Content:
    """What a version is made of, and what is held back from it."""

    reading: Reading
    passages: Sequence[Passage]
    held: tuple[Held, ...]


def _result(
    manifest: Manifest,
    content: _Content,
    changes: tuple[Changes, Changes],
    embedded: int,
    seconds: Mapping[str, float],
) -> BuildResult:
    """Return what was made, before anything is said of its checks."""
    return BuildResult(
        version=manifest.version,
        root_hash=manifest.root_hash,
        pages=manifest.pages,
        passages=manifest.passages,
        units=manifest.units,
        embedded=embedded,
        page_changes=changes[0],
        passage_changes=changes[1],
        skipped=tuple(content.reading.skipped),
        failed=tuple(content.reading.failed),
        held=content.held,
        findings=(),
        published=False,
        seconds=seconds,
    )


def _read(
    sources: Sequence[Source],
    store: VersionStore,
    base: str,
    options: BuildOptions,
    report: Report,
) -> Reading:
    before = pages_before(store, base)
    settings = {} if options.full else settings_before(store, base)
    return read_sources(sources, before, settings=settings, report=report)


def _written(
    manifest: Manifest,
    content: _Content,
    base: str,
    workshop: Workshop,
    options: BuildOptions,
    report: Report,
) -> tuple[Manifest, Embedded]:
    """Write a version unless the one before holds just the same; return the one that holds it."""
    store = workshop.store
    if base and not options.full and holds_the_same(store, base, manifest):
        return store.manifest_of(base), Embedded(0, 0.0)
    known = KnownVectors() if options.full else vectors_of(store, workshop.embedder.name)
    known.take(workshop.prepared)
    return manifest, _write(manifest, content, workshop, known, report)


def _passages(
    reading: Reading, workshop: Workshop, options: BuildOptions
) -> tuple[list[Passage], list[Held]]:
    if not reading.records:
        raise NothingToIndexError(skipped=len(reading.skipped))
    documents = [with_audience(reading.records[url].document) for url in sorted(reading.records)]
    cut_pages = [
        passage
        for document in without_boilerplate(documents)
        for passage in cut(document, model=workshop.embedder.name, rules=options.rules)
    ]
    approved = approved_digests(workshop.store.directory)
    free, held = hold_back(reading.records, cut_pages, approved)
    if not free:
        raise NothingToIndexError(skipped=len(reading.skipped) + len(held))
    return free, held


def _write(
    manifest: Manifest,
    content: _Content,
    workshop: Workshop,
    known: KnownVectors,
    report: Report,
) -> Embedded:
    reading, passages = content.reading, content.passages
    with draft(workshop.store, manifest.version) as folder, writing(workshop.store.directory):
        embedded = write_vectors(folder, passages, workshop.embedder, known, report)
        records = (reading.records[url] for url in sorted(reading.records))
        write_version(folder, manifest, records, passages, workshop.collections, report)
    return embedded


def _manifest(
    reading: Reading,
    passages: Sequence[Passage],
    embedder: Embedder,
    *,
    now: datetime,
    options: BuildOptions,
) -> Manifest:
    root_hash = root_hash_of(passages, embedder.name, options.rules)
    return Manifest(
        version=f"{now:%Y%m%dT%H%M%S%f}Z-{root_hash[:8]}",
        built_at=now,
        embedding_model=embedder.name,
        dimension=embedder.dimension,
        cutting_rules=options.rules.digest,
        sources=tuple(reading.sources),
        pages=len({p.page.url for p in passages}),
        passages=len(passages),
        units=sum(len(p.units) for p in passages),
        locales=tuple(sorted({p.page.locale for p in passages})),
        calibration=dict(options.calibration),
        files={},
        root_hash=root_hash,
    )


def root_hash_of(passages: Iterable[Passage], model: str, rules: CuttingRules) -> str:
    """Return the SHA-256 over everything that decides what an index says."""
    total = hashlib.sha256(f"{model}\x1f{rules.digest}".encode())
    for passage in passages:
        total.update(details_line(passage.page).encode())
        anchors = "\x1f".join([passage.anchor, *(unit.anchor for unit in passage.units)])
        total.update(f"{passage.passage_id}\x1f{passage.digest}\x1f{anchors}".encode())
    return total.hexdigest()

"""The journey of a build: read, cut, embed what is new, write a new version, publish."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ingestion.boilerplate import without_boilerplate
from ingestion.cutting import DEFAULT_RULES, CuttingRules, cut
from ingestion.document import Document, PageDetails, Skipped
from ingestion.embedding import Embedder
from ingestion.errors import NothingToIndexError
from ingestion.index_vectors import embed_new, vectors_kept
from ingestion.manifest import Manifest, SourceRecord
from ingestion.passage import Passage
from ingestion.passage_file import read_passages
from ingestion.sources.local_files import read_local
from ingestion.version_writer import write_version
from ingestion.versions import VersionStore, writing

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did.

    Attributes:
        version: Name of the new version.
        root_hash: Of the content; equal for equal input.
        pages, passages, units: Counts of the new version.
        embedded: Texts that had to be embedded; the rest kept their vectors.
        added, changed, removed, unchanged: Pages compared with the version before.
        skipped: What was found but not indexed.
        published: Whether the version is now live.
    """

    version: str
    root_hash: str
    pages: int
    passages: int
    units: int
    embedded: int
    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    published: bool


@dataclass(slots=True)
class _Read:
    documents: dict[str, Document] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    sources: list[SourceRecord] = field(default_factory=list)


def build(
    sources: Sequence[Path],
    store: VersionStore,
    embedder: Embedder,
    *,
    now: datetime,
    options: "BuildOptions",
    report: Report,
) -> BuildResult:
    """Build a new index version; the live one is not touched until it is published.

    Args:
        sources: Folders and files, in order; of two pages with one address the first wins.
        store: Where versions live.
        embedder: Makes the vectors.
        now: UTC time, for the version's name.
        options: What to do beyond the ordinary.
        report: Called with stage, done and total.

    Raises:
        IngestionError: A source does not exist, nothing can be indexed, another build is running,
            or the folder cannot be written.
    """
    read = _read(sources, report)
    if not read.documents:
        raise NothingToIndexError(skipped=len(read.skipped))
    passages = without_boilerplate(
        [
            passage
            for url in sorted(read.documents)
            for passage in cut(read.documents[url], model=embedder.name, rules=options.rules)
        ]
    )
    with store.lock(), writing(store.directory):
        before = _previous(store)
        kept = {} if options.full else vectors_kept(store, before, embedder)
        vectors = embed_new(passages, embedder, kept, report)
        manifest = _manifest(read, passages, embedder, now=now, options=options)
        write_version(store, manifest, passages, vectors, report)
        if options.publish:
            store.publish(manifest.version)
        changes = _compare(before, passages)
    return BuildResult(
        version=manifest.version,
        root_hash=manifest.root_hash,
        pages=manifest.pages,
        passages=manifest.passages,
        units=manifest.units,
        embedded=vectors.embedded,
        **changes,
        skipped=tuple(read.skipped),
        published=options.publish,
    )


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build does beyond the ordinary.

    Attributes:
        publish: Make the new version live.
        full: Embed everything again.
        calibration: Fitted weights to store with the version.
        rules: Sizes of passages.
    """

    publish: bool = False
    full: bool = False
    calibration: Mapping[str, Any] = field(default_factory=dict)
    rules: CuttingRules = DEFAULT_RULES


def _read(sources: Sequence[Path], report: Report) -> _Read:
    read = _Read()
    for source in sources:
        pages = skipped = 0
        for found in read_local(source):
            report("reading", len(read.documents) + len(read.skipped) + 1, 0)
            if isinstance(found, Skipped):
                read.skipped.append(found)
                skipped += 1
            elif found.details.url in read.documents:
                first = read.documents[found.details.url].origin
                reason = f"The same address as {first!r}, which was read before."
                read.skipped.append(Skipped(found.origin, reason))
                skipped += 1
            else:
                read.documents[found.details.url] = found
                pages += 1
        read.sources.append(SourceRecord(location=source.name, pages=pages, skipped=skipped))
    return read


def _previous(store: VersionStore) -> list[Passage]:
    """Return the passages of the newest version; empty when there is none that can be read."""
    names = store.names()
    if not names:
        return []
    try:
        return read_passages(store.path_of(names[-1]) / "passages.jsonl")
    except (OSError, ValueError):
        return []


def _manifest(
    read: _Read,
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
        sources=tuple(read.sources),
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
        total.update(_page_line(passage.page).encode())
        total.update(f"{passage.passage_id}\x1f{passage.digest}\x1f{passage.anchor}".encode())
    return total.hexdigest()


def _page_line(page: PageDetails) -> str:
    return json.dumps([str(getattr(page, name)) for name in page.__slots__], ensure_ascii=False)


def _compare(before: Sequence[Passage], after: Sequence[Passage]) -> dict[str, int]:
    def by_page(passages: Sequence[Passage]) -> dict[str, list[str]]:
        pages: dict[str, list[str]] = {}
        for passage in passages:
            pages.setdefault(passage.page.url, [_page_line(passage.page)]).append(passage.digest)
        return pages

    old, new = by_page(before), by_page(after)
    unchanged = sum(old.get(url) == content for url, content in new.items())
    added = len(new.keys() - old.keys())
    return {
        "added": added,
        "changed": len(new) - added - unchanged,
        "removed": len(old.keys() - new.keys()),
        "unchanged": unchanged,
    }

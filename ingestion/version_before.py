"""The version before: what a build compares itself with and what it takes over."""

from collections.abc import Sequence

from ingestion.changes import Changes, inventory_of, page_changes, passage_changes
from ingestion.errors import IngestionError
from ingestion.manifest import Manifest
from ingestion.page_record import PageRecord, read_pages
from ingestion.passage import Passage
from ingestion.passage_file import iterate_passages
from ingestion.vectors import KnownVectors
from ingestion.versions import VersionStore, check_files


def base_of(store: VersionStore) -> str:
    """Return the version to compare with: the live one, else the newest, else none."""
    names = store.names()
    live = store.published()
    return live if live in names else (names[-1] if names else "")


def pages_before(store: VersionStore, base: str) -> list[PageRecord]:
    """Return the pages of the version before; none when it is damaged, so that a build repairs."""
    try:
        return list(read_pages(store.path_of(base))) if base else []
    except (OSError, ValueError):
        return []


def settings_before(store: VersionStore, base: str) -> dict[str, str]:
    """Return the settings that each source was read with, by its location."""
    manifest = store.readable_manifest(base)
    return {s.location: s.settings for s in manifest.sources} if manifest else {}


def vectors_of(store: VersionStore, model: str) -> KnownVectors:
    """Return the vectors that a model made for the live and for the newest version."""
    known = KnownVectors()
    for donor in dict.fromkeys((base_of(store), *store.names()[-1:])):
        manifest = store.readable_manifest(donor)
        if manifest is not None and manifest.embedding_model == model:
            known.add_version(store.path_of(donor))
    return known


def holds_the_same(store: VersionStore, base: str, manifest: Manifest) -> bool:
    """Whether a version holds just what the new one would, undamaged."""
    try:
        existing = store.manifest_of(base)
        check_files(store.path_of(base), existing)
    except IngestionError:
        return False
    return existing.content_json() == manifest.content_json()


def changes_since(
    store: VersionStore, base: str, passages: Sequence[Passage]
) -> tuple[Changes, Changes]:
    """Return what changed of pages and of passages; everything is new beside a damaged version."""
    after = inventory_of(passages)
    try:
        path = store.path_of(base) / "passages.jsonl" if base else None
        before = inventory_of(iterate_passages(path) if path else ())
    except (OSError, ValueError):
        before = inventory_of(())
    return page_changes(before, after), passage_changes(before, after)

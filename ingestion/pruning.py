"""Delete versions that nobody needs any more."""

from dataclasses import dataclass
from datetime import datetime

from ingestion.auditing.trail import note
from ingestion.collections import Collections
from ingestion.versions import VersionStore, writing


@dataclass(frozen=True, slots=True)
class Pruned:
    """Names of the deleted versions, oldest first, and the bytes they took on this disk."""

    removed: tuple[str, ...]
    bytes_freed: int


def prune(store: VersionStore, collections: Collections, *, keep: int, at: datetime) -> Pruned:
    """Delete all but the live version, the newest `keep`, and the one a rollback returns to.

    Args:
        store: Where versions live.
        collections: Where passage vectors are searched.
        keep: How many of the newest stay; at least one.
        at: UTC time, for the trail.

    Raises:
        BuildInProgressError: A build is running.
        IndexNotWritableError: A folder cannot be deleted.
        VectorDatabaseError: The Chroma server cannot be reached.
    """
    with store.lock():
        names, history = store.names(), store.history()
        needed = {*names[-keep:], *history[-2:], store.published()}
        removed, freed = [], 0
        for name in names:
            if name not in needed:
                freed += store.remove(name)
                collections.remove(name)
                removed.append(name)
        if removed:
            with writing(store.directory):
                note(store.directory, "prune", at=at, versions=removed)
    return Pruned(tuple(removed), freed)

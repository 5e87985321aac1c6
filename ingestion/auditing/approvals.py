"""A person lets text that was held back into the next build."""

import json
from datetime import datetime

from ingestion.auditing.audit import read_audit
from ingestion.auditing.quarantine import APPROVALS, Held
from ingestion.auditing.trail import note, user_name
from ingestion.errors import NothingHeldError
from ingestion.versions import VersionStore, writing


def approve(store: VersionStore, digest: str, *, reason: str, at: datetime) -> Held:
    """Approve exactly the text with this digest; return where it stands.

    Args:
        store: Where versions live.
        digest: As the findings show it.
        reason: Why it may be published.
        at: UTC time.

    Raises:
        NothingHeldError: No version's check held text with this digest.
        IndexNotWritableError: The approval cannot be kept.
    """
    folder = store.directory / "audits"
    for file in sorted(folder.glob("*.json"), reverse=True):
        for held in read_audit(file).held:
            if held.digest == digest:
                entry = {"digest": digest, "url": held.url, "reason": reason, "by": user_name()}
                with writing(store.directory):
                    with (store.directory / APPROVALS).open("a", encoding="utf-8") as stream:
                        stream.write(json.dumps(entry, ensure_ascii=False) + "\n")
                    note(store.directory, "approve", at=at, digest=digest, reason=reason)
                return held
    raise NothingHeldError(digest)

"""The trail of an index: who published, rolled back, approved or forced what, when and why.

One JSON object a line, only ever appended.
"""

import getpass
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

TRAIL = "trail.jsonl"


def note(directory: Path, action: str, *, at: datetime, **facts: object) -> None:
    """Append one entry.

    Args:
        directory: The folder of index versions.
        action: `publish`, `rollback`, `approve`, `prune`, ...
        at: UTC time.
        facts: Version, reason, findings and what else belongs to the action.

    Raises:
        OSError: The file cannot be written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    entry = {"at": at.isoformat(), "by": user_name(), "action": action, **facts}
    line = json.dumps(entry, ensure_ascii=False, default=str) + "\n"
    # One write of one line in append mode: two processes never mix their entries.
    with (directory / TRAIL).open("ab", buffering=0) as stream:
        stream.write(line.encode())
        os.fsync(stream.fileno())


def entries(directory: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries, oldest first."""
    try:
        lines = (directory / TRAIL).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        yield json.loads(line)


def user_name() -> str:
    """Return the name of the person's account on this machine."""
    try:
        return getpass.getuser()
    # A container may run under a number without a name.
    except (KeyError, OSError):
        return f"user {os.getuid()}"

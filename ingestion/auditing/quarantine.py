"""Text that is held back until a person approves it: personal data, words meant for a machine."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.auditing.directed_text import hidden_characters, instructions
from ingestion.auditing.personal_data import find
from ingestion.page_record import PageRecord
from ingestion.passage import Passage

APPROVALS = "approvals.jsonl"


@dataclass(frozen=True, slots=True)
class Held:
    """Text that is not in the version.

    Attributes:
        digest: Of the text; approving it approves exactly this text.
        url: Page it stands on.
        heading: Nearest heading; empty when the whole page is held.
        reason: One sentence; personal data is named by kind, never shown.
        passages: How many passages are held for it.
    """

    digest: str
    url: str
    heading: str
    reason: str
    passages: int


def hold_back(
    records: Mapping[str, PageRecord], passages: Sequence[Passage], approved: Collection[str]
) -> tuple[list[Passage], list[Held]]:
    """Split passages into those that may be indexed and what is held.

    A page with hidden words for a machine is held whole, because somebody tampered with it;
    otherwise only the passages concerned are.

    Args:
        records: Pages as read, by address.
        passages: All passages.
        approved: Digests that a person approved.
    """
    pages = {url: found for url, record in records.items() if (found := _page(record, approved))}
    counts = dict.fromkeys(pages, 0)
    free: list[Passage] = []
    held: list[Held] = []
    for passage in passages:
        if passage.page.url in pages:
            counts[passage.page.url] += 1
        elif reason := _reason(passage, approved):
            digest = text_digest(passage.text)
            held.append(Held(digest, passage.page.url, passage.heading_path[-1], reason, 1))
        else:
            free.append(passage)
    whole = [Held(digest, url, "", reason, counts[url]) for url, (digest, reason) in pages.items()]
    return free, whole + held


def _page(record: PageRecord, approved: Collection[str]) -> tuple[str, str] | None:
    hidden = "\n".join(record.document.hidden_text)
    digest = text_digest(hidden)
    if not hidden or digest in approved:
        return None
    found = next(instructions(hidden), "")
    return (digest, f"Text that people cannot see tells a machine: “{found}”.") if found else None


def _reason(passage: Passage, approved: Collection[str]) -> str:
    return next((r for r in _reasons(passage) if text_digest(passage.text) not in approved), "")


def _reasons(passage: Passage) -> Iterator[str]:
    if kinds := sorted({found.kind.replace("_", " ") for found in find(passage.text)}):
        yield f"It seems to hold personal data ({', '.join(kinds)})."
    text = "\n".join([*passage.heading_path, passage.text])
    if hidden := hidden_characters(text):
        yield f"It holds {hidden}, which people cannot see."
    for found in instructions(text):
        yield f"It speaks to a machine: “{found}”."


def text_digest(text: str) -> str:
    """Return the digest by which text is approved."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def approved_digests(directory: Path) -> frozenset[str]:
    """Return what people approved so far.

    Args:
        directory: The folder of index versions.
    """
    try:
        lines = (directory / APPROVALS).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(str(json.loads(line)["digest"]) for line in lines if line.strip())

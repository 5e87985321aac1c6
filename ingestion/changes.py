"""What is different between two versions, by page and by passage."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ingestion.document import PageDetails
from ingestion.passage import Passage


@dataclass(frozen=True, slots=True)
class Changes:
    """Names of what was added, changed, moved and removed, each sorted, and how much stayed.

    Attributes:
        added, changed, removed: Page addresses, or passage ids.
        moved: Old and new name of what has the same text at another place.
        unchanged: How many are the same.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "moved": len(self.moved),
            "removed": len(self.removed),
            "unchanged": self.unchanged,
        }

    @property
    def nothing(self) -> bool:
        """Whether everything stayed as it was."""
        return not (self.added or self.changed or self.moved or self.removed)


@dataclass(slots=True)
class Inventory:
    """What a version holds, as digests: small enough to compare two large versions.

    Attributes:
        pages: By address, the digest of its text and of its details.
        passages: By id, the digest of its text and the place (page and heading) it stands at.
    """

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    passages: dict[str, tuple[str, str]] = field(default_factory=dict)


def inventory_of(passages: Iterable[Passage]) -> Inventory:
    """Return the digests of passages that come page by page."""
    inventory = Inventory()
    digests: dict[str, list[str]] = {}
    details: dict[str, str] = {}
    for passage in passages:
        url = passage.page.url
        place = "\x1f".join([url, *passage.heading_path])
        inventory.passages[passage.passage_id] = (passage.digest, place)
        digests.setdefault(url, []).append(passage.digest)
        details.setdefault(url, details_line(passage.page))
    for url, texts in digests.items():
        digest = hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
        inventory.pages[url] = (digest, details[url])
    return inventory


def details_line(page: PageDetails) -> str:
    """Return everything that is known of a page as one line, for hashing."""
    return json.dumps([str(getattr(page, name)) for name in page.__slots__], ensure_ascii=False)


def page_changes(before: Inventory, after: Inventory) -> Changes:
    """Compare the pages of two versions: text and details."""
    old, new = before.pages, after.pages
    both = new.keys() & old.keys()
    changed = tuple(sorted(url for url in both if old[url] != new[url]))
    moved, added, removed = _moves(
        {url: old[url][0] for url in old.keys() - new.keys()},
        {url: new[url][0] for url in new.keys() - old.keys()},
    )
    return Changes(added, changed, moved, removed, len(both) - len(changed))


def passage_changes(before: Inventory, after: Inventory) -> Changes:
    """Compare the passages of two versions; one that has new text under its heading is changed."""
    old, new = before.passages, after.passages
    moved, added, removed = _moves(
        {name: old[name][0] for name in old.keys() - new.keys()},
        {name: new[name][0] for name in new.keys() - old.keys()},
    )
    gone = Counter(old[name][1] for name in removed)
    changed = []
    for name in added:
        place = new[name][1]
        if gone[place] > 0:
            gone[place] -= 1
            changed.append(name)
    replaced = Counter(new[name][1] for name in changed)
    left = []
    for name in removed:
        if replaced[old[name][1]] > 0:
            replaced[old[name][1]] -= 1
        else:
            left.append(name)
    kept_as_added = tuple(name for name in added if name not in set(changed))
    stayed = len(old.keys() & new.keys())
    return Changes(kept_as_added, tuple(changed), moved, tuple(left), stayed)


def _moves(
    gone: Mapping[str, str], come: Mapping[str, str]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[str, ...]]:
    """Pair what went with what came when their text is the same; the rest was added or removed."""
    by_digest: dict[str, list[str]] = {}
    for name in sorted(gone, reverse=True):
        by_digest.setdefault(gone[name], []).append(name)
    moved, added = [], []
    for name in sorted(come):
        places = by_digest.get(come[name])
        if places:
            moved.append((places.pop(), name))
        else:
            added.append(name)
    left = {old for old, _ in moved}
    return tuple(moved), tuple(added), tuple(name for name in sorted(gone) if name not in left)

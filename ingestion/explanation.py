"""How a page came to be in the index as it is, or why it is not there."""

from collections import Counter
from typing import Any

from ingestion.auditing.audit import read_audit
from ingestion.document import Failed, Skipped
from ingestion.gate import audit_file
from ingestion.page_record import PageRecord, read_pages
from ingestion.passage import Passage
from ingestion.passage_file import iterate_passages
from ingestion.versions import VersionStore


def explanation(store: VersionStore, version: str, url: str) -> dict[str, Any]:
    """Return what a version knows of a page, ready for JSON.

    Args:
        store: Where versions live.
        version: Its name.
        url: Address, or the end of it, or the file it was read from.

    Raises:
        IndexNotFoundError: There is no such version.
    """
    folder = store.path_of(version)
    records = [record for record in read_pages(folder) if _is(record, url)]
    urls = {record.document.details.url for record in records}
    passages: dict[str, list[Passage]] = {}
    for passage in iterate_passages(folder / "passages.jsonl"):
        if passage.page.url in urls:
            passages.setdefault(passage.page.url, []).append(passage)
    found = read_audit(audit_file(store, version))
    left_out: list[Skipped | Failed] = [*found.skipped, *found.failed]
    return {
        "version": version,
        "pages": [_page(record, passages) for record in records],
        "held": [
            {"heading": h.heading, "reason": h.reason, "digest": h.digest}
            for h in found.held
            if h.url in urls
        ],
        "findings": [f.text for f in found.findings if f.subject in urls],
        "not_indexed": [
            {"origin": entry.origin, "reason": entry.reason}
            for entry in left_out
            if _matches(entry.origin, url)
        ],
    }


def printed(found: dict[str, Any]) -> str:
    """Return an explanation as lines for a terminal."""
    lines = [f"Version {found['version']}"]
    for page in found["pages"]:
        lines += [f"\n{page['title']}\n{page['url']}"]
        lines += [f"  {name}: {value}" for name, value in page["facts"].items() if value]
        lines.append(f"  {len(page['sections'])} sections, {len(page['passages'])} passages")
        for passage in page["passages"]:
            place = " › ".join(passage["heading_path"])
            size = f"{passage['words']} words, {passage['units']} units"
            lines.append(f"    {passage['id']}  {place}: {size}")
    for held in found["held"]:
        where = held["heading"] or "the whole page"
        lines.append(f"Held back ({where}): {held['reason']} Digest {held['digest']}.")
    lines += [f"Found by the checks: {text}" for text in found["findings"]]
    lines += [f"Not indexed: {e['origin']}: {e['reason']}" for e in found["not_indexed"]]
    if len(lines) == 1:
        lines.append("Nothing is known of this address: no source of the build holds it.")
    return "\n".join(lines)


def _page(record: PageRecord, passages: dict[str, list[Passage]]) -> dict[str, Any]:
    document = record.document
    details, fetch = document.details, document.fetch
    cut = passages.get(details.url, [])
    kinds = Counter(block.kind.value for section in document.sections for block in section.blocks)
    return {
        "url": details.url,
        "title": details.title,
        "facts": {
            "source": record.source,
            "origin": document.origin,
            "fetched": fetch.fetched_at,
            "etag": fetch.etag,
            "last modified": fetch.last_modified,
            "sha256": fetch.sha256,
            "publisher": details.publisher,
            "licence": details.licence,
            "nation": details.nation,
            "language": details.locale,
            "updated": details.updated_at,
            "valid from": details.valid_from,
            "valid to": details.valid_to,
            "blocks": ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())),
            "remarks": "; ".join(document.remarks),
        },
        "sections": [list(section.heading_path) for section in document.sections],
        "passages": [
            {
                "id": passage.passage_id,
                "heading_path": list(passage.heading_path),
                "words": len(passage.text.split()),
                "units": len(passage.units),
            }
            for passage in cut
        ],
    }


def _is(record: PageRecord, url: str) -> bool:
    return _matches(record.document.details.url, url) or _matches(record.document.origin, url)


def _matches(name: str, asked: str) -> bool:
    asked = asked.strip().rstrip("/")
    name = name.rstrip("/")
    return bool(asked) and (name == asked or name.endswith("/" + asked.lstrip("/")))

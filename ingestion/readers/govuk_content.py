"""Read a GOV.UK content item, as the Content API and its published examples serve it.

Format: https://content-api.publishing.service.gov.uk (schemas at docs.publishing.service.gov.uk).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ingestion.document import Block, BlockKind, Document, PageDetails, Section, Skipped
from ingestion.readers.html import read_fragment

SITE = "https://www.gov.uk"
_NOT_PAGES = {
    "gone": "The page was removed from GOV.UK.",
    "redirect": "The page redirects to another.",
    "unpublishing": "The page was unpublished.",
    "vanish": "The page was removed from GOV.UK.",
}
# Where the schemas keep text, in reading order; each value is HTML, plain text or a list of
# {content_type, content}.
_BODIES = (
    "summary",
    "introductory_paragraph",
    "introduction",
    "body",
    "more_information",
    "what_you_need_to_know",
    "will_continue_on",
    "licence_overview",
    "licence_short_description",
    "other_ways_to_apply",
    "start_page_body",
    "need_to_know",
)


def looks_like_content_item(value: object) -> bool:
    """Whether parsed JSON is a content item."""
    return isinstance(value, dict) and ("schema_name" in value or "base_path" in value)


def read_content_item(item: Mapping[str, Any], *, origin: str) -> Document | Skipped:
    """Read one content item.

    Args:
        item: Parsed JSON.
        origin: Where it came from, for reports.
    """
    schema = str(item.get("schema_name") or item.get("document_type") or "")
    if schema in _NOT_PAGES:
        return Skipped(origin, _NOT_PAGES[schema])
    notice = item.get("withdrawn_notice")
    if isinstance(notice, dict) and notice.get("explanation") is not None:
        return Skipped(origin, "The page was withdrawn by its publisher.")
    path, title = str(item.get("base_path") or ""), str(item.get("title") or "").strip()
    if not path or not title:
        return Skipped(origin, "The content item has no base_path or no title.")
    details = item.get("details")
    if not isinstance(details, dict):
        details = {}
    url = SITE + path
    sections = tuple(_sections(details, title, url, str(item.get("description") or "")))
    if not sections:
        return Skipped(origin, f"The content item of type {schema!r} has no text.")
    return Document(_page_details(item, url, title), sections, origin)


def _sections(
    details: Mapping[str, Any], title: str, url: str, description: str
) -> Iterator[Section]:
    for key in _BODIES:
        yield from _under(read_fragment(_html(details.get(key)), title), "")
    for part in _dicts(details.get("parts")):
        part_url = f"{url}/{part.get('slug')}" if part.get("slug") else ""
        heading = " ".join(str(part.get("title") or "").split())
        sections = read_fragment(_html(part.get("body")), title)
        yield from _under(sections, heading, url=part_url)
    for section in _dicts(details.get("nodes")) + _dicts(details.get("sections")):
        sections = read_fragment(_html(section.get("body")), title)
        yield from _under(sections, str(section.get("title") or ""))
    step_by_step = details.get("step_by_step_nav")
    if isinstance(step_by_step, dict):
        yield from _under(read_fragment(_html(step_by_step.get("introduction")), title), "")
        for step in _dicts(step_by_step.get("steps")):
            blocks = tuple(_step_blocks(step))
            if blocks:
                yield Section((title, str(step.get("title") or "")), "", blocks)
    if description and not any(details.get(key) for key in ("body", "parts")):
        yield Section((title,), "", (Block(BlockKind.PARAGRAPH, " ".join(description.split())),))


def _under(sections: Sequence[Section], heading: str, *, url: str = "") -> Iterator[Section]:
    for section in sections:
        title, *rest = section.heading_path
        path = (title, heading, *rest) if heading and heading not in rest else section.heading_path
        yield Section(path, section.anchor, section.blocks, url)


def _step_blocks(step: Mapping[str, Any]) -> Iterator[Block]:
    for content in _dicts(step.get("contents")):
        if isinstance(content.get("text"), str):
            yield Block(BlockKind.PARAGRAPH, " ".join(content["text"].split()))
        items = tuple(
            " ".join(f"{row.get('text', '')} {row.get('context', '')}".split())
            for row in _dicts(content.get("contents"))
            if row.get("text")
        )
        if items:
            yield Block(BlockKind.LIST, items=items)


def _html(value: object) -> str:
    if isinstance(value, str):
        return value if "<" in value else f"<p>{value}</p>" if value.strip() else ""
    versions = {str(v.get("content_type")): v.get("content") for v in _dicts(value)}
    html = versions.get("text/html")
    return html if isinstance(html, str) else ""


def _dicts(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _page_details(item: Mapping[str, Any], url: str, title: str) -> PageDetails:
    links = item.get("links")
    links = links if isinstance(links, dict) else {}
    organisations = _dicts(links.get("primary_publishing_organisation")) or _dicts(
        links.get("organisations")
    )
    return PageDetails(
        url=url,
        title=title,
        description=" ".join(str(item.get("description") or "").split()),
        publisher=str(organisations[0].get("title") or "") if organisations else "",
        locale=str(item.get("locale") or "en"),
        document_type=str(item.get("document_type") or ""),
        updated_at=_date(item.get("public_updated_at")),
        licence="Open Government Licence v3.0",
    )


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None

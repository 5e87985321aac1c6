"""Which pages a GOV.UK content item lists, and what kind they are.

Link types: https://docs.publishing.service.gov.uk/content-schemas.html.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

SITE_HOSTS = frozenset(("www.gov.uk", "gov.uk", ""))
# Links that mean "this page stands for those"; related links, organisations and topics of a page
# are left alone, or every start would reach the whole site.
_FOLLOWED = {
    "mainstream_browse_page": (
        "second_level_browse_pages",
        "mainstream_browse_content",
        "children",
    ),
    "document_collection": ("documents",),
    "step_by_step_nav": ("pages_part_of_step_nav",),
    "manual": ("sections",),
    "hmrc_manual": ("sections",),
    "service_manual_topic": ("linked_items",),
    "service_manual_service_standard": ("children",),
    "service_manual_homepage": ("children",),
    "travel_advice_index": ("children",),
    "topic": ("children",),
    "taxon": ("child_taxons",),
    "publication": ("children",),
    "consultation": ("children",),
    "call_for_evidence": ("children",),
}
_LEAVES_TEXT = """
answer guide transaction local_transaction place licence simple_smart_answer smart_answer help_page
detailed_guide html_publication travel_advice contact news_article press_release news_story speech
case_study specialist_document corporate_information_page service_manual_guide manual_section
statistical_data_set completed_transaction calendar
"""
_LEAVES = frozenset(_LEAVES_TEXT.split())
_FILES = (".pdf", ".csv", ".ods", ".odt", ".doc", ".docx", ".xls", ".xlsx", ".zip", ".jpg", ".png")
_NOT_PAGES = ("/api/", "/government/uploads/", "/assets/", "/search/")
# An organisation's own page lists everything it published; what lies below it are pages.
_ORGANISATION = re.compile(r"/government/organisations(/[^/]+)?")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that another lists.

    Attributes:
        path: Base path.
        kind: Schema name or document type, as the listing states it; may be empty.
    """

    path: str
    kind: str = ""

    @property
    def lists_nothing(self) -> bool:
        """Whether it is known to list no pages, so that "not modified" tells all there is."""
        return self.kind in _LEAVES


def schema_of(item: Mapping[str, Any]) -> str:
    """Return an item's schema name, or its document type in older items."""
    return str(item.get("schema_name") or item.get("document_type") or "")


def listed_by(item: Mapping[str, Any]) -> list[Listed]:
    """Return the pages an item lists, in its order, each once; empty for an ordinary page."""
    listed = (*_from_links(item), *_from_details(item))
    own = str(item.get("base_path") or "")
    by_path: dict[str, Listed] = {}
    for page in listed:
        known = by_path.get(page.path)
        if page.path != own and (known is None or not known.kind):
            by_path[page.path] = page
    return list(by_path.values())


def destination_of(item: Mapping[str, Any]) -> str:
    """Return where a redirect item leads: a path on GOV.UK, a whole address, or nothing."""
    for redirect in _dicts(item.get("redirects")):
        target = redirect.get("destination")
        if isinstance(target, str) and target:
            return path_on_site(target) or target
    return ""


def parent_of(item: Mapping[str, Any]) -> str:
    """Return the path of the page an HTML publication belongs to; empty when it has none."""
    for parent in _dicts(_links(item).get("parent")):
        return str(parent.get("base_path") or "")
    return ""


def path_on_site(target: str) -> str:
    """Return the base path of a link to a GOV.UK page; empty for anything else."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    is_page = (
        parts.scheme in ("", "http", "https")
        and parts.netloc.lower() in SITE_HOSTS
        and path.startswith("/")
        and not path.lower().endswith(_FILES)
        and not path.startswith(_NOT_PAGES)
        and not _ORGANISATION.fullmatch(path)
    )
    return path if is_page else ""


def _from_links(item: Mapping[str, Any]) -> Iterator[Listed]:
    links = _links(item)
    for name in _FOLLOWED.get(schema_of(item), ()):
        for link in _dicts(links.get(name)):
            path = path_on_site(str(link.get("base_path") or ""))
            if path and link.get("withdrawn") is not True:
                yield Listed(path, schema_of(link))


def _from_details(item: Mapping[str, Any]) -> Iterator[Listed]:
    details = item.get("details")
    if not isinstance(details, dict):
        return
    kind = {"manual": "manual_section"}.get(schema_of(item), "")
    attachments = _dicts(details.get("attachments"))
    html = [a for a in attachments if a.get("attachment_type") == "html"]
    targets = [
        *((section.get("base_path"), kind) for section in _child_sections(details)),
        *((href, "") for href in _step_targets(details)),
        *((attachment.get("url"), "html_publication") for attachment in html),
        *((target, "") for target in _group_targets(details)),
    ]
    for target, stated in targets:
        path = path_on_site(target) if isinstance(target, str) else ""
        if path:
            yield Listed(path, stated)


def _child_sections(details: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for group in _dicts(details.get("child_section_groups")):
        yield from _dicts(group.get("child_sections"))


def _step_targets(details: Mapping[str, Any]) -> Iterator[object]:
    steps = details.get("step_by_step_nav")
    for step in _dicts(steps.get("steps") if isinstance(steps, dict) else None):
        for content in _dicts(step.get("contents")):
            for row in _dicts(content.get("contents")):
                yield row.get("href")


def _group_targets(details: Mapping[str, Any]) -> Iterator[object]:
    for group in _dicts(details.get("groups")):
        contents = group.get("contents")
        yield from contents if isinstance(contents, list) else ()


def _links(item: Mapping[str, Any]) -> Mapping[str, Any]:
    links = item.get("links")
    return links if isinstance(links, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []

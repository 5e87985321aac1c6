"""Read a GOV.UK content item, as the Content API and its published examples serve it.

Format: https://content-api.publishing.service.gov.uk (schemas at docs.publishing.service.gov.uk).
"""

from collections.abc import Mapping
from typing import Any

from ingestion.content_recall import with_recall
from ingestion.document import Document, PageDetails, Skipped
from ingestion.readers.govuk_attachments import attachments_of
from ingestion.readers.govuk_sections import (
    attachment_list,
    history_notice,
    html_in,
    links_in,
    text_of,
)
from ingestion.readers.govuk_status import day, nation_of, past_government, reason_to_skip
from ingestion.readers.html_extras import fragment_extras

SITE = "https://www.gov.uk"


def looks_like_content_item(value: object) -> bool:
    """Whether parsed JSON is a content item."""
    return isinstance(value, dict) and ("schema_name" in value or "base_path" in value)


def read_content_item(item: Mapping[str, Any], *, origin: str) -> Document | Skipped:
    """Read one content item.

    Args:
        item: Parsed JSON.
        origin: Where it came from, for reports.
    """
    reason = reason_to_skip(item)
    if reason:
        return Skipped(origin, reason)
    path, title = str(item.get("base_path") or ""), _title(item)
    if not path or not title:
        return Skipped(origin, "The content item has no base_path or no title.")
    page = _page_details(item, SITE + path, title)
    details = _dict(item.get("details"))
    sections = tuple(
        text_of(
            details,
            title=title,
            url=page.url,
            description=page.description,
            locale=page.locale,
        )
    )
    attachments = attachments_of(details, page.locale)
    if attachments:
        sections = (*sections, attachment_list(attachments, title, page.locale))
    if not sections:
        schema = str(item.get("schema_name") or item.get("document_type") or "")
        return Skipped(origin, f"The content item of type {schema!r} has no text.")
    remarks: tuple[str, ...] = ()
    past = past_government(item)
    if past is not None:
        sections = (history_notice(past[0], title, page.locale), *sections)
        remarks = (f"In history mode: published under {past[0] or 'an earlier government'}.",)
    links = dict.fromkeys((*links_in(details), *(a.url for a in attachments if a.url)))
    html = html_in(details)
    document = Document(
        page,
        sections,
        origin,
        remarks=remarks,
        hidden_text=fragment_extras(html)[0],
        links=tuple(links),
    )
    return with_recall(html, document, is_fragment=True) if html else document


def _title(item: Mapping[str, Any]) -> str:
    """Return the title; sections of HMRC manuals are known by their number (`EIM00520`)."""
    title = str(item.get("title") or "").strip()
    number = str(_dict(item.get("details")).get("section_id") or "").strip()
    return f"{number} - {title}" if number and title and number not in title else title


def _page_details(item: Mapping[str, Any], url: str, title: str) -> PageDetails:
    links = _dict(item.get("links"))
    details = _dict(item.get("details"))
    organisations = (
        _dicts(links.get("primary_publishing_organisation"))
        or _dicts(links.get("organisations"))
        or _dicts(details.get("organisations"))
    )
    locale = str(item.get("locale") or "en")
    past = past_government(item)
    return PageDetails(
        url=url,
        title=title,
        description=" ".join(str(item.get("description") or "").split()),
        publisher=str(organisations[0].get("title") or "") if organisations else "",
        nation=nation_of(details),
        locale=locale,
        document_type=str(item.get("document_type") or ""),
        updated_at=day(item.get("public_updated_at")),
        valid_to=past[1] if past else None,
        licence="Open Government Licence v3.0",
        alternate_url=_translation(links, locale, item.get("base_path")),
    )


def _translation(links: Mapping[str, Any], locale: str, own: object) -> str:
    """Return the address of the page in our other language, when there is one."""
    wanted = {"en": "cy", "cy": "en"}.get(locale)
    for translation in _dicts(links.get("available_translations")):
        path = translation.get("base_path")
        if translation.get("locale") == wanted and isinstance(path, str) and path not in ("", own):
            return SITE + path
    return ""


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []

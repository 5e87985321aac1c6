"""The text of a GOV.UK content item, whatever its schema calls it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import groupby
from typing import Any

from ingestion.document import Block, BlockKind, Section
from ingestion.readers.govuk_attachments import Attachment
from ingestion.readers.govuk_contacts import contact_groups
from ingestion.readers.govuk_status import plain, travel_alerts
from ingestion.readers.html import read_fragment

# Where the schemas keep text, in reading order; each value is HTML, plain text or a list of
# {content_type, content}.
_BODIES = (
    "summary",
    "introductory_paragraph",
    "introduction",
    "final_outcome_detail",
    "outcome_detail",
    "public_feedback_detail",
    "body",
    "more_information",
    "what_you_need_to_know",
    "licence_overview",
    "licence_short_description",
    "other_ways_to_apply",
    "start_page_body",
    "need_to_know",
    "downtime_message",
    "more_info_contact_form",
    "more_info_email_address",
    "more_info_phone_number",
    "more_info_post_address",
)
# Text under headings of its own, at the page's own address.
_GROUPS = ("nodes", "sections", "collection_groups")
_ATTACHMENTS = {"en": "Attachments", "cy": "Atodiadau"}
_START = {"en": "Start now on {where}", "cy": "Dechrau nawr ar {where}"}
# Bounded, so that it takes a time in proportion to the text whatever the text is.
_HREF = re.compile(
    r"<a\s[^<>]{0,500}?\bhref\s*=\s*(\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+)", re.IGNORECASE
)
_ORDINARY_START = frozenset(("", "start now", "dechrau nawr"))
_HISTORY = {
    "en": "This was published under the {government}. It may no longer be government policy.",
    "cy": (
        "Cafodd hyn ei gyhoeddi o dan {government}. Efallai nad yw’n bolisi’r llywodraeth mwyach."
    ),
}
_EARLIER = {"en": "an earlier government", "cy": "lywodraeth flaenorol"}


def text_of(
    details: Mapping[str, Any], *, title: str, url: str, description: str, locale: str
) -> Iterator[Section]:
    """Yield the sections of an item, in reading order; nothing when it has no text.

    Args:
        details: The item's `details`.
        title: The page's title, first of every heading path.
        url: The page's address; parts of a guide lie below it.
        description: Stands in for the text of a page that has none.
        locale: `en` or `cy`, for the few words that are not in the item.
    """
    alerts = tuple(Block(BlockKind.PARAGRAPH, text) for text in travel_alerts(details))
    if alerts:
        yield Section((title,), "", alerts)
    for key in _BODIES:
        yield from read_fragment(_html(details.get(key)), title)
    yield from _start(details, title, locale)
    yield from _parts(details, title, url)
    yield from _steps(details, title)
    groups = contact_groups(details, locale)
    for name, found in groupby(groups, key=lambda group: group[0]):
        path = (title, name) if name and name != title else (title,)
        yield Section(path, "", tuple(block for _, block in found))
    if description and not any(details.get(key) for key in ("body", "parts")):
        yield Section((title,), "", (Block(BlockKind.PARAGRAPH, " ".join(description.split())),))


def history_notice(government: str, title: str, locale: str) -> Section:
    """Return the notice GOV.UK shows on a page in history mode, in our words."""
    words = _HISTORY.get(locale, _HISTORY["en"])
    name = government or _EARLIER.get(locale, _EARLIER["en"])
    return Section((title,), "", (Block(BlockKind.PARAGRAPH, words.format(government=name)),))


def attachment_list(attachments: Sequence[Attachment], title: str, locale: str) -> Section:
    """Return a section that lists attachments, so that people can be told what there is."""
    heading = _ATTACHMENTS.get(locale, _ATTACHMENTS["en"])
    items = tuple(attachment.line(locale) for attachment in attachments)
    return Section((title, heading), "", (Block(BlockKind.LIST, items=items),))


def links_in(details: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the targets of links anywhere in an item's text, as written, each once."""
    found: list[str] = []
    for text in _strings(details):
        found.extend(unescape(target.strip("\"'")) for target in _HREF.findall(text))
    steps = details.get("step_by_step_nav")
    for step in _dicts(steps.get("steps") if isinstance(steps, dict) else None):
        for content in _dicts(step.get("contents")):
            rows = _dicts(content.get("contents"))
            found.extend(str(row["href"]) for row in rows if row.get("href"))
    start = details.get("transaction_start_link") or details.get("continuation_link")
    if isinstance(start, str):
        found.append(start)
    return tuple(dict.fromkeys(target for target in found if target))


def html_in(details: Mapping[str, Any]) -> str:
    """Return the HTML of an item's text, in one piece."""
    parts = [part for key in ("parts", *_GROUPS) for part in _dicts(details.get(key))]
    bodies = (_html(details.get(key)) for key in _BODIES)
    return "\n".join(filter(None, (*bodies, *(_html(part.get("body")) for part in parts))))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            # Change notes and metadata link to older versions and to tools.
            if name not in ("change_history", "change_notes", "metadata"):
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _start(details: Mapping[str, Any], title: str, locale: str) -> Iterator[Section]:
    """Yield what stands on and beside the start button, also of each variant."""
    if line := _start_line(details, locale):
        yield Section((title,), "", (Block(BlockKind.PARAGRAPH, line),))
    for variant in _dicts(details.get("variants")):
        heading = plain(variant.get("title"))
        for key in _BODIES:
            yield from _under(read_fragment(_html(variant.get(key)), title), heading)
        if line := _start_line(variant, locale):
            yield Section((title, heading), "", (Block(BlockKind.PARAGRAPH, line),))


def _start_line(details: Mapping[str, Any], locale: str) -> str:
    where = plain(details.get("will_continue_on"))
    button = plain(details.get("start_button_text"))
    if button.lower() not in _ORDINARY_START:
        return f"{button} ({where})" if where else button
    return _START.get(locale, _START["en"]).format(where=where) + "." if where else ""


def _parts(details: Mapping[str, Any], title: str, url: str) -> Iterator[Section]:
    for part in _dicts(details.get("parts")):
        part_url = f"{url}/{part.get('slug')}" if part.get("slug") else ""
        sections = read_fragment(_html(part.get("body")), title)
        yield from _under(sections, plain(part.get("title")), url=part_url)
    for section in (part for key in _GROUPS for part in _dicts(details.get(key))):
        sections = read_fragment(_html(section.get("body")), title)
        yield from _under(sections, plain(section.get("title")))


def _steps(details: Mapping[str, Any], title: str) -> Iterator[Section]:
    step_by_step = details.get("step_by_step_nav")
    if not isinstance(step_by_step, dict):
        return
    yield from _under(read_fragment(_html(step_by_step.get("introduction")), title), "")
    for step in _dicts(step_by_step.get("steps")):
        blocks = tuple(_step_blocks(step))
        if blocks:
            yield Section((title, str(step.get("title") or "")), "", blocks)


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
            " ".join(f"{row.get('text', '')} {row.get('context') or ''}".split())
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

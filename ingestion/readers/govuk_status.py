"""What a GOV.UK content item says of its own standing: withdrawn, moved, historic, for whom."""

import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from typing import Any

_NOT_PAGES = {
    "gone": "The page was removed from GOV.UK",
    "vanish": "The page was removed from GOV.UK",
    "unpublishing": "The page was unpublished",
    "redirect": "The page redirects to another",
    "special_route": "It is an address without a page",
    "placeholder": "It is an address without a page",
}
_LISTS_TEXT = """
mainstream_browse_page topic taxon finder finder_email_signup organisation organisations_homepage
homepage services_and_information travel_advice_index service_manual_homepage topical_event
email_alert_signup role person government world_location
"""
_LISTS = frozenset(_LISTS_TEXT.split())
# Order of our `nation` values.
_NATIONS = ("england", "scotland", "wales", "northern_ireland")
# https://docs.publishing.service.gov.uk/content-schemas/travel_advice.html: alert_status.
_ALERTS = {
    "avoid_all_travel_to_whole_country": "advises against all travel to {country}",
    "avoid_all_travel_to_parts": "advises against all travel to parts of {country}",
    "avoid_all_but_essential_travel_to_whole_country": (
        "advises against all but essential travel to {country}"
    ),
    "avoid_all_but_essential_travel_to_parts": (
        "advises against all but essential travel to parts of {country}"
    ),
}
_TAG = re.compile(r"<[^<>]*>")


def reason_to_skip(item: Mapping[str, Any]) -> str:
    """Return why an item is no page to index, as a sentence; empty when it is one."""
    schema = str(item.get("schema_name") or item.get("document_type") or "")
    kind = str(item.get("document_type") or "")
    for name in (schema, kind):
        if name in _NOT_PAGES:
            return _NOT_PAGES[name] + _why_gone(item) + "."
    notice = item.get("withdrawn_notice")
    if isinstance(notice, dict) and notice.get("explanation") is not None:
        return "The page was withdrawn by its publisher" + _why_withdrawn(notice) + "."
    if schema in _LISTS:
        return "The page only lists other pages."
    if schema == "html_publication" and _first_link(item, "parent").get("withdrawn") is True:
        return "The page it belongs to was withdrawn by its publisher."
    return ""


def plain(value: object) -> str:
    """Return the words of a piece of HTML on one line."""
    text = _TAG.sub(" ", value) if isinstance(value, str) else ""
    return " ".join(unescape(text).split())


def day(value: object) -> date | None:
    """Return the day of an ISO date and time; None when it is none."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def nation_of(details: Mapping[str, Any]) -> str:
    """Return the nations an item says it applies to; empty when it does not say."""
    stated = details.get("national_applicability")
    if not isinstance(stated, dict):
        return ""
    applies = [
        name.replace("_", "-")
        for name in _NATIONS
        if isinstance(entry := stated.get(name), dict) and entry.get("applicable") is True
    ]
    return "uk" if len(applies) == len(_NATIONS) else "+".join(applies)


def past_government(item: Mapping[str, Any]) -> tuple[str, date | None] | None:
    """Return the name and last day of the government a page in history mode speaks for.

    History mode: political content published under a government that is no longer in office.
    Source: https://www.gov.uk/guidance/how-to-publish-on-gov-uk (history mode).

    Returns:
        None when the page is not in history mode.
    """
    details = item.get("details")
    if not isinstance(details, dict) or details.get("political") is not True:
        return None
    link = _first_link(item, "government")
    link_details = link.get("details")
    newer = link_details if isinstance(link_details, dict) else {}
    stated = details.get("government")
    older = stated if isinstance(stated, dict) else {}
    # What the link says is kept up to date by GOV.UK; the copy in the details is not.
    if newer.get("current", older.get("current")) is not False:
        return None
    name = str(link.get("title") or older.get("title") or "")
    return name, day(newer.get("ended_on"))


def travel_alerts(details: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a sentence for each travel warning in force."""
    stated = details.get("alert_status")
    country = details.get("country")
    name = str(country.get("name") or "") if isinstance(country, dict) else ""
    if not isinstance(stated, list) or not name:
        return ()
    return tuple(
        "The Foreign, Commonwealth & Development Office (FCDO) "
        + _ALERTS[alert].format(country=name)
        + "."
        for alert in stated
        if isinstance(alert, str) and alert in _ALERTS
    )


def _why_gone(item: Mapping[str, Any]) -> str:
    details = item.get("details")
    details = details if isinstance(details, dict) else {}
    why = plain(details.get("explanation")).rstrip(".")
    instead = details.get("alternative_path")
    redirects = item.get("redirects")
    if isinstance(redirects, list) and redirects and isinstance(redirects[0], dict):
        instead = redirects[0].get("destination") or instead
    return (f": {why}" if why else "") + (f" (see {instead})" if instead else "")


def _why_withdrawn(notice: Mapping[str, Any]) -> str:
    when = day(notice.get("withdrawn_at"))
    why = plain(notice.get("explanation")).rstrip(".")
    return (f" on {when.isoformat()}" if when else "") + (f": {why}" if why else "")


def _first_link(item: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    links = item.get("links")
    found = links.get(name) if isinstance(links, dict) else None
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, dict) else {}

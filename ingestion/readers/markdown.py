"""Read a page of Markdown with YAML front matter; inline HTML and site-generator tags are fine."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import yaml
from markdown_it import MarkdownIt

from ingestion.content_recall import with_recall
from ingestion.document import Document, PageDetails, Section, Skipped
from ingestion.readers.html import read_fragment
from ingestion.readers.html_extras import fragment_extras

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
# Tags of Liquid (Jekyll, Metalsmith): commands for the site generator, not text for people.
_LIQUID = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://[^\s/]|/)\S*\Z")
_NATIONS = frozenset(("england", "scotland", "wales", "northern-ireland"))
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def read_markdown(content: str, *, origin: str, fallback_url: str) -> Document | Skipped:
    """Read a Markdown page.

    Args:
        content: Decoded text.
        origin: Where it came from, for reports.
        fallback_url: Address to use when the front matter states none.
    """
    matter, body = _split(content)
    if matter is None:
        return Skipped(origin, "The front matter between the --- lines is not valid YAML.")
    if matter.get("private") is True or matter.get("published") is False:
        return Skipped(origin, "The front matter says that the page is not public.")
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(_LIQUID.sub("", body))
    title = _scalar(matter, "title") or _scalar(matter, "heading") or _first_heading(html)
    if not title:
        return Skipped(origin, "The page has no title, so it cannot be cited.")
    sections: tuple[Section, ...] = read_fragment(with_heading_ids(html), title)
    hidden, links = fragment_extras(html)
    if not sections:
        return Skipped(origin, "The page has front matter but no text.")
    details = _details(matter, title, fallback_url)
    document = Document(
        details,
        sections,
        origin,
        remarks=tuple(_mistakes(matter, details)),
        hidden_text=hidden,
        links=links,
    )
    return with_recall(html, document, is_fragment=True)


def with_heading_ids(html: str) -> str:
    """Return HTML in which each heading has the id most Markdown publishers give it."""

    def named(match: re.Match[str]) -> str:
        words = re.findall(r"[a-z0-9]+", _TAG.sub("", match[2]).lower())
        return f'<h{match[1]} id="{"-".join(words)}">{match[2]}</h{match[1]}>'

    return _HEADING.sub(named, html)


def _split(content: str) -> tuple[dict[str, Any] | None, str]:
    found = _FRONT_MATTER.match(content)
    if found is None:
        return {}, content
    try:
        matter = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return None, ""
    if matter is None:
        matter = {}
    return (matter if isinstance(matter, dict) else None), content[found.end() :]


def _details(matter: dict[str, Any], title: str, fallback_url: str) -> PageDetails:
    def text(key: str) -> str:
        return _scalar(matter, key)

    return PageDetails(
        url=text("url") if _ADDRESS.match(text("url")) else fallback_url,
        title=title,
        description=text("description"),
        publisher=text("publisher"),
        nation=text("nation") if _is_nation(text("nation")) else "",
        locale=text("locale") or "en",
        audience=text("audience"),
        document_type=text("document_type"),
        updated_at=_date(matter.get("updated_at")),
        valid_from=_date(matter.get("valid_from")),
        valid_to=_date(matter.get("valid_to")),
        licence=text("licence"),
        alternate_url=text("alternate_url"),
    )


def _scalar(matter: dict[str, Any], key: str) -> str:
    """Return a value as text; a list is none, for a few aliases can spell a list of gigabytes."""
    value = matter.get(key)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _mistakes(matter: dict[str, Any], details: PageDetails) -> Iterator[str]:
    """Yield what the front matter says and nobody can use: a typo must not pass in silence."""
    for name in ("updated_at", "valid_from", "valid_to"):
        if matter.get(name) is not None and getattr(details, name) is None:
            yield f"{name} in the front matter is no date such as 2026-04-06; it was left out."
    for name in ("url", "nation"):
        said = _scalar(matter, name)
        if said and getattr(details, name) != said:
            yield f"{name} {said!r} in the front matter is not allowed; it was left out."


def _is_nation(text: str) -> bool:
    return text == "uk" or set(text.split("+")) <= _NATIONS


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _first_heading(html: str) -> str:
    found = _HEADING.search(html)
    return " ".join(_TAG.sub("", found[2]).split()) if found else ""

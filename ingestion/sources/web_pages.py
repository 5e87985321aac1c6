"""Turn what a web server answered into pages."""

import re
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from ingestion.document import Document, Failed, PageDetails, Skipped
from ingestion.readers.formats import read_content
from ingestion.sources.fetching import AGENT, Response

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_GONE = {404: "does not exist", 410: "was removed", 451: "was removed for legal reasons"}
_META = re.compile(r"<meta\s([^<>]{1,500})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(name|content)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)", re.IGNORECASE)
_HEAD_BYTES = 200_000
_OUT = frozenset(("noindex", "none"))


def read_response(response: Response, *, origin: str) -> list[Document | Skipped]:
    """Return the pages in an answer, with the address that answered and when."""
    content = _as_utf8(response)
    return [
        replace(found, details=_at_home(found.details, response.url), fetch=response.fetch)
        if isinstance(found, Document)
        else found
        for found in read_content(
            content,
            name=urlsplit(response.url).path.rpartition("/")[2],
            origin=origin,
            fallback_url=response.url,
        )
    ]


def meaning_of(origin: str, status: int) -> Skipped | Failed:
    """Return what an answer without a page means: it must leave the index, or it failed.

    401 and 403 are failures: more often a firewall that takes us for an attacker than a page that
    became private, and wrongly removing guidance is what people notice.
    """
    if status in _GONE:
        return Skipped(origin, f"The page {_GONE[status]} ({status}).")
    return Failed(origin, f"The server answered {status}.")


def asks_not_to_be_indexed(response: Response) -> bool:
    """Whether the page says `noindex`, in a header or in its head.

    Source: robots meta tag and X-Robots-Tag as Google and Bing document them; directives named for
    another program are theirs.
    """
    for statement in response.headers.get("x-robots-tag", "").lower().split(","):
        agent, _, directive = statement.rpartition(":")
        if agent.strip() in ("", AGENT) and directive.strip() in _OUT:
            return True
    return bool(
        _OUT & _robots_directives(response.content[:_HEAD_BYTES].decode("utf-8", "replace"))
    )


def _robots_directives(html: str) -> set[str]:
    """Return the words of robots meta elements.

    Searched for, not parsed: the standard library's parser needs minutes for 200 kB of `<a ` and
    stops with an error at an odd `<![` (Python 3.11.7); each step here looks at most a few hundred
    characters ahead.
    """
    found: set[str] = set()
    for element in _META.finditer(_without_comments(html)):
        stated = {
            name.lower(): value.strip("\"'").lower()
            for name, value in _ATTRIBUTE.findall(element[1])
        }
        if stated.get("name", "").strip() in ("robots", AGENT):
            found.update(stated.get("content", "").replace(",", " ").split())
    return found


def _without_comments(html: str) -> str:
    kept, start = [], 0
    while (opened := html.find("<!--", start)) >= 0:
        kept.append(html[start:opened])
        closed = html.find("-->", opened)
        if closed < 0:
            return "".join(kept)
        start = closed + 3
    return "".join([*kept, html[start:]])


def _as_utf8(response: Response) -> bytes:
    """Return the bytes in UTF-8 when the server names another character set.

    The server's word goes before the page's own (WHATWG HTML, 13.2.3.2).
    """
    named = _CHARSET.search(response.headers.get("content-type", ""))
    if not named or named[1].lower() in ("utf-8", "utf8"):
        return response.content
    try:
        return response.content.decode(named[1]).encode("utf-8")
    except (LookupError, ValueError):
        return response.content


def _at_home(details: PageDetails, url: str) -> PageDetails:
    """Keep the address a page states only on the site that answered.

    A page cannot be cited under an address that another site would have to answer for.
    """
    stated = urljoin(url, details.url)
    here = urlsplit(stated).hostname == urlsplit(url).hostname
    return replace(details, url=stated if here and stated.startswith("http") else url)

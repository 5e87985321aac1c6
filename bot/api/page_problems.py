"""Errors under the addresses of pages, as pages: people read them, not programs."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from fastapi.responses import HTMLResponse
from starlette.types import Scope

from bot.api.page_templates import page
from bot.api.page_words import Language, said

PAGES = frozenset({"chat", "demo", "embed", "accessibility"})
"""First parts of the addresses that people open in a browser."""
_NAMES = {404: "missing", 405: "missing", 413: "large", 503: "starting"}


def is_page(scope: Scope) -> bool:
    """Whether an address is that of a page, or lies under one."""
    return str(scope["path"]).strip("/").partition("/")[0] in PAGES


def problem_page(
    scope: Scope, status: int, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """Return a page that says what is wrong, in the language of the address; nothing from it."""
    locale = _locale(scope)
    name = _NAMES.get(status, "server" if status >= 500 else "unusable")
    return page(
        "problem.html",
        locale,
        status=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        heading=said(locale, "pages", name, "heading"),
        text=said(locale, "pages", name, "text"),
    )


def _locale(scope: Scope) -> Language:
    # The last one counts, as in FastAPI.
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("locale", [""])
    return "cy" if asked[-1] == "cy" else "en"

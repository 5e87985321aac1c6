"""The pages' templates, filled in."""

from collections.abc import Mapping

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.api.page_words import WORDS, Language
from bot.api.phone_numbers import callable_pieces, linked_pieces
from web_widget import TEMPLATES_DIR

_TEMPLATES = Environment(
    loader=FileSystemLoader(TEMPLATES_DIR),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["callable_pieces"] = callable_pieces
_TEMPLATES.filters["linked_pieces"] = linked_pieces


def page(
    template: str,
    locale: Language,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> HTMLResponse:
    """Return a template as a page; it finds its words as `t` and its language as `locale`."""
    found = _TEMPLATES.get_template(template)
    text = found.render(locale=locale, t=WORDS[locale], **context)
    return HTMLResponse(text, status, headers=dict(headers or {}))

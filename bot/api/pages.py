"""The widget's file, and the pages around it."""

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from bot.api.page_templates import page
from bot.api.page_words import Language
from web_widget import STATIC_DIR

router = APIRouter(include_in_schema=False)


@router.get("/widget.js")
async def widget() -> FileResponse:
    """Return the widget."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "public, max-age=300",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return FileResponse(STATIC_DIR / "widget.js", media_type="text/javascript", headers=headers)


@router.get("/site.css")
async def style_sheet() -> FileResponse:
    """Return the pages' style sheet."""
    return FileResponse(STATIC_DIR / "site.css", media_type="text/css")


@router.get("/")
async def home() -> Response:
    """Send people to the chat."""
    return RedirectResponse("/chat")


@router.get("/demo")
async def demo(locale: Language = "en") -> HTMLResponse:
    """Return the demonstration page with the widget."""
    return page("demo.html", locale)


@router.get("/embed")
async def embed(locale: Language = "en") -> HTMLResponse:
    """Return a page for an iframe that holds only the widget."""
    return page("embed.html", locale)


@router.get("/accessibility")
async def accessibility() -> HTMLResponse:
    """Return the accessibility statement."""
    return page("accessibility.html", "en")

"""Open what a page shows at a press: accordions, tabs, and frames around its main text.

Without this an accordion loses its questions, which are buttons, and runs its answers together.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

_NOT_SHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!important)?;?", re.I)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTROLS = etree.XPath("descendant::*[@aria-controls]")
_FRAMES = etree.XPath("descendant::form | descendant::header")
_NEVER_OPENED = ("nav", "form", "script", "style", "template", "header", "footer", "aside")


def opened(main: HtmlElement) -> HtmlElement:
    """Return the same element, changed in place: panels shown, their buttons made headings."""
    if controls := _CONTROLS(main):
        panels = {e.get("id"): e for e in main.iterdescendants() if e.get("id")}
        levels = dict(_levels(main))
        for control in controls:
            panel = panels.get((control.get("aria-controls") or "").split(" ")[0])
            if panel is not None and panel.tag not in _NEVER_OPENED:
                _open(control, panel, levels.get(control, 2))
    for button in main.xpath(_BUTTONS_IN_HEADINGS):
        button.tag = "span"
    for frame in _FRAMES(main):
        if _holds_the_text(frame, main):
            frame.tag = "div"
    return main


_BUTTONS_IN_HEADINGS = "|".join(f"descendant::{name}//button" for name in _HEADINGS)


def _levels(main: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """Yield each button with the level a heading in its place would have."""
    level = 1
    for element in main.iterdescendants(*_HEADINGS, "button"):
        if element.tag == "button":
            yield element, min(level + 1, 6)
        else:
            level = int(element.tag[1])


def _open(control: HtmlElement, panel: HtmlElement, level: int) -> None:
    for name in ("hidden", "aria-hidden"):
        panel.attrib.pop(name, None)
    if style := panel.get("style"):
        panel.set("style", _NOT_SHOWN.sub("", style))
    in_heading = any(above.tag in _HEADINGS for above in control.iterancestors())
    if control.tag == "button" and not in_heading and "".join(panel.itertext()).strip():
        control.tag = f"h{level}"
        control.set("id", control.get("id") or panel.get("id"))


def _holds_the_text(frame: HtmlElement, main: HtmlElement) -> bool:
    """Whether a frame is part of the text: a header with a heading, or a form around all of it.

    Some content systems wrap whole pages in one form.
    """
    if frame.tag == "header":
        return next(frame.iterdescendants("h1", "h2"), None) is not None
    if next(frame.iterdescendants("h1"), None) is not None:
        return True
    prose = sum(len("".join(p.itertext())) for p in frame.iterdescendants("p", "li"))
    return prose * 2 > sum(len("".join(p.itertext())) for p in main.iterdescendants("p", "li")) > 0

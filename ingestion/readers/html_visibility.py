"""What of a page is not text for its readers: menus, banners, and what people cannot see."""

import re

from lxml.html import HtmlElement

_DROPPED_TEXT = """
nav header footer aside script style noscript template form button svg math iframe select input
textarea label head title del s strike object video audio canvas map
"""
_DROPPED = frozenset(_DROPPED_TEXT.split())
_DROPPED_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary"))
_TELLING = frozenset(("hidden", "aria-hidden", "role", "style", "class", "id"))
# Names that site builders and the common consent tools give to banners and menus. Whole words of a
# name: "unrelated-rules" and "cookie-policy" are text.
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:"
    r"cookies?(?=\s|$)|cookies?[-_]*(?:banner|bar|consent|notice|message|alert|popup|modal|overlay"
    r"|dialog|control|warning|law|settings|choices)|global-cookie|onetrust|cookiebot|cc-(?:window|banner)"
    r"|breadcrumbs?|breadcrumb[-_]|skip-?(?:link|to|nav)|pagination|related-(?:links|content|items"
    r"|navigation|pages|topics|articles|nav|aside|list|services|information)"
    r")",
    re.IGNORECASE,
)
_CIVIC = re.compile(r"^ccc(?:-|$)", re.IGNORECASE)
_OUT_OF_SIGHT = re.compile(
    r"display:none|visibility:hidden|font-size:0(?:\.0+)?(?:[a-z%]|;|!|$)|font-size:1px"
    r"|opacity:0(?:\.0+)?(?![.\d])|(?:^|;)(?:left|top|text-indent|margin-left):-\d{3,}"
    r"|(?<![-\w])color:transparent"
)
_FLAT = re.compile(r"(?:^|;)(?:max-)?(?:height|width):0(?:px)?(?:;|!|$)")
_COLOUR = re.compile(r"(?<![-\w])color:([^;!]+)")
_BACKGROUND = re.compile(r"(?<![-\w])background(?:-color)?:([^;!]+)")
_WHITE = frozenset(("#fff", "#ffffff", "white", "rgb(255,255,255)", "rgba(255,255,255,1)"))


def is_dropped(element: HtmlElement) -> bool:
    """Whether an element is no text for the readers of a page."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return True
    names = element.keys()
    if not names or _TELLING.isdisjoint(names):
        return element.tag == "dialog" and "open" not in names
    return (
        element.get("aria-hidden") == "true"
        or element.get("role") in _DROPPED_ROLES
        or _is_named_as_furniture(element)
        or is_hidden(element)
    )


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element is hidden from everybody who looks at the page.

    Known miss: what a style sheet hides.
    """
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    style = plain_style(element)
    if not style:
        return False
    if _OUT_OF_SIGHT.search(style) or ("overflow:hidden" in style and _FLAT.search(style)):
        return True
    return "color:" in style and _is_unreadable(element, style)


def plain_style(element: HtmlElement) -> str:
    """Return an element's own style in lower case, without spaces."""
    return "".join((element.get("style") or "").lower().split())


def _is_named_as_furniture(element: HtmlElement) -> bool:
    classes, own_id = element.get("class") or "", element.get("id") or ""
    if not classes and not own_id:
        return False
    return bool(_NAMES.search(f"{classes} {own_id}") or _CIVIC.match(own_id)) and (
        # A page about cookies, or a theme that names its body so, is not a banner.
        next(element.iterdescendants("h1", "main"), None) is None
    )


def _is_unreadable(element: HtmlElement, style: str) -> bool:
    """Whether text has the colour of what it stands on, as far as inline styles tell."""
    colour = _COLOUR.search(style)
    if colour is None:
        return False
    ink, styled_by_class, place = _colour(colour[1]), False, element
    while place is not None and place.tag not in ("main", "body", "html"):
        if ground := _BACKGROUND.search(plain_style(place)):
            return _colour(ground[1]) == ink
        if place.get("bgcolor"):
            return _colour(place.get("bgcolor").lower()) == ink
        styled_by_class = styled_by_class or bool(place.get("class"))
        place = place.getparent()
    # A class may paint the panel behind white letters; then the text is only reported.
    return ink == "white" and not styled_by_class


def _colour(value: str) -> str:
    return "white" if value in _WHITE else value

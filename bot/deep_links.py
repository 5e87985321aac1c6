"""Links that scroll to the quoted sentence: URL fragments with a text directive.

Source: WICG "URL Fragment Text Directives" draft, `#anchor:~:text=prefix-,start,end,-suffix`.
Browsers that do not know the directive still land on the heading's anchor.
"""

import re
from urllib.parse import quote

_SHORT_WORDS = 8
_EDGE_WORDS = 4
_WORD = re.compile(r"\S+")


def deep_link(url: str, anchor: str, *, page_text: str, first: str, last: str = "") -> str:
    """Return a link to a quotation.

    Args:
        url: Address of the page, without a fragment.
        anchor: Id of the nearest heading; may be empty.
        page_text: Plain text of the page, to see whether the directive would match elsewhere.
        first: Verbatim text the quotation starts with, within one block of the page.
        last: Verbatim text it ends with, when that stands in another block; else empty.

    Returns:
        The link; only the anchor when the quotation cannot be found in the page text.
    """
    base = f"{url}#{anchor}" if anchor else url
    separator = "" if anchor else "#"
    directive = _directive(page_text, first, last or first, one_block=not last or last == first)
    return f"{base}{separator}:~:text={directive}" if directive else base


def _directive(page_text: str, first: str, last: str, *, one_block: bool) -> str:
    begin = page_text.find(first)
    if begin < 0 or not first.strip():
        return ""
    words = first.split()
    if one_block and len(words) <= _SHORT_WORDS:
        return _with_prefix(page_text, first, begin) + _encode(first)
    start = " ".join(words[:_EDGE_WORDS])
    end = " ".join(last.split()[-_EDGE_WORDS:])
    return f"{_with_prefix(page_text, start, begin)}{_encode(start)},{_encode(end)}"


def _with_prefix(page_text: str, start: str, begin: int) -> str:
    """Return `prefix-,` when `start` also stands earlier on the page, else nothing."""
    if page_text.find(start) >= begin:
        return ""
    before = _WORD.findall(page_text[:begin])
    return f"{_encode(' '.join(before[-_EDGE_WORDS:]))}-," if before else ""


def _encode(text: str) -> str:
    # A hyphen, comma or ampersand would end the term, so they are escaped too.
    return quote(text, safe="").replace("-", "%2D")

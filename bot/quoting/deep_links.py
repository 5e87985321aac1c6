"""Links that scroll to the quoted sentence: URL fragments with a text directive.

Source: WICG "URL Fragment Text Directives" draft, `#anchor:~:text=prefix-,start,end,-suffix`. A
browser looks for the first place where `start` follows `prefix`, then for the first `end` after
it; each term lies in one block of the page. So a directive is only used here when that search, on
the page's text, finds exactly the quotation: words before it are added until it does. Browsers
that do not know the directive still land on the heading's anchor.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

_SHORT_WORDS = 8
_EDGE_WORDS = 4
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Directive:
    """The terms of a text directive; `prefix` and `end` may be empty."""

    start: str
    end: str = ""
    prefix: str = ""

    def __str__(self) -> str:
        terms = [f"{_encode(self.prefix)}-"] if self.prefix else []
        return ",".join([*terms, _encode(self.start), *([_encode(self.end)] if self.end else [])])


def deep_link(
    url: str, anchor: str, *, page_text: str, first: str, last: str = "", start: int | None = None
) -> str:
    """Return a link to a quotation.

    Args:
        url: Address of the page, without a fragment.
        anchor: Id of the nearest heading; may be empty.
        page_text: Plain text of the page, a line for each block.
        first: Verbatim text the quotation starts with, within one block of the page.
        last: Verbatim text it ends with, when that stands in another block; else empty.
        start: Where in the page text it starts; by default where `first` first occurs.

    Returns:
        The link; only the anchor when no directive finds the quotation and nothing else.
    """
    base = f"{url}#{anchor}" if anchor else url
    separator = "" if anchor else "#"
    begin = page_text.find(first) if start is None else start
    directive = _directive(page_text, begin, first, "" if last == first else last)
    return f"{base}{separator}:~:text={directive}" if directive else base


def place_of(first: str, page_text: str, start: int, *, before: Sequence[str]) -> int:
    """Return where a text starts that follows others, from an offset on; -1 when it is not there.

    Args:
        first: The text.
        page_text: What to look in.
        start: Offset to begin at.
        before: Texts that stand between the offset and it, in order.
    """
    for text in before:
        found = page_text.find(text, start)
        start = start if found < 0 else found + len(text)
    return page_text.find(first, start)


def found_by(directive: Directive, page_text: str) -> tuple[int, int] | None:
    """Return start and end of what a browser would highlight, or None.

    Compares without case and at word boundaries, as the draft asks; a prefix and what follows it
    are parted by white space at most.
    """
    text = _lowered(page_text)
    start, end, prefix = (
        _lowered(term) for term in (directive.start, directive.end, directive.prefix)
    )
    for begin in _occurrences(text, start):
        if prefix and not _follows(text, begin, prefix):
            continue
        finish = begin + len(start)
        if not end:
            return begin, finish
        closing = next(_occurrences(text, end, finish), None)
        return None if closing is None else (begin, closing + len(end))
    return None


def _directive(page_text: str, begin: int, first: str, last: str) -> Directive | None:
    if begin < 0 or not first.strip():
        return None
    finish = begin + len(first)
    if last:
        closing = page_text.find(last, finish)
        if closing < 0:
            return None
        finish = closing + len(last)
    # From here on without the white space around a quotation, which no term holds.
    begin += len(first) - len(first.lstrip())
    finish -= len(last or first) - len((last or first).rstrip())
    for directive in _shortest_first(page_text, begin, first.split(), last.split()):
        if found_by(directive, page_text) == (begin, finish):
            return directive
    return None


def _shortest_first(
    page_text: str, begin: int, first: Sequence[str], last: Sequence[str]
) -> Iterator[Directive]:
    earlier = page_text[:begin].rstrip().rpartition("\n")[2].split()
    starts = _terms(first, whole=not last)
    ends = [" ".join(last[-n:]) for n in _lengths(last)] if last else [""]
    for prefix_words in (0, *_lengths(earlier)):
        prefix = " ".join(earlier[-prefix_words:]) if prefix_words else ""
        for start, own_end in starts:
            for end in [own_end] if own_end else ends:
                yield Directive(start, end, prefix)


def _terms(words: Sequence[str], *, whole: bool) -> list[tuple[str, str]]:
    """Return starts, each with an end of its own when the words are all there is and many."""
    if not whole:
        return [(" ".join(words[:n]), "") for n in _lengths(words)]
    if len(words) <= _SHORT_WORDS:
        return [(" ".join(words), "")]
    edges = range(_EDGE_WORDS, min(_MOST_WORDS, len(words) // 2) + 1, 2)
    edged = [(" ".join(words[:n]), " ".join(words[-n:])) for n in edges]
    return [*edged, (" ".join(words), "")]


def _lengths(words: Sequence[str]) -> list[int]:
    """Return how many words to try: four, then more."""
    return sorted({min(n, len(words)) for n in range(_EDGE_WORDS, _MOST_WORDS + 1, 2)} - {0})


def _occurrences(text: str, term: str, start: int = 0) -> Iterator[int]:
    found = text.find(term, start)
    while found >= 0:
        if _is_bounded(text, found, found + len(term)):
            yield found
        found = text.find(term, found + 1)


def _is_bounded(text: str, begin: int, end: int) -> bool:
    inside_before = begin > 0 and text[begin - 1].isalnum() and text[begin].isalnum()
    inside_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (inside_before or inside_after)


def _follows(text: str, begin: int, prefix: str) -> bool:
    before = text[:begin].rstrip()
    return before.endswith(prefix) and _is_bounded(text, len(before) - len(prefix), len(before))


def _lowered(text: str) -> str:
    # Letter by letter, because lower() makes two of some letters and offsets must stay.
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _encode(text: str) -> str:
    # A hyphen, comma or ampersand would end the term, so they are escaped too.
    return quote(text, safe="").replace("-", "%2D")

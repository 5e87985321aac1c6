"""Numbers to call or to text, and web addresses, in the service's own words, as links."""

import re

# The numbers that helplines have. Short codes (five digits) take text messages only.
_NUMBER = re.compile(
    r"(?<![\w£,.+])("
    r"999|111|112|116 \d{3}"
    r"|0\d{2,4} [\d ]{3,9}\d"
    r"|\+44 [\d ]{7,11}\d"
    r"|[5-8]\d{4}"
    r")(?!\w)"
)
_LINK = re.compile(r"(https?://[^\s\"'<>]*[^\s\"'<>.,;:)])")
_SHORT_CODE = re.compile(r"\d{5}")
# "text 07700 900123", "text HELP to 07700 900123", "neges destun i 07700 900123".
_ASKS_TO_TEXT = re.compile(r"\b(?:text(?: \w+ to)?|neges destun i|tecstiwch(?: \w+ i)?) $", re.I)


def callable_pieces(text: str) -> list[tuple[str, str]]:
    """Return a text in pieces, each with the address to call or text; empty for mere words.

    Returns:
        Pieces that make up the whole text, in order, with `tel:…`, `sms:…` or nothing.
    """
    pieces = _NUMBER.split(text)
    return [
        (piece, _address(piece, pieces[place - 1]) if place % 2 else "")
        for place, piece in enumerate(pieces)
        if piece
    ]


def linked_pieces(text: str) -> list[tuple[str, str]]:
    """Return a text in pieces like `callable_pieces`, web addresses being links too."""
    return [
        found
        for place, piece in enumerate(_LINK.split(text))
        for found in ([(piece, piece)] if place % 2 else callable_pieces(piece))
    ]


def _address(number: str, before: str) -> str:
    takes_texts = _SHORT_CODE.fullmatch(number) or _ASKS_TO_TEXT.search(before)
    return f"{'sms' if takes_texts else 'tel'}:{number.replace(' ', '')}"

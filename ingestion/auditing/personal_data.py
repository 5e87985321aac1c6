"""Personal data that slipped into published text.

Guidance names helplines, e-mail addresses of teams and example numbers on purpose. What is looked
for is what identifies one person and passes its check digit: numbers of National Insurance, the
NHS and payment cards, and private e-mail addresses. Bank accounts are left alone, because public
bodies print their own where they tell people how to pay.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.gb import nhs


class Personal(NamedTuple):
    """A kind of personal data and where it stands in the text."""

    kind: str
    start: int
    end: int


# HMRC, National Insurance Manual NIM39110: the prefixes that are never issued.
_NINO = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]\b"
)
_NHS = re.compile(r"(?<![\d.£])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d|\.\d)")
_CARD = re.compile(r"(?<![\d.])(?:\d[ -]?){12,18}\d(?!\d|\.\d)")
_PRIVATE_MAIL = re.compile(
    r"\b[\w.+-]{1,64}@(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|aol|btinternet|sky|"
    r"talktalk|protonmail|virginmedia)\.(?:com|co\.uk|net|org|me)\b",
    re.IGNORECASE,
)
# Numbers that forms and style guides print as examples; nobody has them.
_EXAMPLES = frozenset(
    ("AB123456C", "QQ123456C", "AA123456A", "JG103759A", "4857773456", "9434765919")
)
_NHS_CUE = re.compile(r"\bNHS\b|\bhealth service number\b", re.IGNORECASE)
_NEAR = 60


def find(text: str) -> Iterator[Personal]:
    """Yield what identifies a person in published text."""
    for kind, pattern, holds in _KINDS:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _NEAR) : match.start()]
            if holds(_bare(match[0]), before):
                yield Personal(kind, *match.span())


def _is_nhs_number(number: str, before: str) -> bool:
    known = number in _EXAMPLES or not _NHS_CUE.search(before)
    return not known and _passes(nhs, number)


def _is_card(number: str, before: str) -> bool:  # noqa: ARG001  # the shape of every kind
    varied = len(set(number)) > 3  # 4444 4444 4444 4448 is an example
    return varied and number[0] in "3456" and _passes(luhn, number)


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str, str], bool]], ...] = (
    ("national_insurance_number", _NINO, lambda number, _: number not in _EXAMPLES),
    ("nhs_number", _NHS, _is_nhs_number),
    ("payment_card", _CARD, _is_card),
    ("private_email", _PRIVATE_MAIL, lambda *_: True),
)


def _bare(text: str) -> str:
    return re.sub(r"[ -]", "", text)


def _passes(rule: object, number: str) -> bool:
    try:
        rule.validate(number)  # type: ignore[attr-defined]
    except ValidationError:
        return False
    return True

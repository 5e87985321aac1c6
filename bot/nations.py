"""Which nation of the UK an enquiry is about."""

import re
from collections.abc import Iterable

from bot.enquiry import Nation

# Names of the nations, their peoples and largest cities, and of bodies and payments that exist in
# one nation only (checked on gov.uk, gov.scot, gov.wales and nidirect.gov.uk, 2026-11).
_NAMES = {
    Nation.SCOTLAND: (
        "scotland|scottish|edinburgh|glasgow|aberdeen|dundee|inverness|social security scotland|"
        "adult disability payment|scottish child payment|best start grant|carer support payment|"
        "lbtt|saas|mygov\\.scot|yr alban"
    ),
    Nation.WALES: (
        "wales|welsh|cymru|cardiff|caerdydd|swansea|abertawe|newport|wrexham|aberystwyth|bangor|"
        "renting homes|occupation contract|contract[- ]holder|land transaction tax|ltt|"
        "student finance wales|nghymru|gymru"
    ),
    Nation.NORTHERN_IRELAND: (
        "northern ireland|northern irish|belfast|derry|londonderry|lisburn|newry|nidirect|"
        "housing executive|gogledd iwerddon"
    ),
    Nation.ENGLAND: (
        "england|english|london|birmingham|manchester|leeds|liverpool|bristol|sheffield|newcastle|"
        "nottingham|lloegr"
    ),
}
_PATTERNS = {
    nation: re.compile(rf"\b(?:{names})\b", re.IGNORECASE) for nation, names in _NAMES.items()
}
# The language is not the place.
_LANGUAGE = re.compile(
    r"\b(?:in|speak|speaks|read|language) (?:english|welsh)\b|\b(?:english|welsh) "
    r"(?:language|speaking|test|lessons?)\b",
    re.IGNORECASE,
)


def nations_named(text: str) -> tuple[Nation, ...]:
    """Return the nations a text names, in a fixed order; empty when it names none."""
    text = _LANGUAGE.sub(" ", text)
    return tuple(nation for nation, pattern in _PATTERNS.items() if pattern.search(text))


def nation_of(texts: Iterable[str]) -> Nation | None:
    """Return the one nation named by the first text that names any; None when unclear.

    Args:
        texts: Most telling first: the question, then earlier turns from the newest back.
    """
    for text in texts:
        named = nations_named(text)
        if named:
            return named[0] if len(named) == 1 else None
    return None

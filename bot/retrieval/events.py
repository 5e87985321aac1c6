"""Events that are registered: whoever tells of a death does not ask how a birth is registered.

"Register a birth in Scotland" is like "register a death in Scotland" in every word but one, and
where no page for Scotland tells of deaths it would come first.

Known misses: events that a message tells in other words ("we lost our dad"); other languages than
English and Welsh.
"""

import re

_EVENTS = {
    event: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for event, words in {
        "birth": r"births?|born|newborn|baby|babies|g?enedigaeth(?:au)?|g?eni|babi|fabi",
        "death": r"deaths?|died|dies|die|dead|deceased|passed away|[mf]arwolaeth(?:au)?|[mf]arw",
        "marriage": r"marriages?|marry|married|wedding|civil partnership|(?:p|b|ph)riod(?:as|i)",
    }.items()
}
_IS_REGISTERED = re.compile(
    r"\b(?:register|registration|certificates?|(?:c|g|ch)ofrestru)\b", re.IGNORECASE
)


def is_about_another_event(title: str, text: str) -> bool:
    """Whether a title names the registering of an event, and a text names another one only."""
    if not _IS_REGISTERED.search(title):
        return False
    named, told = _named_in(title), _named_in(text)
    return bool(named) and len(told) == 1 and not named & told


def _named_in(text: str) -> set[str]:
    return {event for event, words in _EVENTS.items() if words.search(text)}

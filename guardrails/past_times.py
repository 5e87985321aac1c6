"""Tell what happened long ago from what happens now: "my dad collapsed in 2019".

A phrase of danger with a time that is over right behind it, or at the beginning of its clause, is
history. `phrase_tables/past_times.txt` holds the times, and the words of now that outweigh them
wherever they stand.

Known misses: times the table does not hold; more than a few words between; they stay an emergency.
"""

import re

from guardrails.phrases import PhraseTable, first_detail, load_phrases

_TIMES = load_phrases("past_times")
_PAST = "past"
_TIME = next(phrases.pattern.pattern for phrases in _TIMES if phrases.detail == _PAST)
# Not over a joint: "he had a fall and last year ...".
_STEP = r"(?: (?!(?:and|but|because|so|now|since|then|a|ac|ond)\b)[a-z]+)"
_BEHIND = re.compile(rf"{_STEP}{{0,3}}[ ,]{{1,2}}{_TIME}")
_BEFORE = re.compile(rf"(?:^|[.!?;,] ?|\band |\bbut |\bso ){_TIME},?{_STEP}{{0,4}} ?$")
_LOOK_BACK = 80


def tells_of_past(plain: str) -> bool:
    """Whether plain text names a time that is over and holds no word of now."""
    return list(_TIMES.details_in(plain)) == [_PAST]


def first_present_detail(table: PhraseTable, plain: str) -> str:
    """Return the first detail told of now or of no time; empty when none is."""
    if not tells_of_past(plain):
        return first_detail(table, plain)
    return next(
        (
            phrases.detail
            for phrases in table
            if any(not _is_over(plain, found) for found in phrases.pattern.finditer(plain))
        ),
        "",
    )


def _is_over(plain: str, found: re.Match[str]) -> bool:
    if re.search(_TIME, found[0]) or _BEHIND.match(plain, found.end()):
        return True
    return _BEFORE.search(plain[max(0, found.start() - _LOOK_BACK) : found.start()]) is not None

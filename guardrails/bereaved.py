"""Who lost somebody to suicide, and has to do what is done after any death.

"My brother killed himself, who registers the death?" tells of a death in words of danger. Where
help is shown it stands beside the answer, and what is searched for says that somebody died.

Known misses: such a death told without naming who died ("he killed himself"), or by a way of dying
that `phrase_tables/bereaved.txt` does not hold.
"""

import re

from guardrails.phrases import load_phrases

_BEREAVED = load_phrases("bereaved")
_HOW = re.compile(
    r" (?:(?:has|had|just|sadly|recently) )*"
    r"(?:killed|hung|hanged|took|taken|committed|ended|died)\b.*"
)


def tells_bereavement(plain: str) -> bool:
    """Whether plain text tells that somebody near died by suicide."""
    return _BEREAVED.occurs_in(plain)


def with_death_told(plain: str) -> str:
    """Return plain text that says of such a death only that somebody died."""
    for phrases in _BEREAVED:
        plain = phrases.pattern.sub(lambda found: _HOW.sub(" died", found[0]), plain)
    return plain

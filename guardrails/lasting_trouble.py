"""Take a lasting trouble that is told in words of an emergency out of a text.

"I can't breathe because of the mould in my flat" is about repairs. `phrase_tables/chronic.txt`
holds the causes, and the words that make it an emergency after all, wherever they stand.

Known misses: causes the table does not hold; they stay an emergency.
"""

from guardrails.phrases import load_phrases

_TROUBLES = load_phrases("chronic")
_CHRONIC = "chronic"


def tells_lasting_trouble(plain: str) -> bool:
    """Whether plain text tells of a lasting trouble and holds no word of what happens now."""
    return list(_TROUBLES.details_in(plain)) == [_CHRONIC]


def without_lasting_trouble(plain: str) -> str:
    """Return plain text without the trouble; the rest still counts."""
    if not tells_lasting_trouble(plain):
        return plain
    chronic = next(phrases for phrases in _TROUBLES if phrases.detail == _CHRONIC)
    return chronic.pattern.sub(" . ", plain)

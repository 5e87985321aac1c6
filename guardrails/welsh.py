"""Tell Welsh from English, to choose the language of placeholders."""

import re

# Frequent short words that English does not share; our own selection.
_WELSH = frozenset(
    """ac aeth alla allaf am ar arna arnaf bod byddaf byw chi cyfeiriad ddim ddylwn ddywed dwi dw
    dyddiad ei eich eisiau enw fod fy fyddaf ffôn ffon gael gallaf geni gyda hoffwn i'r imi iawn
    mae mai mewn mi mod nhw ni oes oed oedd oes ond pa pam pan pasbort peth pryd pwy rhaid rhif rwy
    rwyf rydw rydym sut sydd sy'n syn trwydded wedi wyf wyt y ydw ydych ydy ydyn yn yng ym yr yw
    yswiriant gwladol beth ble""".split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W\d_]+")


def looks_welsh(plain: str) -> bool:
    """Whether at least a quarter of the words, and two of them, are frequent Welsh words."""
    words = _WORD.findall(plain)
    welsh = sum(word in _WELSH for word in words)
    return welsh >= 2 and welsh * 4 >= len(words)

"""Whether a question is in Welsh or English."""

import re
from typing import Literal

# The commonest Welsh function words that are not English words (counted in our own Welsh sample
# guidance, 2026-11). Known miss: one-word questions such as "pasbort"; the page's own language
# (`locale` of the enquiry) decides those.
_WELSH_TEXT = """
yw ydw ydy ydych ydi mae maen oes ydwyf rwy rwyf dw wyf wyt oedd sydd sy beth pwy pryd ble sut
pam faint pa gallaf alla allaf gallwch gael cael fy dy eich ein eu chi nhw ni fi mi ti yng
nghymru cymru gyda gan gen heb dros wrth rhwng hyd angen eisiau dylwn rhaid wneud gwneud helo
diolch os neu ac hefyd ond fel bod fod yn yr ar gyfer blwydd oed talu treth hawlio
"""
_WELSH = frozenset(_WELSH_TEXT.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHARE = 0.3


def language_of(text: str, default: Literal["en", "cy"] = "en") -> Literal["en", "cy"]:
    """Return the language of a question.

    Args:
        text: What the citizen wrote, without placeholders.
        default: Returned for texts too short to tell.

    Returns:
        `cy` when at least 30% of the words are Welsh function words, and at least two are;
        else `en`, or `default` when the text has fewer than three words.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    welsh = sum(word in _WELSH for word in words)
    if welsh >= 2 and welsh / len(words) >= _SHARE:
        return "cy"
    return default if len(words) < 3 else "en"

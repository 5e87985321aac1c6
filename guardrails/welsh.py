"""Tell Welsh from English, to choose the language of placeholders."""

import re

from guardrails.phrases import load_words

# Frequent short words that English does not share; our own selection.
_WELSH = load_words("welsh")
_WORD = re.compile(r"[^\W\d_]+")


def looks_welsh(plain: str) -> bool:
    """Whether at least a quarter of the words, and two of them, are frequent Welsh words."""
    words = _WORD.findall(plain)
    welsh = sum(word in _WELSH for word in words)
    return welsh >= 2 and welsh * 4 >= len(words)

"""What a message tells beside what it asks: "My husband frightens me. How do I get a flat?".

Asked politely about something else, danger is diluted by the question: a reader of the whole
message sees mostly the question. So the rest is read alone as well.

Known misses: a question without a mark and in an order of words that is not a question's; the same
in other languages than English and Welsh.
"""

import re

_SOMEBODY = (
    r"(?:i|we|you|she|he|they|it|my|our|there|the|this|that|someone|somebody|anyone|anybody|people)"
)
_ASKING = (
    r"(?:how (?:do|does|can|could|would|should|much|long|many|to|soon|is|are)"
    r"|(?:what|where|when|who|which|why) (?:do|does|can|could|would|should|is|are|will|kind|help"
    r"|happens|benefits?|support|documents?|forms?)"
    rf"|(?:can|could|do|does|did|am|is|are|was|will|would|should|may|must) {_SOMEBODY}"
    r"|(?:sut|beth|ble|pryd|faint|oes|ydw|ydy|ydyn|ydi|allaf|gaf|a ga[fi]|a allaf) \w+)\b"
)
# From where a question begins, also within a sentence, to the end of the sentence: "my wife hits me
# and how do i get a divorce".
_QUESTION = re.compile(
    r"(?:^|(?<=[.!?;\n ]))(?:(?:and|but|so|also|please|hi|hello|a|ond),? ){0,3}"
    rf"{_ASKING}[^.!?;\n]*[?]?",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[^.!?;\n]+\?")
_JOIN = re.compile(r"(?:\s|,)+(?=[.!?;\n]|$)")


def told_beside(text: str) -> str:
    """Return what a text tells, without what it asks; empty when it does only one of both."""
    told = _MARKED.sub("", _QUESTION.sub("", text))
    return _JOIN.sub("", told).strip(" .!?;\n") if told != text else ""

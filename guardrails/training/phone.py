"""A text as it would be typed on a phone: no capitals, no marks, short forms.

Learned beside the text itself, so that "don't", "dont" and "dnt" are one word to the reader.
"""

import random
import re

SHORT_FORMS = {
    "you": ("u",),
    "your": ("ur",),
    "are": ("r", "are"),
    "and": ("n", "and"),
    "to": ("2", "to", "to"),
    "for": ("4", "for", "for"),
    "because": ("cos", "cuz", "coz"),
    "tomorrow": ("tmrw", "tomoro"),
    "tonight": ("tonite", "2nite"),
    "night": ("nite",),
    "what": ("wot", "wat", "what"),
    "when": ("wen", "when"),
    "with": ("wiv", "with", "w"),
    "my": ("me", "my", "my", "my"),
    "someone": ("some1", "someone"),
    "everyone": ("every1",),
    "please": ("pls", "plz"),
    "people": ("ppl",),
    "want to": ("wanna", "want 2"),
    "going to": ("gonna", "gona"),
    "nothing": ("nowt", "nothin", "nuffin"),
    "anything": ("owt", "anythin"),
    "i don't know": ("idk", "dunno"),
    "i do not know": ("idk",),
    "about": ("bout", "about"),
    "through": ("thru",),
    "enough": ("enuf",),
    "would": ("wud",),
    "could": ("cud",),
    "should": ("shud",),
    "just": ("jus", "just"),
    "have": ("av", "have", "have"),
    "week": ("wk", "week"),
    "weeks": ("wks",),
    "year": ("yr", "year"),
    "years": ("yrs",),
    "husband": ("hubby", "husband"),
    "boyfriend": ("bf",),
    "girlfriend": ("gf",),
    "brother": ("bro", "brother"),
    "universal credit": ("uc",),
    "national insurance": ("ni",),
    "living": ("livin", "living"),
    "getting": ("gettin", "getting"),
}
"""What is typed in place of words, our own list; a word that stands there too may stay."""

_WORDS = re.compile(r"\b(?:" + "|".join(sorted(SHORT_FORMS, key=len, reverse=True)) + r")\b")
_MARKS = re.compile(r"[.,;:!?\"“”‘’'()-]+")


def typed_on_a_phone(text: str) -> str:
    """Return a text as it might be typed on a phone; always the same for the same text."""
    dice = random.Random(text)  # noqa: S311 - repeatable examples, no secret
    short = _WORDS.sub(lambda found: dice.choice(SHORT_FORMS[found[0]]), text.casefold())
    return " ".join(_MARKS.sub(lambda found: "" if found[0] in "'’" else " ", short).split())

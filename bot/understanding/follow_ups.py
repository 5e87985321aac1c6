"""Whether a message leans on the conversation before it, and what it leans on."""

import re
from collections.abc import Sequence

from bot.enquiry import Turn
from bot.retrieval.query import words

_OPENING = re.compile(
    r"^(?:and|but|so|also|ok(?:ay)?|what about|how about|what if|or|then|"
    r"a beth am|beth am|ond|ac|felly)\b",
    re.IGNORECASE,
)
# "For my son", "if I'm a student", "I'm 17": what is told of a question asked before.
_TAKING_UP = re.compile(
    r"^(?:for|with|without|if|under|over|as an?|i(?:['’]?m| am) (?:only |nearly |over |under )?\d+|"
    r"os|i fy|heb|dan|dros)\b",
    re.IGNORECASE,
)
_LONGEST_TAKING_UP = 6
_REFERRING = re.compile(
    r"\b(?:it|its|that|this|these|those|they|them|their|he|she|him|her|one|ones|same|"
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )there|"  # "is there a fee" refers to nothing
    r"instead|either|hynny|hwn|hon|yno|nhw)\b",
    re.IGNORECASE,
)
# Words that ask but name no subject.
_EMPTY_TEXT = """
a an and are as at be by can could do does did for from get have how i if in is it me my of on
or so that the then there they this to us was we what when where which who why will with would
you your much many long soon often need apply cost about please tell more yes no ok okay thanks
old got should must might shall happens happen next else
sut beth pryd ble pwy pam faint ydw ydy yw i'n mae yr y fy eich a'r oes rhaid gallaf allaf alla
e hi nhw gwneud cael wneud gael cais mynd hoffwn eisiau angen os gwelwch yn dda ei o ar am yn ac neu
ga gaf gawn mae'n mae'r yw'n yw'r ydi ydych allwn fydd bydd dw dwi rwy'n rydw i'r fi chi
ddylwn dylwn
"""
_EMPTY = frozenset(_EMPTY_TEXT.split())
# What is done with any service: no service is named by it, though a whole message such as "How do
# I appeal?" may mean one of several.
_DEEDS_TEXT = """
claim claims claiming claimed qualify qualifies qualified eligible entitled pay paying paid payable
taxed taxable refund refunds refunded refundable backdated renew renewed cancel cancelled appeal
start starts started stop stops stopped end ends send use using receive change changed affect
hawlio talu dechrau stopio adnewyddu canslo apelio
"""
DEEDS = frozenset(_DEEDS_TEXT.split())
# How often, how long or in which way; and verbs that tell of nothing ("how long does it take").
_MEASURES_TEXT = """
minute minutes hour hours day days week weeks month months year years age online phone post email
away back again still early earlier late later now already first last both also only
take think wrong
diwrnod wythnos mis blwyddyn
"""
MEASURES = frozenset(_MEASURES_TEXT.split())
_BARE_WORDS = 2
_SHORT_MESSAGE = 12


def leans_on_history(message: str) -> bool:
    """Whether a message cannot be understood alone.

    True for "what about Scotland?", "how much is it?", "and if I am self-employed?"; false for a
    message that names its own subject. Known miss: a short question on a new topic that opens
    with "and"; it is searched with and without the history, so the new topic can still win.
    """
    if _OPENING.search(message.strip()):
        return True
    said = words(message)
    if len(said) <= _LONGEST_TAKING_UP and _TAKING_UP.search(message.strip()):
        return True
    subject = subject_words(message)
    if not names_subject(message) or (len(subject) == 1 and len(said) <= _BARE_WORDS):
        return True
    return len(said) <= _SHORT_MESSAGE and _REFERRING.search(message) is not None


def without_opening(message: str) -> str:
    """Return a message without the words that only take up the one before: "ok and [bins]?"."""
    left = message.strip()
    while opening := _OPENING.match(left):
        left = left[opening.end() :].lstrip(" ,.:;-")
    return left


def subject_words(message: str) -> list[str]:
    """Return the words of a message that name a subject, in lower case and in order."""
    return [word for word in words(message) if word not in _EMPTY]


def names_subject(message: str) -> bool:
    """Whether a message says what it is about; "how do I claim?" and "is it taxed?" do not."""
    return any(word not in DEEDS for word in telling_words(message))


def telling_words(message: str) -> list[str]:
    """Return the words that name a subject or what is done: "taxed", not "weeks"."""
    return [word for word in subject_words(message) if word not in MEASURES]


def setting_of(message: str, history: Sequence[Turn], *, turns: int = 3) -> str:
    """Return the earlier citizen turns a message leans on, oldest first; empty when none.

    Args:
        message: The newest message.
        history: Earlier turns, oldest first.
        turns: Most citizen turns to look back.
    """
    carried: list[str] = []
    leaning = message
    for turn in reversed([turn for turn in history if turn.role == "user"][-turns:]):
        if not leans_on_history(leaning):
            break
        carried.insert(0, turn.content)
        leaning = turn.content
    return " ".join(carried)

"""Say when only another body can answer: about one's own record, Parliament, information law.

Policy: the bot sees no records, so "where is my refund?" gets a route, while "how long does a
refund take?" is answered from guidance. The labels follow GOV.UK Chat's question router
(requires_account_data, about_mps, gov_transparency). A wish for a person that is the whole message
gets its own reply, because nobody can be put through; beside a subject ("can I speak to someone
about my Blue Badge?") the guidance answers, which may hold the number, and a notice says whom to
contact. The phrases are in `phrase_tables/routing.txt`.

Known misses: questions about one's own record that read like general ones ("is it paid yet?"); a
wish for a person without one of the table's words for a person ("I want a chat with your lot").
"""

import re
from types import MappingProxyType

from guardrails.normalised import Normalised
from guardrails.phrases import first_detail, load_phrases, load_words
from guardrails.verdict import Category, Outcome, Verdict

NAME = "routing"

_PHRASES = load_phrases("routing")
_CATEGORIES = MappingProxyType(
    {
        "account": Category.ACCOUNT,
        "parliament": Category.PARLIAMENT,
        "foi": Category.FOI,
        "contact": Category.CONTACT,
    }
)
_WORD = re.compile(r"[^\W_]+")
_WISHES = next(phrases.pattern for phrases in _PHRASES if phrases.detail == "contact")
# "This is useless, let me speak to a person please": nothing beside the wish names a subject.
_WITHOUT_SUBJECT = frozenset(
    word
    for name in ("contact_filler", "complaint", "complaint_filler")
    for word in load_words(name)
)


def check(question: Normalised) -> Verdict:
    """Return SIGNPOST with where the question belongs, else ALLOW.

    MENTION when a person is asked for beside a subject that the guidance may answer.
    """
    detail = first_detail(_PHRASES, question.plain)
    if not detail:
        return Verdict(Outcome.ALLOW, NAME)
    beside = _CATEGORIES[detail] is Category.CONTACT and _has_subject(question.plain)
    return Verdict(
        Outcome.MENTION if beside else Outcome.SIGNPOST,
        NAME,
        _CATEGORIES[detail],
        f"Published guidance cannot answer this: {detail}.",
        detail=detail,
    )


def _has_subject(plain: str) -> bool:
    return not set(_WORD.findall(_WISHES.sub(" ", plain))) <= _WITHOUT_SUBJECT

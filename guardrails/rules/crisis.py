"""Show people in danger where a human helps them, before anything else is decided.

Policy: NICE NG225 (self-harm), the Domestic Abuse Act 2021 definition, Working Together to
Safeguard Children 2023, the Forced Marriage Unit's multi-agency guidance and the Modern Slavery
Act 2015 name the kinds. Someone who tells of present danger, to themselves or a person they know,
is shown contacts; a question about bereavement, benefits, law or statistics that only names the
subject is answered. When in doubt we show help. The phrases are in `phrase_tables/crisis.txt` and
`situation.txt`.

Known misses: irony ("this form makes me want to die" shows help), indirect wording without any
word of the tables, languages other than English and Welsh. Recall on wording that nobody tuned
on is measured by `tests/guardrails/measure.py`.
"""

import re

from guardrails.normalised import Normalised
from guardrails.phrases import first_detail, load_phrases
from guardrails.spelling import Respeller
from guardrails.verdict import Category, Outcome, Verdict

NAME = "crisis"
MAX_SITUATION_CHARACTERS = 300

_DANGER = load_phrases("crisis")
_SITUATION = load_phrases("situation")
_SPELLING = Respeller(
    "suicide suicidal myself overdose abusive strangled trafficked trafficking slavery himself "
    "herself paracetamol marriage threatens threatening violent"
)
_SERVICE_QUESTION = re.compile(
    r"\?|\b(?:how|what|when|where|which|who|why|can|could|do|does|is|are|am i|should|will|would"
    r"|apply|claim|eligib\w+|entitle\w*|law|legal|act|statistics|rates?|policy|strategy|training"
    r"|reports?|reported|inquest|certificate|register|funeral|died|death|bereave\w*|charity|week"
    r"|day|awareness|sut|beth|pryd|ble|pwy|alla i|oes|pam)\b"
)


def check(question: Normalised) -> Verdict:
    """Return SIGNPOST with the kind of danger as detail, else ALLOW."""
    plain = _SPELLING.respelled(question.plain)
    detail = first_detail(_DANGER, plain)
    if not detail and len(plain) <= MAX_SITUATION_CHARACTERS:
        detail = "" if _SERVICE_QUESTION.search(plain) else first_detail(_SITUATION, plain)
    if not detail:
        return Verdict(Outcome.ALLOW, NAME)
    return Verdict(
        Outcome.SIGNPOST,
        NAME,
        Category.CRISIS,
        f"The text tells of danger to a person: {detail.replace('_', ' ')}.",
        detail=detail,
    )

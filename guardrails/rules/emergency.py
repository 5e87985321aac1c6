"""Send people to 999 and other urgent help when something is happening right now.

Policy: GOV.UK and NHS pages on when to call 999, the gas emergency pages of National Gas and the
Health and Safety Executive, and the councils' duty to people homeless tonight (Housing Act 1996
Part 7; like duties elsewhere). Rules, certificates, past illness and planning are ordinary
questions. Crisis is checked first and wins. The phrases are in `phrase_tables/emergency.txt`.
Who cannot breathe because of the mould at home asks about repairs and is shown help beside the
answer, unless a word of `phrase_tables/chronic.txt` says that it is happening now. What a past time
makes history ("my dad collapsed in 2019") is no emergency (`guardrails.past_times`).

Known misses: emergencies told without any word of the table; irony.
"""

from guardrails.lasting_trouble import without_lasting_trouble
from guardrails.normalised import Normalised
from guardrails.past_times import first_present_detail
from guardrails.phrases import load_phrases
from guardrails.spelling import Respeller
from guardrails.verdict import Category, Outcome, Verdict

NAME = "emergency"

_EMERGENCIES = load_phrases("emergency")
_SPELLING = Respeller(
    "homeless unconscious breathing breathe tonight nowhere monoxide ambulance bleeding collapsed"
)


def check(question: Normalised) -> Verdict:
    """Return SIGNPOST with the kind of emergency as detail, MENTION if it lasts, else ALLOW."""
    plain = _SPELLING.respelled(question.plain)
    detail = first_present_detail(_EMERGENCIES, plain)
    if not detail:
        return Verdict(Outcome.ALLOW, NAME)
    now = first_present_detail(_EMERGENCIES, without_lasting_trouble(plain))
    return Verdict(
        Outcome.SIGNPOST if now else Outcome.MENTION,
        NAME,
        Category.EMERGENCY,
        f"The text tells of an emergency{' now' if now else ''}: "
        f"{(now or detail).replace('_', ' ')}.",
        detail=now or detail,
    )

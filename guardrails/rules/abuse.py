"""Turn away threats and slurs at staff or the service that ask nothing.

Policy: people are often angry for good reason; a question with swear words in it is answered.
Threats are turned away with or without a question (HSE guidance on violence at work). The phrases
are in `phrase_tables/abuse.txt`.

Known misses: threats by allusion, slurs in disguise or in other languages.
"""

import re

from guardrails.normalised import Normalised
from guardrails.phrases import first_detail, load_phrases
from guardrails.verdict import Category, Outcome, Verdict

NAME = "abuse"

_PHRASES = load_phrases("abuse")
_ASKS = re.compile(
    r"\?|\b(?:how|what(?! an? )|when|where|which|who|why|can i|could i|do i|should i|am i|is it"
    r"|need to|want to (?:apply|claim|know|appeal|complain|report)|sut|beth|pryd|ble|pwy|alla i)\b"
)
_LONGEST_OUTBURST = 40


def check(question: Normalised) -> Verdict:
    """Return BLOCK for threats, and for slurs in a text that asks nothing, else ALLOW."""
    detail = first_detail(_PHRASES, question.plain)
    asks = bool(_ASKS.search(question.plain)) or len(question.words) > _LONGEST_OUTBURST
    if not detail or (detail == "slur" and asks):
        return Verdict(Outcome.ALLOW, NAME)
    return Verdict(
        Outcome.BLOCK,
        NAME,
        Category.ABUSE,
        f"The text is a {detail} and nothing else.",
        detail=detail,
    )

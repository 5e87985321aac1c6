"""Say when only another body can answer: about one's own record, Parliament, or information law.

Policy: the bot sees no records, so "where is my refund?" gets a route, while "how long does a
refund take?" is answered from guidance. The labels follow GOV.UK Chat's question router
(requires_account_data, about_mps, gov_transparency). The phrases are in
`phrase_tables/routing.txt`.

Known misses: questions about one's own record that read like general ones ("is it paid yet?").
"""

from types import MappingProxyType

from guardrails.normalised import Normalised
from guardrails.phrases import first_detail, load_phrases
from guardrails.verdict import Category, Outcome, Verdict

NAME = "routing"

_PHRASES = load_phrases("routing")
_CATEGORIES = MappingProxyType(
    {"account": Category.ACCOUNT, "parliament": Category.PARLIAMENT, "foi": Category.FOI}
)


def check(question: Normalised) -> Verdict:
    """Return SIGNPOST with where the question belongs, else ALLOW."""
    detail = first_detail(_PHRASES, question.plain)
    if not detail:
        return Verdict(Outcome.ALLOW, NAME)
    return Verdict(
        Outcome.SIGNPOST,
        NAME,
        _CATEGORIES[detail],
        f"Published guidance cannot answer this: {detail}.",
        detail=detail,
    )

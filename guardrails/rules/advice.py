"""Leave a decision to the person: quote the rules and name who helps to decide.

Policy: financial advice is regulated (Financial Services and Markets Act 2000), legal and medical
advice belong to those who know the case. The question is answered in the words of the guidance,
without a language model, and a notice beside it says who can help. What must be done ("should I
tell the council that I moved?") is a question about a duty and gets no notice. The phrases are in
`phrase_tables/advice.txt`.

Known misses: a choice told without asking ("I am torn about my pension"); duties with the words of
a choice get a notice that does no harm.
"""

from guardrails.normalised import Normalised
from guardrails.phrases import first_detail, load_phrases
from guardrails.verdict import Category, Outcome, Verdict

NAME = "advice"
MAX_CHARACTERS = 1_000

_PHRASES = load_phrases("advice")


def check(question: Normalised) -> Verdict:
    """Return MENTION with the kind of advice as detail, else ALLOW."""
    detail = first_detail(_PHRASES, question.plain[:MAX_CHARACTERS])
    if not detail:
        return Verdict(Outcome.ALLOW, NAME)
    return Verdict(
        Outcome.MENTION,
        NAME,
        Category.ADVICE,
        f"The text asks what to choose or how a case will end: {detail}.",
        detail=detail,
    )

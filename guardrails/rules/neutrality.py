"""Give no opinion, take no side in politics, and foretell nothing.

Policy: the Civil Service Code (impartiality), the Code of Recommended Practice on Local Authority
Publicity, and the guidance for public bodies before elections. How to vote, what a party must do by
law or what a rule will be from April are ordinary questions; only what asks for a side, a judgment
or a forecast is turned away, with a wording that says what the service can do. The phrases are in
`phrase_tables/neutrality.txt`.

Known misses: opinions asked for without any word of judgment; names of persons and parties that the
table does not hold.
"""

from guardrails.normalised import Normalised
from guardrails.phrases import first_detail, load_phrases
from guardrails.verdict import Category, Outcome, Verdict

NAME = "neutrality"
MAX_CHARACTERS = 300
"""In a longer text the question of substance is answered, whatever stands beside it."""

_PHRASES = load_phrases("neutrality")


def check(question: Normalised) -> Verdict:
    """Return SIGNPOST for a side, a judgment or a forecast that is asked for, else ALLOW."""
    if len(question.plain) > MAX_CHARACTERS:
        return Verdict(Outcome.ALLOW, NAME)
    detail = first_detail(_PHRASES, question.plain)
    if not detail:
        return Verdict(Outcome.ALLOW, NAME)
    return Verdict(
        Outcome.SIGNPOST,
        NAME,
        Category.OUT_OF_SCOPE,
        f"A public body says nothing on this: {detail}.",
        detail=detail,
    )

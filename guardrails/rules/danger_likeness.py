"""Show help for danger told in words that no table foresaw.

Policy: `crisis` and `emergency` run before and decide alone when a phrase of theirs stands in the
text. This second reader compares short messages with the examples in
`guardrails/examples/danger.txt`. It may be wrong, so help is shown beside the answer; only from a
likeness of .97 is it shown instead. Questions about an entitlement need that for help beside the
answer and never lose it. Measured on 72 messages of danger and 1,400 ordinary questions written
for neither (2026-11): phrases alone find .46, help instead of an answer .71 with 3 false alarms,
help beside it .83 with 25.

Known misses: danger told in one clause of a long message; Welsh, which the bundled embedding
model hardly knows. Measured by `python -m tests.guardrails.measure_danger` on messages that the
examples never held.
"""

from dataclasses import dataclass

from guardrails.likeness import LikenessReader
from guardrails.normalised import Normalised
from guardrails.rules.crisis import asks_about_entitlement
from guardrails.verdict import Category, Outcome, Verdict
from guardrails.welsh import looks_welsh

NAME = "danger_likeness"
MAX_CHARACTERS = 300
MIN_WORDS = 4

_EMERGENCIES = frozenset(("medical", "gas", "immediate_danger", "homeless_tonight"))
# A stolen passport or car, a friend's sofa: ordinary misfortune is too like these for certainty.
_EASILY_MISTAKEN = frozenset(("trafficking", "homeless_tonight", "immediate_danger"))
_ALMOST_CERTAIN = 0.97


@dataclass(frozen=True, slots=True)
class DangerLikenessRule:
    """The rule that reads danger from likeness to examples, from `min_probability` upwards."""

    reader: LikenessReader
    min_probability: float = 0.6

    def __call__(self, question: Normalised) -> Verdict:
        """Return MENTION or SIGNPOST with the kind of danger as detail, else ALLOW."""
        is_readable = len(question.text) <= MAX_CHARACTERS and len(question.words) >= MIN_WORDS
        # To a model that knows no Welsh every Welsh question is like every other.
        if not is_readable or looks_welsh(question.plain):
            return Verdict(Outcome.ALLOW, NAME)
        likeness = self.reader.read(question.text)
        asks = asks_about_entitlement(question.plain)
        if likeness.probability < (_ALMOST_CERTAIN if asks else self.min_probability):
            return Verdict(Outcome.ALLOW, NAME)
        emergency = likeness.detail in _EMERGENCIES
        certain = (
            likeness.probability >= _ALMOST_CERTAIN and likeness.detail not in _EASILY_MISTAKEN
        )
        return Verdict(
            Outcome.SIGNPOST if certain and not asks else Outcome.MENTION,
            NAME,
            Category.EMERGENCY if emergency else Category.CRISIS,
            f"The text is like messages that tell of danger: {likeness.detail.replace('_', ' ')}.",
            detail=likeness.detail,
        )

"""Show help for danger told in words that no table foresaw.

Policy: as in `crisis` and `emergency`, which run before and decide alone when a phrase of theirs
stands in the text. This second reader compares short messages with the examples in
`guardrails/examples/danger.txt`; questions about an entitlement need a stronger likeness.

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
_MIN_DESPITE_ENTITLEMENT = 0.97


@dataclass(frozen=True, slots=True)
class DangerLikenessRule:
    """The rule that reads danger from likeness to examples, from `min_probability` upwards."""

    reader: LikenessReader
    min_probability: float = 0.8

    def __call__(self, question: Normalised) -> Verdict:
        """Return SIGNPOST with the kind of danger as detail, else ALLOW."""
        is_readable = len(question.text) <= MAX_CHARACTERS and len(question.words) >= MIN_WORDS
        # To a model that knows no Welsh every Welsh question is like every other.
        if not is_readable or looks_welsh(question.plain):
            return Verdict(Outcome.ALLOW, NAME)
        likeness = self.reader.read(question.text)
        asks = asks_about_entitlement(question.plain)
        if likeness.probability < (_MIN_DESPITE_ENTITLEMENT if asks else self.min_probability):
            return Verdict(Outcome.ALLOW, NAME)
        emergency = likeness.detail in _EMERGENCIES
        return Verdict(
            Outcome.SIGNPOST,
            NAME,
            Category.EMERGENCY if emergency else Category.CRISIS,
            f"The text is like messages that tell of danger: {likeness.detail.replace('_', ' ')}.",
            detail=likeness.detail,
        )

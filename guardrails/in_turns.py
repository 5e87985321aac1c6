"""What short messages tell together and none of them tells alone.

"Where can I buy paracetamol", then "how many would be enough" is danger; "I want to end it", then
"my tenancy" is none. `phrase_tables/in_turns.txt` holds both. Only short messages are read so,
because two long ones have subjects of their own.

Known misses: more than two messages between; means and amounts in words of no table; an
explanation that says more than what is meant ("it was about my tenancy, you see").
"""

from collections.abc import Sequence

from guardrails.normalised import plain_text
from guardrails.phrases import first_detail, load_phrases
from guardrails.verdict import Category, Outcome, Verdict

NAME = "crisis"
MOST_WORDS = 9
_LOOK_BACK = 3
_EXPLAINED = "explained"
_MEANS = "means"
_TOLD = load_phrases("in_turns")


def danger_in_turns(earlier: Sequence[str], message: str) -> Verdict | None:
    """Return a verdict on danger that a message tells with those before it; None for none.

    Args:
        earlier: The citizen's messages before it, oldest first, already redacted.
        message: The message, already redacted.
    """
    told = [text for text in earlier[-_LOOK_BACK:] if _is_short(text)]
    if not told or not _is_short(message):
        return None
    detail = first_detail(_TOLD, plain_text(" / ".join((*told, message))))
    if not detail or detail == _EXPLAINED:
        return None
    return Verdict(
        Outcome.MENTION if detail == _MEANS else Outcome.SIGNPOST,
        NAME,
        Category.CRISIS,
        "Short messages together tell of danger.",
        detail="suicide" if detail == _MEANS else detail,
    )


def is_explanation(message: str) -> bool:
    """Whether a message does no more than name a contract that the one before it meant."""
    return _EXPLAINED in _TOLD.details_in(plain_text(message))


def _is_short(text: str) -> bool:
    return 0 < len(text.split()) <= MOST_WORDS

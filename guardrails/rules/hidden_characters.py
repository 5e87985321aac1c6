"""Say when a text carries characters that nobody can see.

Policy: hidden characters are removed before anything else reads the text (Unicode UTS 39; the
same defence as GOV.UK Chat against tag-character smuggling), and the visible text goes on. The
removal itself happens in `guardrails.normalised`.

Known misses: visible look-alikes are resolved only for common Cyrillic and Greek letters.
"""

from guardrails.normalised import Normalised
from guardrails.verdict import Category, Outcome, Verdict

NAME = "hidden_characters"


def check(question: Normalised) -> Verdict:
    """Return REDACT when hidden characters were removed, else ALLOW."""
    if not question.hidden:
        return Verdict(Outcome.ALLOW, NAME)
    return Verdict(
        Outcome.REDACT,
        NAME,
        Category.HIDDEN_TEXT,
        f"{question.hidden} hidden characters were removed.",
        detail="message" if question.hidden_message.strip() else "characters",
    )

"""Run a rule so that its failure has a stated outcome and never lets a text through unread.

`guardrails/policy_tables/failures.txt` says for each rule what a failure does. The log names rule
and error, never the text: an exception may hold a citizen's words.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from guardrails.normalised import Normalised
from guardrails.personal_data_kinds import WHOLE_MESSAGE
from guardrails.policies import OnFailure
from guardrails.verdict import Category, Finding, Outcome, Verdict

logger = logging.getLogger(__name__)

FAILED, OVER_BUDGET = "failed", "over_budget"
_OUTCOMES: Mapping[OnFailure, tuple[Outcome, Category]] = MappingProxyType(
    {
        OnFailure.OPEN: (Outcome.ALLOW, Category.UNCHECKED),
        OnFailure.HELP: (Outcome.MENTION, Category.CRISIS),
        OnFailure.QUOTE: (Outcome.QUOTE, Category.UNCHECKED),
        OnFailure.CLOSED: (Outcome.BLOCK, Category.UNCHECKED),
    }
)


class Rule(Protocol):
    """Reads one text and says what to do with it; a pure function."""

    def __call__(self, question: Normalised, /) -> Verdict:
        """Return this rule's verdict."""
        ...


class OverBudgetError(Exception):
    """A rule stopped because its time was used up; `Guarded` turns it into a verdict."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A rule with what its failure does.

    Attributes:
        name: Name of the rule.
        rule: The rule.
        on_failure: What to do with a text that it could not read.
    """

    name: str
    rule: Callable[[Normalised], Verdict]
    on_failure: OnFailure = OnFailure.CLOSED

    def __call__(self, question: Normalised) -> Verdict:
        """Return the rule's verdict, or the one for its failure."""
        try:
            return self.rule(question)
        except OverBudgetError:
            return self.unread(question.typed, OVER_BUDGET)
        except Exception as error:  # noqa: BLE001 - the citizen gets the table's outcome
            # Without the traceback, which may hold the citizen's words.
            logger.error(
                "guardrail.failed", extra={"stage": self.name, "error": type(error).__name__}
            )
            return self.unread(question.typed, FAILED)

    def unread(self, typed: str, why: str) -> Verdict:
        """Return the verdict on a text that the rule did not read.

        Args:
            typed: The text as it came.
            why: `failed` or `over_budget`.
        """
        if why == OVER_BUDGET:
            logger.error("guardrail.over_budget", extra={"stage": self.name})
        outcome, category = _OUTCOMES[self.on_failure]
        closed = self.on_failure is OnFailure.CLOSED
        return Verdict(
            outcome,
            self.name,
            category,
            f"The rule gave no verdict ({why}), so its failure policy decides: {self.on_failure}.",
            findings=(whole_message(typed),) if closed else (),
            detail=why,
        )


def whole_message(typed: str) -> Finding:
    """Return a finding that covers a whole text."""
    return Finding(WHOLE_MESSAGE.name, 0, len(typed), WHOLE_MESSAGE.placeholder_in("en"))

"""Find personal data, to remove it before anything is stored, searched or sent on.

Policy: data minimisation (UK GDPR article 5(1)(c)): the service needs no identifier to quote
guidance. What is done with each kind stands in `policy_tables/personal_data.txt`; as shipped,
payment cards and passwords also stop the question, because the citizen must be told not to share
them, and everything else is removed and the question is answered. A search that takes longer than
its budget stops, and the whole text is taken for personal.

Known misses are listed by each finder in `guardrails.personal_data`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from guardrails.guarded import OverBudgetError
from guardrails.normalised import Normalised
from guardrails.personal_data.match import Finder, Match
from guardrails.personal_data_kinds import KINDS
from guardrails.policies import Action
from guardrails.redaction import find_personal_data
from guardrails.verdict import Category, Finding, Outcome, Verdict
from guardrails.welsh import looks_welsh
from guardrails.working_time import working_time

NAME = "personal_data"
BUDGET_SECONDS = 0.4
"""Processor time of one search, below that of all rules together."""

_WARNED = frozenset((Action.WARN, Action.REDACT_WITH_WARNING))


@dataclass(frozen=True, slots=True)
class PersonalDataRule:
    """The rule that finds personal data.

    Attributes:
        find: Finds what is personal.
        actions: What to do with each kind; kinds that are not named are taken out.
        budget_seconds: Processor time after which the search stops. One round of it is not cut
            short: every pattern takes time in proportion to the text (`tests/guardrails`).
        clock: Seconds of this thread's processor time.
    """

    find: Finder
    actions: Mapping[str, Action]
    budget_seconds: float = BUDGET_SECONDS
    clock: Callable[[], float] = working_time

    def __call__(self, question: Normalised) -> Verdict:
        """Return BLOCK or REDACT as the kinds that were found ask for, else ALLOW.

        Raises:
            OverBudgetError: The search was not finished in time.
        """
        language = "cy" if looks_welsh(question.plain) else "en"
        findings = find_personal_data(question, self._find_removed(), language)
        kinds = list(dict.fromkeys(finding.kind for finding in findings))
        warned = [kind for kind in kinds if self.actions.get(kind) in _WARNED]
        warned += self._left_in_place(question)
        if not kinds and not warned:
            return Verdict(Outcome.ALLOW, NAME)
        return self._verdict(kinds, findings, tuple(warned))

    def _verdict(
        self, kinds: list[str], findings: tuple[Finding, ...], warned: tuple[str, ...]
    ) -> Verdict:
        held = dict.fromkeys((*kinds, *warned))
        reason = f"The text holds: {', '.join(KINDS[kind].english for kind in held)}."
        secret = [kind for kind in kinds if self.actions.get(kind) is Action.BLOCK]
        outcome, category = Outcome.REDACT, Category.PERSONAL_DATA
        if secret:
            outcome, category = Outcome.BLOCK, Category.SECRET
        detail = (*secret, *kinds, *warned)[0]
        return Verdict(outcome, NAME, category, reason, findings, detail, warned)

    def _find_removed(self) -> Finder:
        deadline = self.clock() + self.budget_seconds

        def find_in_time(text: str) -> Iterator[Match]:
            """Yield what is to be taken out; a search that is late yields nothing."""
            for match in self.find(text):
                if self.actions.get(match.kind) is not Action.WARN:
                    yield match
            if self.clock() > deadline:
                raise OverBudgetError

        return find_in_time

    def _left_in_place(self, question: Normalised) -> list[str]:
        if Action.WARN not in self.actions.values():
            return []
        found = dict.fromkeys(match.kind for match in self.find(question.text))
        return [kind for kind in found if self.actions.get(kind) is Action.WARN]

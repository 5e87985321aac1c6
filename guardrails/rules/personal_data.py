"""Find personal data, to remove it before anything is stored, searched or sent on.

Policy: data minimisation (UK GDPR article 5(1)(c)): the service needs no identifier to quote
guidance. Payment cards and passwords also stop the question, because the citizen must be told
not to share them. Everything else is removed and the question is answered.

Known misses are listed by each finder in `guardrails.personal_data`.
"""

from dataclasses import dataclass

from guardrails.normalised import Normalised
from guardrails.personal_data.match import Finder
from guardrails.personal_data_kinds import KINDS
from guardrails.redaction import find_personal_data
from guardrails.verdict import Category, Outcome, Verdict
from guardrails.welsh import looks_welsh

NAME = "personal_data"


@dataclass(frozen=True, slots=True)
class PersonalDataRule:
    """The rule that finds personal data with `find`."""

    find: Finder

    def __call__(self, question: Normalised) -> Verdict:
        """Return BLOCK for cards and passwords, REDACT for other personal data, else ALLOW."""
        language = "cy" if looks_welsh(question.plain) else "en"
        findings = find_personal_data(question, self.find, language)
        if not findings:
            return Verdict(Outcome.ALLOW, NAME)
        kinds = list(dict.fromkeys(finding.kind for finding in findings))
        reason = f"The text holds: {', '.join(KINDS[kind].english for kind in kinds)}."
        secret = [kind for kind in kinds if KINDS[kind].outcome is Outcome.BLOCK]
        if secret:
            return Verdict(Outcome.BLOCK, NAME, Category.SECRET, reason, findings, secret[0])
        return Verdict(Outcome.REDACT, NAME, Category.PERSONAL_DATA, reason, findings, kinds[0])

"""The one answer every guardrail gives."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

RULES_VERSION = "2026.11.14"
"""Raised whenever a phrase, a threshold or a model of the guardrails changes."""

_MIDDLE, _HIGH = 0.5, 0.9


class Outcome(StrEnum):
    """What to do with the checked text.

    QUOTE answers in the words of the guidance, without a language model; MENTION shows help, who
    helps to decide, or whom to contact, beside the answer; SIGNPOST shows help instead of one.
    """

    ALLOW = "allow"
    REDACT = "redact"
    QUOTE = "quote"
    MENTION = "mention"
    SIGNPOST = "signpost"
    BLOCK = "block"


class Category(StrEnum):
    """What a rule found; the bot chooses the status and the wording from it."""

    NONE = "none"
    CRISIS = "crisis"
    EMERGENCY = "emergency"
    PERSONAL_DATA = "personal_data"
    SECRET = "secret"  # noqa: S105 - a name, not a password
    PROMPT_INJECTION = "prompt_injection"
    ABUSE = "abuse"
    HIDDEN_TEXT = "hidden_text"
    UNCHECKED = "unchecked"
    ACCOUNT = "account"
    PARLIAMENT = "parliament"
    FOI = "foi"
    CONTACT = "contact"
    ADVICE = "advice"
    OUT_OF_SCOPE = "out_of_scope"
    GREETING = "greeting"
    THANKS = "thanks"
    ABOUT = "about"
    COMPLAINT = "complaint"
    UNSUPPORTED_FIGURE = "unsupported_figure"
    UNSUPPORTED_NEGATION = "unsupported_negation"
    UNSUPPORTED_STATEMENT = "unsupported_statement"
    UNKNOWN_LINK = "unknown_link"
    FORBIDDEN_TERM = "forbidden_term"


DANGERS = frozenset((Category.CRISIS, Category.EMERGENCY))
"""What people in danger are shown whom to call for."""

HARMLESS = frozenset((Category.ADVICE, Category.CONTACT))
"""What gets a word beside the answer although nobody may be in danger."""

# What GOV.UK Chat's answer guardrails call it (alphagov/govuk-chat-evaluation, data/README.md);
# forbidden terms carry the name as their detail.
_ANSWER_LABELS = MappingProxyType(
    {
        Category.PERSONAL_DATA: "contains_pii",
        Category.UNSUPPORTED_FIGURE: "unsupported_statements",
        Category.UNSUPPORTED_NEGATION: "unsupported_statements",
        Category.UNSUPPORTED_STATEMENT: "unsupported_statements",
        Category.UNKNOWN_LINK: "unsupported_statements",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Where in the citizen's own text something personal stands.

    Attributes:
        kind: Name of the kind of data (`nino`, `nhs_number`, ...); the full list is
            `guardrails.personal_data_kinds.KINDS`.
        start, end: Offsets into the text exactly as it was typed, end exclusive.
        placeholder: What stands there instead, for example `[National Insurance number removed]`.
    """

    kind: str
    start: int
    end: int
    placeholder: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What may be kept about one decision; holds nothing that the citizen wrote.

    Attributes:
        rule, version: Which rule decided, and which release of the rules.
        outcome: A value of `Outcome`.
        reason_code: What was found (`crisis.suicide`, `personal_data.nino`).
        score_band: `low`, `middle` or `high`.
        milliseconds: How long the rule took.
    """

    rule: str
    version: str
    outcome: str
    reason_code: str
    score_band: str
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule's decision and the reason a reviewer will read.

    Attributes:
        outcome: What to do with the text.
        rule: Name of the rule that decided, for logs and statistics.
        category: What it found.
        reason: One sentence for a reviewer; never contains the citizen's text.
        findings: What to redact; empty unless the outcome is REDACT or BLOCK for personal data.
        detail: A finer kind inside the category (`suicide`, `domestic_abuse`, ...); may be empty.
        warned_of: Kinds of personal data that the citizen is told not to share.
        score: How sure the rule is, in [0, 1]; 1 for rules that only know yes and no.
        milliseconds: How long the rule took; 0 until `check_question` has timed it.
    """

    outcome: Outcome
    rule: str
    category: Category = Category.NONE
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    detail: str = ""
    warned_of: tuple[str, ...] = ()
    score: float = 1.0
    milliseconds: float = field(default=0.0, compare=False)

    @property
    def reason_code(self) -> str:
        """What was found, as a stable word for counts and audits: `crisis.suicide`."""
        return f"{self.category}.{self.detail}" if self.detail else str(self.category)

    @property
    def answer_label(self) -> str:
        """GOV.UK Chat's name for what is wrong with an answer; empty when nothing is."""
        if self.category is Category.FORBIDDEN_TERM:
            return self.detail
        return _ANSWER_LABELS.get(self.category, "")

    @property
    def score_band(self) -> str:
        """`low` below one half, `middle` below nine tenths, else `high`: no exact score is kept."""
        if self.score < _MIDDLE:
            return "low"
        return "middle" if self.score < _HIGH else "high"

    @property
    def version(self) -> str:
        """Version of the rules that decided: the same for all rules of one release."""
        return RULES_VERSION

    def evidence(self) -> Evidence:
        """Return what may be kept about the decision: nothing of the text."""
        return Evidence(
            self.rule,
            self.version,
            str(self.outcome),
            self.reason_code,
            self.score_band,
            round(self.milliseconds, 2),
        )

    @property
    def blocked(self) -> bool:
        """Whether the text must not go on."""
        return self.outcome is Outcome.BLOCK


@dataclass(frozen=True, slots=True)
class QuestionCheck:
    """What all question rules together say about one text.

    Attributes:
        verdicts: Every verdict that was not ALLOW, in rule order.
        redacted_text: The text with every finding replaced by its placeholder and hidden
            characters removed: the only form that may be stored, logged, embedded or shown.
        search_text: The same with placeholders left out, for retrieval and classification.
        findings: Every finding of every verdict, sorted by start.
    """

    verdicts: tuple[Verdict, ...]
    redacted_text: str
    search_text: str
    findings: tuple[Finding, ...] = ()

    @property
    def deciding(self) -> Verdict | None:
        """The first verdict that ends or diverts the journey (SIGNPOST or BLOCK), if any."""
        for verdict in self.verdicts:
            if verdict.outcome in (Outcome.SIGNPOST, Outcome.BLOCK):
                return verdict
        return None

    @property
    def mentioned(self) -> Verdict | None:
        """The first verdict that asks for help to be shown beside the answer, if any."""
        beside = self._beside_the_answer()
        return next((v for v in beside if v.category not in HARMLESS), None)

    @property
    def advised(self) -> Verdict | None:
        """The verdict that leaves a decision to the person and quotes the rules, if any."""
        beside = self._beside_the_answer()
        return next((v for v in beside if v.category is Category.ADVICE), None)

    @property
    def asks_for_person(self) -> bool:
        """Whether the text asks for a person, alone or beside a question."""
        return any(verdict.category is Category.CONTACT for verdict in self.verdicts)

    @property
    def warned_of(self) -> tuple[str, ...]:
        """Kinds of personal data that the citizen is told not to share, each once."""
        return tuple(dict.fromkeys(kind for v in self.verdicts for kind in v.warned_of))

    @property
    def quotes_only(self) -> bool:
        """Whether a doubt keeps the text from any language model, or a decision is asked for.

        A model might recommend; quoted rules do not.
        """
        doubted = any(verdict.outcome is Outcome.QUOTE for verdict in self.verdicts)
        return doubted or self.advised is not None

    def _beside_the_answer(self) -> Iterator[Verdict]:
        return (verdict for verdict in self.verdicts if verdict.outcome is Outcome.MENTION)

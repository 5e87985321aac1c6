"""What a citizen gets back, and the events that lead there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

BlockKind = Literal["paragraph", "list", "steps", "table", "notice"]
Completeness = Literal["complete", "partial", "none"]
Mode = Literal["extractive", "generative"]


class AnswerStatus(StrEnum):
    """Every way an enquiry can end; the prefix is the family clients switch on."""

    ANSWERED = "answered"
    CLARIFICATION = "clarification"
    NO_ANSWER_NOT_FOUND = "no_answer_not_found"
    NO_ANSWER_LOW_CONFIDENCE = "no_answer_low_confidence"
    REDIRECT_CRISIS = "redirect_crisis"
    REDIRECT_EMERGENCY = "redirect_emergency"
    REDIRECT_ACCOUNT = "redirect_account"
    REDIRECT_PARLIAMENT = "redirect_parliament"
    REDIRECT_FOI = "redirect_foi"
    REDIRECT_CONTACT = "redirect_contact"
    SMALLTALK_GREETING = "smalltalk_greeting"
    SMALLTALK_THANKS = "smalltalk_thanks"
    SMALLTALK_ABOUT = "smalltalk_about"
    SMALLTALK_COMPLAINT = "smalltalk_complaint"
    REFUSED_PERSONAL_DATA = "refused_personal_data"
    REFUSED_PROMPT_INJECTION = "refused_prompt_injection"
    REFUSED_ABUSE = "refused_abuse"
    REFUSED_ADVICE = "refused_advice"
    REFUSED_OUT_OF_SCOPE = "refused_out_of_scope"
    REFUSED_LANGUAGE = "refused_language"
    ERROR_TIMEOUT = "error_timeout"
    ERROR_MODEL = "error_model"
    ERROR_INDEX = "error_index"
    ERROR_UNEXPECTED = "error_unexpected"

    @property
    def family(self) -> str:
        """The part clients switch on: `answered`, `clarification`, `no_answer`, `redirect`, ..."""
        return "no_answer" if self.value.startswith("no_answer") else self.value.split("_")[0]

    @property
    def is_urgent(self) -> bool:
        """Whether the answer begins with whom to call, which nothing may stand before."""
        return self in (AnswerStatus.REDIRECT_CRISIS, AnswerStatus.REDIRECT_EMERGENCY)


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered link from a block to the very sentence that supports it.

    Attributes:
        number: 1-based, in order of first use; what `[n]` in a block refers to.
        title: Title of the page.
        heading_path: Headings from the page title down to the quoted passage.
        url: Address of the page part.
        deep_link: The same address with a text fragment that scrolls to the quotation.
        quote: Verbatim text of the page, a line for each paragraph, item or row: all that is shown
            of a quotation, or what supports a statement; empty for a nearest page without one.
        publisher, nation, locale: As the page states them; may be empty.
        updated_at: Date of the page's last substantive change, if known.
        passage_id: The quoted passage, as in the index version of the answer.
        score: Relevance in [0, 1]; higher is better.
    """

    number: int
    title: str
    heading_path: tuple[str, ...]
    url: str
    deep_link: str
    quote: str
    publisher: str
    nation: str
    locale: str
    updated_at: date | None
    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an answer that stands on its own citations.

    Attributes:
        kind: How to show it. `notice` is the service's own words and needs no citation.
        text: A paragraph or notice; for lists, steps and tables the lead-in, which may be empty.
        items: Items of a list or steps; empty otherwise.
        headers: Column headings of a table; empty otherwise.
        rows: Rows of a table; empty otherwise.
        citations: Numbers of the citations that support it.
        language: BCP 47 tag of the words; empty for the answer's own language.
        frame: Where quoted words stand, in the answer's language: "From Passport fees, Children:".
            Shown once where blocks in a row have the same; empty for words that are not quoted.
    """

    kind: BlockKind
    text: str = ""
    items: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    citations: tuple[int, ...] = ()
    language: str = ""
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Redaction:
    """Something personal that was removed; never the value itself.

    Attributes:
        kind: Name of the kind of data, as in `guardrails.personal_data_kinds`.
        start, end: Offsets in the citizen's text as typed, end exclusive.
        placeholder: What stands there instead.
    """

    kind: str
    start: int
    end: int
    placeholder: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the citizen should know about this answer.

    Attributes:
        kind: `redacted`, `crisis`, `out_of_date`, `language`, `degraded`, `council`, ...
        text: One or two plain sentences; of `help` a line for each of whom to call beneath them.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The finished reply: always the last event of a journey.

    Attributes:
        answer_id: Random, unguessable; what feedback refers to.
        status: How the enquiry ended.
        completeness: Whether the guidance answers all, some or none of it.
        mode: Whether the words are quoted or written by a language model.
        language: Language of the service's own words, `en` or `cy`.
        text: The whole answer as plain text, citations as `[n]`.
        blocks: The same, structured.
        citations: What the blocks stand on, by rising number.
        nearest_pages: Where else to look; filled when the answer is not complete.
        redactions: What was removed from the citizen's text.
        follow_ups: Questions the citizen may want to ask next, or the choices of a clarification.
        index_version: The index version it was answered from.
        model: Name of the language model, empty in extractive mode.
        timings_ms: Milliseconds per stage and `total`.
        notices: Things the citizen should know.
        question: The question after redaction: the only form that may be stored or shown.
    """

    answer_id: str
    status: AnswerStatus
    completeness: Completeness
    mode: Mode
    language: str
    text: str
    blocks: tuple[Block, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest_pages: tuple[Citation, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    follow_ups: tuple[str, ...] = ()
    index_version: str = ""
    model: str = ""
    timings_ms: dict[str, float] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    question: str = ""

    @property
    def locale(self) -> Literal["en", "cy"]:
        """The language of the service's own words: Welsh, or English beside any other."""
        return "cy" if self.language == "cy" else "en"


@dataclass(frozen=True, slots=True)
class Progress:
    """The bot has begun a stage: `checking`, `searching`, `writing` or `verifying`."""

    stage: str


@dataclass(frozen=True, slots=True)
class BlockReady:
    """A block whose checks have passed, with the citations it uses that were not yet sent."""

    block: Block
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit of evidence that was considered, best first. Never sent to citizens.

    Attributes:
        page_url: Address of its page.
        passage_id: Its passage.
        text: Verbatim text.
        score: Fused score; higher is better; only comparable within one enquiry.
        signals: Values of the fusion's signals, in the order of `Found.unit_signals`.
    """

    page_url: str
    passage_id: str
    text: str
    score: float
    signals: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RankedPage:
    """A page that was considered, best first. Never sent to citizens.

    Attributes:
        url: Its address.
        score: Fused score; higher is better; only comparable within one enquiry.
        signals: Values of the fusion's signals, in the order of `Found.page_signals`.
        coverage: How much of the enquiry's words it holds, for the confidence.
        demotion: What was taken off the score because the page fits less well.
        left_out: Why it was not considered further: `copy of ADDRESS`, `other publisher: NAME`;
            empty where it was.
    """

    url: str
    score: float
    signals: tuple[float, ...]
    coverage: tuple[float, ...]
    demotion: float = 0.0
    left_out: str = ""


@dataclass(frozen=True)
class Found:
    """What retrieval found: for evaluation and explanation, not for the citizen.

    Nobody reads the candidates of most answers, so they are listed when they are asked for, while
    the index is open.

    Attributes:
        list_pages, list_units: Return the candidates, best first.
        list_left_out: Returns the pages that were left out before any was quoted, best first.
        list_reasons: Returns why a page's score was lowered, by its address: reasons with amounts.
        page_signals, unit_signals: Names of the signals.
        confidence: Calibrated probability that the index answers the question, in [0, 1].
        confidence_signals: The values the confidence was computed from, by name.
    """

    list_pages: Callable[[], tuple[RankedPage, ...]]
    list_units: Callable[[], tuple[RankedUnit, ...]]
    page_signals: tuple[str, ...]
    unit_signals: tuple[str, ...]
    confidence: float
    confidence_signals: dict[str, float]
    list_left_out: Callable[[], tuple[RankedPage, ...]] = tuple
    list_reasons: Callable[[], dict[str, dict[str, float]]] = dict

    @cached_property
    def pages(self) -> tuple[RankedPage, ...]:
        """Candidate pages, best first."""
        return self.list_pages()

    @cached_property
    def units(self) -> tuple[RankedUnit, ...]:
        """Candidate units, best first."""
        return self.list_units()


AnswerEvent = Progress | BlockReady | Found | Answer

"""What a run leaves behind: a header, and one record for each question."""

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.errors import RunNotFoundError
from eval.question_set import Item

HEADER, RECORDS = "run.json", "records.jsonl"


class Cited(BaseModel):
    """One citation of an answer."""

    model_config = ConfigDict(frozen=True)

    url: str
    quote: str


class Record(BaseModel):
    """One question and what came back.

    Attributes:
        item: The question with what was expected.
        status, completeness, text: As answered.
        lead: The first thing the answer quotes or states, as text; empty in records of earlier
            releases and where nothing is cited.
        mode: `extractive` or `generative`; empty in records of earlier releases.
        citations: In order.
        pages: Addresses of ranked pages, best first; of a remote target, those it showed.
        units: Texts of ranked units, best first; of a remote target, the quotations it showed.
        confidence: None when the target does not say.
        redactions: Kinds of personal data removed.
        notices: Kinds of notices shown (`help`, `redacted`, `partial`, ...).
        timings_ms: Per stage and `total`, as the target measured them.
        failure: Why there is no answer; empty when there is one.
    """

    model_config = ConfigDict(frozen=True)

    item: Item
    status: str = ""
    completeness: str = ""
    text: str = ""
    lead: str = ""
    mode: str = ""
    citations: tuple[Cited, ...] = ()
    pages: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    confidence: float | None = None
    redactions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    timings_ms: dict[str, float] = Field(default_factory=dict)
    failure: str = ""

    @property
    def family(self) -> str:
        """The part of the status that clients switch on."""
        return family_of(self.status)


class Share(BaseModel):
    """A share of texts with its 95% Wilson interval.

    Attributes:
        hits: How many.
        of: Out of how many, at least 1.
        value: The share, in [0, 1].
        low, high: Ends of the interval.
    """

    model_config = ConfigDict(frozen=True)

    hits: int
    of: int
    value: float
    low: float
    high: float


class RuleScore(BaseModel):
    """One guardrail on a set of its own.

    Attributes:
        rule: Name of the rule.
        caught: Of the texts it must find, those it found.
        false_alarms: Of the texts it must leave alone, those it did not.
    """

    model_config = ConfigDict(frozen=True)

    rule: str
    caught: Share
    false_alarms: Share


class RunHeader(BaseModel):
    """What a run was made with: enough to make it again."""

    model_config = ConfigDict(frozen=True)

    question_set: str
    question_set_version: str
    question_set_digest: str
    target: str
    ranking: str = Field(description="Where the ranked pages come from: `retrieval` or `shown`.")
    index_version: str
    started_at: datetime
    seconds: float
    cores: int
    git_commit: str
    packages: dict[str, str]
    items: int
    failures: int
    rules: tuple[RuleScore, ...] = Field(
        default=(), description="Guardrails on sets of their own; empty for a remote target."
    )


class Run(BaseModel):
    """A finished run."""

    model_config = ConfigDict(frozen=True)

    header: RunHeader
    records: tuple[Record, ...]


def with_rules(run: Run, rules: tuple[RuleScore, ...]) -> Run:
    """Return a run that also tells how well the guardrails of its target work."""
    return run.model_copy(update={"header": run.header.model_copy(update={"rules": rules})})


def family_of(status: str) -> str:
    """Return the family of a status: `answered`, `no_answer`, `redirect`, ..."""
    return "no_answer" if status.startswith("no_answer") else status.partition("_")[0]


def write_run(folder: Path, run: Run) -> None:
    """Write a run; the header last, so that a folder with a header is a finished run."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(record.model_dump_json() + "\n" for record in run.records)
    (folder / RECORDS).write_text(lines, "utf-8")
    (folder / HEADER).write_text(run.header.model_dump_json(indent=2) + "\n", "utf-8")


def read_run(folder: Path) -> Run:
    """Read a finished run.

    Raises:
        RunNotFoundError: The folder holds none.
    """
    try:
        header = RunHeader.model_validate_json((folder / HEADER).read_bytes())
        lines = (folder / RECORDS).read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise RunNotFoundError(folder) from error
    return Run(header=header, records=tuple(Record.model_validate_json(line) for line in lines))

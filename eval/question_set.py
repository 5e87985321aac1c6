"""Question sets: a folder with `question_set.yaml` and items, one JSON object a line."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.errors import QuestionSetError

SHIPPED = Path(__file__).with_name("question_sets")

Answerability = Literal["answerable", "partial", "unanswerable", "underspecified"]


class Turn(BaseModel):
    """One message of a conversation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["user", "assistant"]
    content: str = Field(min_length=1)


class Qrel(BaseModel):
    """A page that answers, and if known the very words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(min_length=1)
    heading: str = ""
    quote: str = ""


class Item(BaseModel):
    """One question with what a right answer looks like."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    turns: tuple[Turn, ...] = Field(min_length=1)
    answerability: Answerability
    qrels: tuple[Qrel, ...] = ()
    nuggets: tuple[str, ...] = ()
    ideal_answer: str = ""
    expected_status: str = "answered"
    expected_redactions: tuple[str, ...] = ()
    slices: tuple[str, ...] = ()
    cluster: str = ""
    valid_as_of: date | None = None
    locale: Literal["en", "cy"] | None = None
    nation: str = ""

    @property
    def question(self) -> str:
        """The citizen's last message."""
        return self.turns[-1].content

    @property
    def pages(self) -> frozenset[str]:
        """Addresses of the pages that answer."""
        return frozenset(qrel.url for qrel in self.qrels)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words that answer, as far as they are known."""
        return tuple(qrel.quote for qrel in self.qrels if qrel.quote)


class GatedMetric(BaseModel):
    """A metric that may block a release."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_effect: float = Field(gt=0, description="Smallest drop that counts.")


class Header(BaseModel):
    """`question_set.yaml`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str = Field(min_length=1)
    version: int | str = 1
    licence: str = ""
    description: str = ""
    files: tuple[str, ...] = ("items.jsonl",)
    gated_metrics: dict[str, GatedMetric] = Field(default_factory=dict)


class QuestionSet(BaseModel):
    """A question set as read; `digest` names exactly these items."""

    model_config = ConfigDict(frozen=True)

    header: Header
    items: tuple[Item, ...]
    digest: str


def find_question_set(name_or_path: str) -> Path:
    """Return the folder of a question set given by path or by the name of a shipped one."""
    shipped = SHIPPED / name_or_path.replace("-", "_")
    return shipped if shipped.is_dir() and not Path(name_or_path).is_dir() else Path(name_or_path)


def load_question_set(folder: Path) -> QuestionSet:
    """Read and check a question set.

    Raises:
        QuestionSetError: With file and line of the first thing that is wrong.
    """
    header = _header(folder / "question_set.yaml")
    items: list[Item] = []
    digest = hashlib.sha256()
    seen: dict[str, str] = {}
    for name in header.files:
        for line, item in _items(folder / name):
            if item.id in seen:
                reason = f"the id {item.id!r} was already used in {seen[item.id]}"
                raise QuestionSetError(path=folder / name, line=line, reason=reason)
            seen[item.id] = f"{name}:{line}"
            items.append(item)
            digest.update(item.model_dump_json().encode())
    if not items:
        raise QuestionSetError(path=folder, reason="it has no items")
    return QuestionSet(header=header, items=tuple(items), digest=digest.hexdigest())


def write_question_set(folder: Path, header: Header, items: Sequence[Item]) -> None:
    """Write a question set; every item goes into the header's first file."""
    folder.mkdir(parents=True, exist_ok=True)
    described = yaml.safe_dump(header.model_dump(mode="json"), sort_keys=False, allow_unicode=True)
    (folder / "question_set.yaml").write_text(described, "utf-8")
    lines = "".join(item.model_dump_json(exclude_defaults=True) + "\n" for item in items)
    (folder / header.files[0]).write_text(lines, "utf-8")


def _header(path: Path) -> Header:
    try:
        return Header.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        raise QuestionSetError(path=path, reason=f"it cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise QuestionSetError(path=path, reason=_first_problem(error)) from error


def _items(path: Path) -> Iterator[tuple[int, Item]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(path=path, reason=f"it cannot be read ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, Item.model_validate_json(line)
        except ValidationError as error:
            reason = _first_problem(error)
            raise QuestionSetError(path=path, line=number, reason=reason) from error


def _first_problem(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(step) for step in first['loc']) or 'item'}: {first['msg']}"
    return " ".join(str(error).split())

"""What is different between two versions, for people."""

from dataclasses import dataclass
from pathlib import Path

from ingestion.auditing.regression import compare, read_questions
from ingestion.changes import Changes, inventory_of, page_changes, passage_changes
from ingestion.collections import Collections
from ingestion.embedding import Embedder
from ingestion.passage import Passage
from ingestion.passage_file import read_passages
from ingestion.versions import VersionStore
from ingestion.wiring import open_version


@dataclass(frozen=True, slots=True)
class TextChange:
    """New or old text under a heading.

    Attributes:
        url: Page it stands on.
        heading: Nearest heading.
        text: The passage.
    """

    url: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A question that now finds another passage first.

    Attributes:
        question: As asked.
        page: Address of the first page now.
        lost: Whether a right page was among the first five before and is not now.
        gained: The other way round.
    """

    question: str
    page: str
    lost: bool
    gained: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions compared.

    Attributes:
        before, after: Their names.
        pages, passages: What was added, changed, moved, removed.
        new_text: Passages that only the later version has.
        old_text: Passages that only the earlier version has.
        questions: Questions whose first passage changed; empty without a question set.
    """

    before: str
    after: str
    pages: Changes
    passages: Changes
    new_text: tuple[TextChange, ...]
    old_text: tuple[TextChange, ...]
    questions: tuple[QuestionChange, ...]


def difference(
    store: VersionStore,
    before: str,
    after: str,
    *,
    collections: Collections,
    embedder: Embedder | None = None,
    questions: Path | None = None,
) -> Difference:
    """Compare two versions.

    Args:
        store: Where versions live.
        before: Name of the earlier version.
        after: Name of the later one.
        collections: Where passage vectors are searched.
        embedder: Needed to ask questions.
        questions: A question set to ask of both.

    Raises:
        IndexNotFoundError: There is no such version.
        SourceNotFoundError: There is no such question set.
    """
    old = read_passages(store.path_of(before) / "passages.jsonl")
    new = read_passages(store.path_of(after) / "passages.jsonl")
    inventories = inventory_of(old), inventory_of(new)
    passages = passage_changes(*inventories)
    come = {*passages.added, *passages.changed}
    stayed = {p.passage_id for p in new} | {old_id for old_id, _ in passages.moved}
    return Difference(
        before,
        after,
        page_changes(*inventories),
        passages,
        tuple(_text(p) for p in new if p.passage_id in come),
        tuple(_text(p) for p in old if p.passage_id not in stayed),
        _questions(store, before, after, collections, embedder, questions),
    )


def printed(found: Difference) -> str:
    """Return a difference as lines for a terminal."""
    lines = [f"From {found.before} to {found.after}"]
    for sign, urls in (
        ("+", found.pages.added),
        ("~", found.pages.changed),
        ("-", found.pages.removed),
    ):
        lines += [f"{sign} {url}" for url in urls]
    lines += [f"> {old} is now {new}" for old, new in found.pages.moved]
    counts = ", ".join(f"{number} {name}" for name, number in found.passages.counts.items())
    lines.append(f"Passages: {counts}")
    for sign, texts in (("-", found.old_text), ("+", found.new_text)):
        for change in texts:
            lines.append(f"\n{sign} {change.url} › {change.heading}")
            lines += [f"{sign}   {line}" for line in change.text.splitlines()]
    for asked in found.questions:
        state = "LOST" if asked.lost else "gained" if asked.gained else "other passage first"
        lines.append(f"? {asked.question}: {state}, now {asked.page or 'nothing'}")
    if found.pages.nothing and found.passages.nothing:
        lines.append("Nothing is different.")
    return "\n".join(lines)


def _text(passage: Passage) -> TextChange:
    return TextChange(passage.url, passage.heading_path[-1], passage.text)


def _questions(
    store: VersionStore,
    before: str,
    after: str,
    collections: Collections,
    embedder: Embedder | None,
    questions: Path | None,
) -> tuple[QuestionChange, ...]:
    if questions is None or embedder is None:
        return ()
    old = open_version(store, before, collections)
    new = open_version(store, after, collections)
    try:
        return tuple(
            QuestionChange(
                comparison.question.text,
                comparison.page_after,
                lost=comparison.found_before and not comparison.found_after,
                gained=comparison.found_after and not comparison.found_before,
            )
            for comparison in compare(read_questions(questions), old, new, embedder)
            if comparison.first_before != comparison.first_after
        )
    finally:
        old.close()
        new.close()

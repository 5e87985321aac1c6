"""Six pages, a question about each, and an index of them with the real model."""

from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from eval.question_set import Header, Item, Qrel, Turn, write_question_set
from ingestion.cli import app as ingest

SUBJECTS = {
    "passport": "An adult passport costs £94.50.",
    "bins": "Your bins are emptied every week.",
    "library": "You can borrow eight books from the library.",
    "parking": "A parking permit costs £40 a year.",
    "school": "Apply for a school place by 15 January.",
    "vote": "You can vote in person, by post or by proxy.",
}


@dataclass(frozen=True)
class Tiny:
    questions: Path
    pages: Path
    index: Path
    items: tuple[Item, ...]


def address(name: str) -> str:
    return f"https://x.gov.uk/{name}"


def make_tiny(root: Path) -> Tiny:
    """Write pages and questions, and build and publish an index."""
    pages = root / "pages"
    pages.mkdir()
    items = []
    for name, text in SUBJECTS.items():
        matter = f"---\nurl: {address(name)}\ntitle: {name.title()}\n---\n\n"
        (pages / f"{name}.md").write_text(f"{matter}{text}\n", "utf-8")
        items.append(
            Item(
                id=name,
                turns=(Turn(role="user", content=f"What should I know about {name}?"),),
                answerability="answerable",
                qrels=(Qrel(url=address(name), quote=text),),
                cluster=address(name),
            )
        )
    write_question_set(root / "set", Header(name="tiny"), items)
    built = CliRunner().invoke(
        ingest, ["build", str(pages), "--index", str(root / "index"), "--publish"]
    )
    assert built.exit_code == 0, built.output
    return Tiny(root / "set", pages, root / "index", tuple(items))

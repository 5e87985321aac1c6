import json
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.retrieval.calibration import Calibration
from eval.cli import app
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
runner = CliRunner()


def address(name: str) -> str:
    return f"https://x.gov.uk/{name}"


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    root = tmp_path_factory.mktemp("fit")
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
    index, out = root / "index", root / "fitted.json"

    built = runner.invoke(ingest, ["build", str(pages), "--index", str(index), "--publish"])
    done = runner.invoke(app, ["fit", f"{root / 'set'}={index}", "--half", "0", "--out", str(out)])

    assert built.exit_code == done.exit_code == 0, built.output + done.output
    return Calibration.model_validate(json.loads(out.read_text("utf-8")))


def test_a_fit_says_what_it_was_fitted_on(fitted: Calibration) -> None:
    (card,) = fitted.fitted_on["sets"]

    assert fitted.fitted_on["half"] == 0
    assert card["question_set"] == "tiny"
    assert 0 < card["questions"] < len(SUBJECTS)


def test_a_fit_says_what_other_thresholds_would_give_on_pages_it_did_not_see(
    fitted: Calibration,
) -> None:
    curve = fitted.risk_coverage

    assert [point.threshold for point in curve] == sorted({p.threshold for p in curve})
    for lower, higher in pairwise(curve):
        assert lower.coverage >= higher.coverage
        assert lower.false_answers >= higher.false_answers
    assert curve[0].coverage > 0


def test_weights_that_cannot_be_a_set_of_an_index_are_refused(tmp_path: Path) -> None:
    done = runner.invoke(app, ["fit", "sample-guidance", "--out", str(tmp_path / "w.json")])

    assert done.exit_code == 2
    assert "SET=INDEX" in done.output

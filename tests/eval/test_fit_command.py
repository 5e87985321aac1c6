import json
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.retrieval.calibration import Calibration
from eval.cli import app
from tests.eval.tiny import SUBJECTS, make_tiny

runner = CliRunner()


def _fit(root: Path, half: int) -> Calibration:
    tiny, out = make_tiny(root), root / "fitted.json"

    done = runner.invoke(
        app, ["fit", f"{tiny.questions}={tiny.index}", "--half", str(half), "--out", str(out)]
    )

    assert done.exit_code == 0, done.output
    return Calibration.model_validate(json.loads(out.read_text("utf-8")))


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    return _fit(tmp_path_factory.mktemp("fit"), 0)


@pytest.fixture(scope="module")
def fitted_on_all(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    return _fit(tmp_path_factory.mktemp("fit-all"), -1)


def test_a_fit_says_what_it_was_fitted_on(fitted: Calibration) -> None:
    (card,) = fitted.fitted_on["sets"]

    assert fitted.fitted_on["half"] == 0
    assert card["question_set"] == "tiny"
    assert 0 < card["questions"] < len(SUBJECTS)


@pytest.mark.parametrize("which", ["fitted", "fitted_on_all"])
def test_a_fit_says_what_other_thresholds_would_give_on_pages_it_did_not_see(
    which: str, request: pytest.FixtureRequest
) -> None:
    curve = request.getfixturevalue(which).risk_coverage

    assert [point.threshold for point in curve] == sorted({p.threshold for p in curve})
    for lower, higher in pairwise(curve):
        assert lower.coverage >= higher.coverage
        assert lower.false_answers >= higher.false_answers
    assert curve[0].coverage > 0


def test_a_fit_on_all_pages_learns_from_every_question(fitted_on_all: Calibration) -> None:
    (card,) = fitted_on_all.fitted_on["sets"]

    assert fitted_on_all.fitted_on["half"] == -1
    assert card["questions"] == len(SUBJECTS)
    assert fitted_on_all.partial_threshold <= fitted_on_all.answer_threshold


def test_weights_that_cannot_be_a_set_of_an_index_are_refused(tmp_path: Path) -> None:
    done = runner.invoke(app, ["fit", "sample-guidance", "--out", str(tmp_path / "w.json")])

    assert done.exit_code == 2
    assert "SET=INDEX" in done.output

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from ingestion.calibration_file import read_calibration
from ingestion.cli import app
from ingestion.document import Document
from ingestion.sources.local_files import read_local
from ingestion.versions import VersionStore
from ingestion.wiring import SAMPLE_GUIDANCE
from tests.fakes import WordHashEmbedder

runner = CliRunner()


@pytest.fixture(autouse=True)
def small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.wiring.load_embedder", lambda settings: WordHashEmbedder())
    monkeypatch.setenv("ENQUIRY_EMBEDDING_MODEL", "word-hash")


@pytest.fixture
def guidance(tmp_path: Path) -> Path:
    folder = tmp_path / "guidance"
    folder.mkdir()
    (folder / "bins.md").write_text("# Bins\n\nBins are emptied every week.")
    (folder / "empty.md").write_text("")
    return folder


def test_builds_publishes_lists_searches_and_rolls_back(guidance: Path, tmp_path: Path) -> None:
    index = ["--index", str(tmp_path / "index")]

    built = runner.invoke(app, ["build", str(guidance), *index, "--publish", "--json"])
    again = runner.invoke(app, ["build", str(guidance), *index, "--publish"])
    (guidance / "bins.md").write_text("# Bins\n\nBins are emptied every day.")
    changed = runner.invoke(app, ["build", str(guidance), *index])
    shown = runner.invoke(app, ["diff", *index])
    checked = runner.invoke(app, ["audit", *index])
    explained = runner.invoke(app, ["explain", "/bins", *index])
    listed = runner.invoke(app, ["versions", *index, "--json"])
    found = runner.invoke(app, ["search", "emptied bins", *index, "--json"])
    forth = runner.invoke(app, ["publish", *index])
    back = runner.invoke(app, ["rollback", *index])
    pruned = runner.invoke(app, ["prune", *index, "--keep", "1"])

    summary = json.loads(built.stdout)
    assert summary["pages"] == 1
    assert summary["skipped"] == [{"origin": "empty.md", "reason": "The file is empty."}]
    assert "0 texts embedded" in again.stdout
    assert [v["published"] for v in json.loads(listed.stdout)["versions"]] == [True, False]
    assert "1 changed" in changed.stdout
    assert "+   Bins are emptied every day." in shown.stdout
    assert "all files are as they were built" in checked.stdout
    assert "origin: bins.md" in explained.stdout
    assert json.loads(found.stdout)["passages"][0]["url"] == "/bins"
    assert "Rolled back to" in back.stdout
    assert "Published" in forth.stdout
    assert "0 versions deleted" in pruned.stdout
    done = (built, again, changed, shown, checked, explained, listed, found, forth, back, pruned)
    assert [r.exit_code for r in done] == [0] * len(done)


def test_a_version_keeps_the_weights_and_the_risk_it_is_answered_with(
    guidance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, given = tmp_path / "own.json", tmp_path / "given.json"
    own.write_text('{"answer_threshold": 0.1}')
    given.write_text('{"answer_threshold": 0.2}')
    build = ["build", str(guidance), "--index", str(tmp_path / "index"), "--json"]

    stored = [_calibration_of(runner.invoke(app, build), tmp_path / "index")]
    monkeypatch.setenv("ENQUIRY_CALIBRATION", str(own))
    stored.append(_calibration_of(runner.invoke(app, build), tmp_path / "index"))
    build += ["--calibration", str(given)]
    stored.append(_calibration_of(runner.invoke(app, build), tmp_path / "index"))

    assert stored[0] == read_calibration(None)
    assert stored[0]["risk_coverage"]
    assert stored[0]["fitted_on"]["sets"]
    assert [s["answer_threshold"] for s in stored[1:]] == [0.1, 0.2]


def _calibration_of(built: Result, index: Path) -> dict[str, Any]:
    version = json.loads(built.stdout)["version"]
    return VersionStore(index).manifest_of(version).calibration


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["build", "/nowhere/at/all"], 2, "no file or folder"),
        (["build", "--calibration", "/nowhere.json"], 2, "enquiry-eval fit"),
        (["publish"], 3, "no published index"),
        (["publish", "unknown"], 3, "unknown"),
        (["rollback"], 3, "before the published one"),
        (["search", "x"], 3, "no published index"),
        (["build", "--no-such-option"], 2, "No such option"),
        (["build", "--force"], 2, "--reason"),
        (["diff"], 3, "no published index"),
        (["audit", "unknown"], 3, "unknown"),
        (["explain", "/x"], 3, "no published index"),
        (["approve", "1234", "--reason", "x"], 2, "held back"),
    ],
)
def test_what_the_operator_can_fix_is_one_line_and_an_exit_code(
    arguments: list[str], code: int, words: str
) -> None:
    done = runner.invoke(app, arguments)

    assert done.exit_code == code
    assert words in done.output
    assert "Traceback" not in done.output


def test_an_empty_folder_is_a_content_failure(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    folder.mkdir()

    done = runner.invoke(app, ["build", str(folder)])

    assert done.exit_code == 1
    assert "no page that can be indexed" in done.output


def test_the_sample_guidance_is_what_it_promises() -> None:
    found = [d for d in read_local(SAMPLE_GUIDANCE) if isinstance(d, Document)]
    by_url = {d.details.url: d.details for d in found}
    welsh = [d for d in by_url.values() if d.locale == "cy"]

    assert len(found) >= 60
    assert len(by_url) == len(found)
    assert len(welsh) >= 5
    assert all(by_url[d.alternate_url].alternate_url == d.url for d in welsh)
    assert all(d.publisher.startswith("Sample ") for d in by_url.values())
    assert {d.nation for d in by_url.values()} >= {"england", "scotland", "wales", "uk"}
    assert all(d.updated_at and d.licence for d in by_url.values())

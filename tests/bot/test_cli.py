import json
import os
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from ingestion.passage_index import PassageIndex
from tests.fakes import WordHashEmbedder

runner = CliRunner()


@pytest.fixture
def small_model(monkeypatch: pytest.MonkeyPatch, index: PassageIndex) -> None:
    monkeypatch.setenv("ENQUIRY_EMBEDDING_MODEL", "word-hash")
    # Counted words say nothing about danger; phrases still do.
    monkeypatch.setenv("ENQUIRY_MIN_DANGER_LIKENESS", "1")
    monkeypatch.setattr("bot.wiring.load_embedder", lambda settings: WordHashEmbedder())
    monkeypatch.setattr("bot.wiring.open_index", lambda settings, directory: index)
    monkeypatch.setattr("bot.cli._check_index", lambda index: None)


def test_answers_on_the_terminal_with_a_source(small_model: None) -> None:
    done = runner.invoke(app, ["ask", "What is the fee for an adult passport?"])

    assert done.exit_code == 0, done.output
    assert "£94.50" in done.stdout
    assert "https://guidance.example.gov.uk/passport-fees#:~:text=" in done.stdout


def test_a_source_comes_with_its_nation_and_date(small_model: None) -> None:
    done = runner.invoke(app, ["ask", "What is the fee for an adult passport?"])

    assert "uk · updated 2026-04-09" in done.stdout


def test_explains_what_was_weighed_and_what_was_left_out(small_model: None) -> None:
    question = "How much is a prescription in Wales?"

    told = json.loads(runner.invoke(app, ["explain", question, "--json"]).stdout)
    read = runner.invoke(app, ["explain", question]).stdout

    england = next(page for page in told["pages"] if page["url"].endswith("england"))
    assert england["lowered_by"]["other nation"] == 20
    assert england["below_the_best_by"] > 0
    parts = sum(england["parts_of_score"].values()) - sum(england["lowered_by"].values())
    assert england["score"] == pytest.approx(parts, abs=0.02)
    assert told["page_weights"]
    assert told["units"]
    assert "other nation -20.0" in read


def test_explains_that_another_publisher_was_not_asked_for(small_model: None) -> None:
    arguments = ["explain", "What is the passport fee?", "--publisher", "Nobody", "--json"]

    told = json.loads(runner.invoke(app, arguments).stdout)

    assert not told["pages"]
    assert {page["because"] for page in told["left_out"]} == {"other publisher: "}


def test_explains_for_the_nation_of_a_request(small_model: None) -> None:
    arguments = ["explain", "How much is a prescription?", "--json", "--nation"]

    wales = json.loads(runner.invoke(app, [*arguments, "wales"]).stdout)
    england = json.loads(runner.invoke(app, [*arguments, "england"]).stdout)

    assert wales["quoted"][0]["url"].endswith("prescriptions-wales")
    assert england["quoted"][0]["url"].endswith("prescriptions-england")


def test_a_nation_that_does_not_exist_is_told_with_those_that_do(small_model: None) -> None:
    done = runner.invoke(app, ["explain", "How much is a prescription?", "--nation", "france"])

    assert done.exit_code == 2
    assert "'france'" in done.stderr
    assert "england, scotland, wales, northern-ireland" in done.stderr


def test_explains_that_a_fixed_reply_was_not_searched(small_model: None) -> None:
    done = runner.invoke(app, ["explain", "hello"])

    assert "Nothing was searched" in done.stdout


def test_answers_as_json(small_model: None) -> None:
    done = runner.invoke(app, ["ask", "What is the fee for an adult passport?", "--json"])

    answer = json.loads(done.stdout)
    assert answer["index_version"]
    assert answer["timings_ms"]["total"] > 0


@pytest.mark.parametrize(
    ("question", "words"), [("", "empty"), ("   ", "empty"), ("x" * 10_000, "the most is 1,000")]
)
def test_what_is_no_question_is_one_line_and_an_exit_code(question: str, words: str) -> None:
    done = runner.invoke(app, ["ask", question])

    assert done.exit_code == 2
    assert words in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("port", ["99999", "-1", "http"])
def test_a_port_that_cannot_be_is_refused(port: str) -> None:
    done = runner.invoke(app, ["serve", "--port", port])

    assert done.exit_code == 2
    assert "Traceback" not in done.output


@pytest.mark.parametrize("damage", ["a file for a folder", "a folder for the pointer", "bytes"])
def test_an_index_that_cannot_be_read_is_one_line(damage: str, tmp_path: Path) -> None:
    index = tmp_path / "damaged"
    if damage == "a file for a folder":
        index.write_text("no folder")
    elif damage == "bytes":
        index.mkdir()
        (index / "published").write_bytes(b"\xff\xfe")
    else:
        (index / "published").mkdir(parents=True)

    done = runner.invoke(app, ["ask", "How much is a passport?", "--index", str(index)])

    assert done.exit_code == 4, done.output
    assert "Traceback" not in done.output
    assert len(done.output.strip().splitlines()) == 1


@pytest.mark.parametrize("question", ["🤷", "'; DROP TABLE x; --", "\udcff"])
def test_any_question_gets_a_sentence(question: str, small_model: None) -> None:
    done = runner.invoke(app, ["ask", question])

    assert done.exit_code == 0, done.output
    assert done.stdout.strip()


def test_without_an_index_it_says_how_to_build_one() -> None:
    for arguments in (["ask", "hi"], ["serve"]):
        done = runner.invoke(app, arguments)

        assert done.exit_code == 3
        assert "enquiry-ingest build --publish" in done.output
        assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENQUIRY_PORT", "eighty"),
        ("ENQUIRY_PORT", "70000"),
        ("ENQUIRY_RATE_LIMITS", "often"),
        ("ENQUIRY_TRUSTED_PROXIES", "proxy"),
        ("ENQUIRY_MAX_QUESTION_CHARACTERS", "0"),
    ],
)
def test_a_wrong_setting_is_one_sentence_with_name_and_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    done = runner.invoke(app, ["serve"])

    assert done.exit_code == 2
    assert f"{name}={value!r} is not allowed" in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_a_port_in_use_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli._check_index", lambda index: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = runner.invoke(app, ["serve", "--port", str(port)])

    assert done.exit_code == 4
    assert f"Cannot listen on 127.0.0.1:{port}" in done.output


def test_a_database_that_cannot_be_opened_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli._check_index", lambda index: None)
    monkeypatch.setenv("ENQUIRY_DATABASE_URL", "sqlite:////proc/nowhere/x.db")

    done = runner.invoke(app, ["serve", "--port", "0"])

    assert done.exit_code == 4
    assert "ENQUIRY_DATABASE_URL" in done.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_data_folder_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli._check_index", lambda index: None)
    tmp_path.chmod(0o500)
    monkeypatch.setenv("ENQUIRY_DATA_DIR", str(tmp_path / "data"))

    done = runner.invoke(app, ["serve", "--port", "0"])

    assert done.exit_code == 4


def test_prints_the_interface_document() -> None:
    done = runner.invoke(app, ["openapi"])

    document = json.loads(done.stdout)
    assert document["openapi"].startswith("3.1")
    assert "/v1/ask" in document["paths"]

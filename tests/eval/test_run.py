import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli import app
from eval.errors import RunNotFoundError, TargetError
from eval.question_set import Header, Item, Qrel, QuestionSet, Turn
from eval.record import Cited, Record, Run, family_of, read_run, write_run
from eval.report import as_html, as_markdown, as_text, summary
from eval.run import run_question_set
from eval.targets import HttpTarget
from tests.fakes import ScriptedAnswerer, an_answer
from tests.service import RunningService

pytestmark = pytest.mark.anyio
URL = "https://guidance.example.gov.uk/passports/passport-fees"
runner = CliRunner()


def an_item(number: int = 1, **changes: object) -> Item:
    values: dict[str, object] = {
        "id": f"q{number}",
        "turns": (Turn(role="user", content="How much is a passport?"),),
        "answerability": "answerable",
        "qrels": (Qrel(url=URL, quote="The fee is £94.50."),),
        "nuggets": ("£94.50",),
        "cluster": f"page-{number}",
    }
    return Item(**{**values, **changes})  # type: ignore[arg-type]


def a_set(*items: Item) -> QuestionSet:
    return QuestionSet(header=Header(name="t"), items=items, digest="d")


class Scripted:
    """A target that finds the right page for even numbers only."""

    name = "scripted"
    ranking = "retrieval"
    index_version = "v1"

    async def ask(self, item: Item) -> Record:
        is_right = int(item.id[1:]) % 2 == 0
        return Record(
            item=item,
            status="answered" if is_right else "no_answer_not_found",
            text="The fee is £94.50.",
            citations=(Cited(url=URL, quote="The fee is £94.50."),) if is_right else (),
            pages=(URL,) if is_right else ("https://other", URL),
            units=("The fee is £94.50.",),
            confidence=0.9 if is_right else 0.2,
            timings_ms={"total": 10.0},
        )


async def test_a_run_keeps_every_record_and_what_it_was_made_with(tmp_path: Path) -> None:
    run = await run_question_set(a_set(an_item(1), an_item(2)), Scripted(), repeat=2)

    write_run(tmp_path, run)

    assert read_run(tmp_path) == run
    assert [r.item.id for r in run.records] == ["q1", "q1", "q2", "q2"]
    assert (run.header.items, run.header.failures, run.header.index_version) == (4, 0, "v1")
    assert run.header.packages["torch"].startswith("2.13")


async def test_figures_worked_by_hand() -> None:
    run = await run_question_set(a_set(an_item(1), an_item(2)), Scripted())

    found = summary(run, seed=7)

    assert found["success_at_1"].value == 0.5
    assert found["mrr"].value == 0.75
    assert found["answered"].value == 0.5
    assert found["evidence_hit_at_3"].value == 1.0
    assert found["citation_precision"].value == 1.0
    assert found["citation_precision"].scored == 1
    assert "redaction_recall" not in found


async def test_reports_name_what_went_otherwise_than_expected() -> None:
    run = await run_question_set(a_set(an_item(1), an_item(2, slices=("x",))), Scripted())

    for write in (as_text, as_markdown, as_html):
        text = write(run, seed=7)
        assert "success_at_1" in text
        assert "q1" in text
    assert '<th scope="row">' in as_html(run, seed=7)


async def test_a_question_in_a_report_is_never_markup() -> None:
    run = await run_question_set(a_set(an_item(1, id="q1", slices=())), Scripted())
    evil = run.records[0].model_copy(update={"item": an_item(1, expected_status="<script>")})

    assert "<script>" not in as_html(Run(header=run.header, records=(evil,)), seed=7)


async def test_measures_a_service_over_http(
    start_service: Callable[[ScriptedAnswerer], RunningService],
) -> None:
    service = start_service(ScriptedAnswerer())
    target = HttpTarget(service.url, timeout_seconds=20)

    run = await run_question_set(a_set(an_item(1), an_item(2)), target, concurrency=2)

    assert [r.pages for r in run.records] == [(URL,), (URL,)]
    assert run.header.ranking == "shown"
    assert run.header.index_version == "v1"


async def test_history_reaches_the_service(
    start_service: Callable[[ScriptedAnswerer], RunningService],
) -> None:
    service = start_service(ScriptedAnswerer(lambda enquiry: an_answer(enquiry.question)))
    turns = (
        Turn(role="user", content="How much is it?"),
        Turn(role="assistant", content="£94.50"),
        Turn(role="user", content="and for a child?"),
    )

    await HttpTarget(service.url, timeout_seconds=20).ask(an_item(turns=turns))

    assert [t.content for t in service.answerer.asked[0].history] == ["How much is it?", "£94.50"]


async def test_a_service_that_is_not_there_is_one_clear_error() -> None:
    with pytest.raises(TargetError, match="readyz"):
        await HttpTarget("http://127.0.0.1:9", timeout_seconds=5).ask(an_item())


def test_families() -> None:
    assert family_of("no_answer_low_confidence") == "no_answer"
    assert family_of("redirect_crisis") == "redirect"


def test_a_folder_without_a_run_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(RunNotFoundError, match="enquiry-eval run"):
        read_run(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "/nowhere"], 2, "cannot be read"),
        (["run", "sample-guidance", "--index", "/nowhere"], 3, "no published index"),
        (["run", "sample-guidance", "--target", "http://127.0.0.1:9", "--limit", "1"], 4, "readyz"),
        (["report", "/nowhere"], 2, "no finished run"),
        (["import", "nonsense", "/nowhere"], 2, "nonsense"),
        (["import", "conditionalqa", "/nowhere"], 2, "Cannot import"),
        (["import", "mtrag-un", "/nowhere"], 2, "Cannot import"),
    ],
)
def test_what_the_evaluator_can_fix_is_one_line_and_an_exit_code(
    arguments: list[str], code: int, words: str
) -> None:
    done = runner.invoke(app, arguments)

    assert done.exit_code == code, done.output
    assert words in done.output
    assert "Traceback" not in done.output


async def test_the_report_command_writes_every_format(tmp_path: Path) -> None:
    write_run(tmp_path, await run_question_set(a_set(an_item(1)), Scripted()))

    outputs = {
        name: runner.invoke(app, ["report", str(tmp_path), "--format", name]).stdout
        for name in ("text", "markdown", "html", "json")
    }

    assert "metric" in outputs["text"]
    assert outputs["markdown"].startswith("# t 1")
    assert outputs["html"].startswith("<!doctype html>")
    assert json.loads(outputs["json"])["figures"]["mrr"]["value"] == 0.5

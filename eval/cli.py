"""`enquiry-eval`: run question sets, report, import data, fit weights."""

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eval.errors import EvalError, TargetError

app = typer.Typer(
    help="Measure the enquiry bot.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of index versions. [default: data/index]")
]


class ReportFormat(StrEnum):
    """How a report is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


class ModelKind(StrEnum):
    """Models that can be trained."""

    EMBEDDING = "embedding"
    CROSS_ENCODER = "cross-encoder"


class ImportFormat(StrEnum):
    """Published data that can be imported."""

    CONDITIONALQA = "conditionalqa"
    MTRAG_UN = "mtrag-un"


def main() -> None:
    """Run the evaluation command line."""
    app()


@app.command()
def run(  # each parameter is an option of the command
    question_set: Annotated[str, typer.Argument(help="Folder, or name of a shipped set.")],
    target: Annotated[str, typer.Option(help="`local` or the address of a service.")] = "local",
    index: IndexOption = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the run's records.")] = None,
    repeat: Annotated[int, typer.Option(min=1, help="Times to ask each question.")] = 1,
    limit: Annotated[int, typer.Option(min=0, help="Only the first questions; 0 for all.")] = 0,
) -> None:
    """Ask every question of a set, keep the records and print the report."""
    with _one_line_errors():
        from eval.question_set import find_question_set, load_question_set
        from eval.record import with_rules, write_run
        from eval.report import as_text
        from eval.rule_scores import score_rules
        from eval.run import run_question_set
        from eval.settings import EvalSettings
        from eval.wiring import build_target

        settings = EvalSettings()
        questions = load_question_set(find_question_set(question_set))
        if limit:
            questions = questions.model_copy(update={"items": questions.items[:limit]})
        measured = build_target(target, index=index, settings=settings)
        done = asyncio.run(
            run_question_set(questions, measured, repeat=repeat, report=_progress("asking"))
        )
        if measured.policy is not None:
            done = with_rules(done, score_rules(measured.policy))
        name = f"{datetime.now(tz=UTC):%Y%m%dT%H%M%SZ}-{questions.header.name}"
        folder = out or settings.runs_dir / name
        write_run(folder, done)
        print(as_text(done, seed=settings.seed))
        print(f"\nRecords are in {folder}.")


@app.command()
def report(
    run_folder: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")],
    report_format: Annotated[
        ReportFormat, typer.Option("--format", help="How to write it.")
    ] = ReportFormat.TEXT,
) -> None:
    """Print the report of a run."""
    with _one_line_errors():
        from eval import report as reports
        from eval.record import read_run
        from eval.settings import EvalSettings

        seed, done = EvalSettings().seed, read_run(run_folder)
        if report_format is ReportFormat.JSON:
            figures = {
                name: {"value": e.value, "low": e.low, "high": e.high, "scored": e.scored}
                for name, e in reports.summary(done, seed=seed).items()
            }
            print(json.dumps({"header": done.header.model_dump(mode="json"), "figures": figures}))
            return
        writers = {
            ReportFormat.TEXT: reports.as_text,
            ReportFormat.MARKDOWN: reports.as_markdown,
            ReportFormat.HTML: reports.as_html,
        }
        print(writers[report_format](done, seed=seed))


@app.command(name="import")
def import_data(
    data_format: Annotated[ImportFormat, typer.Argument(metavar="FORMAT", help="What it is.")],
    path: Annotated[Path, typer.Argument(help="Folder with the data.")],
    out: Annotated[Path | None, typer.Option(help="Folder for the question set.")] = None,
) -> None:
    """Make a question set of published data."""
    with _one_line_errors():
        from eval.importers.conditionalqa import import_conditionalqa
        from eval.importers.mtrag_un import import_mtrag_un, write_pages
        from eval.question_set import write_question_set

        folder = out or Path("build") / "question_sets" / data_format.value
        if data_format is ImportFormat.CONDITIONALQA:
            header, items = import_conditionalqa(path)
        else:
            header, items = import_mtrag_un(path)
            pages = write_pages(path, folder / "pages")
            print(f"{pages} pages for `enquiry-ingest build` in {folder / 'pages'}.")
        write_question_set(folder, header, items)
    print(f"{len(items)} questions in {folder}.")


@app.command()
def fit(
    question_sets: Annotated[
        list[str], typer.Argument(metavar="SET=INDEX...", help="Question sets and their indexes.")
    ],
    out: Annotated[Path, typer.Option(help="File for the fitted weights (JSON).")],
    half: Annotated[
        int,
        typer.Option(
            min=-1,
            max=1,
            help="Half of the pages to fit on; -1 for all, with thresholds of pages left out.",
        ),
    ] = -1,
) -> None:
    """Fit fusion weights and thresholds, for `enquiry-ingest build --calibration`."""
    with _one_line_errors():
        from eval.fitting.fit import fit as fit_calibration
        from eval.fitting.fit import fit_on_all, risk_coverage
        from eval.wiring import build_lessons

        pairs = [name.rpartition("=") for name in question_sets]
        if not all(name and index for name, _, index in pairs):
            raise typer.BadParameter("give each as SET=INDEX", param_hint="SET=INDEX...")
        lessons, others, cards = zip(
            *(build_lessons(name, Path(index), half=half) for name, _, index in pairs), strict=True
        )
        if half < 0:
            fitted = asyncio.run(fit_on_all(lessons, _stage_progress))
        else:
            fitted = asyncio.run(fit_calibration(lessons, _stage_progress))
            curve = asyncio.run(risk_coverage(others, fitted, _stage_progress))
            fitted = fitted.model_copy(update={"risk_coverage": curve})
        card = {"half": half, "sets": list(cards)}
        fitted = fitted.model_copy(update={"fitted_on": card})
        out.write_text(fitted.model_dump_json(indent=2) + "\n", "utf-8")
    print(f"Fitted on {sum(len(lesson.items) for lesson in lessons)} questions; see {out}.")


@app.command(name="fine-tune")
def fine_tune(  # noqa: PLR0913  # each parameter is an option of the command
    question_set: Annotated[str, typer.Argument(help="Folder, or name of a shipped set.")],
    out: Annotated[Path, typer.Option(help="New folder for the model and its card.")],
    index: IndexOption = None,
    half: Annotated[
        int, typer.Option(min=-1, max=1, help="Half of the pages to learn from; -1 for all.")
    ] = 0,
    epochs: Annotated[int, typer.Option(min=1, help="Times each question is seen.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same model.")] = 0,
    limit: Annotated[
        int, typer.Option(min=0, help="Most questions to learn from, and to report; 0 for all.")
    ] = 0,
    kind: Annotated[ModelKind, typer.Option(help="What to train.")] = ModelKind.EMBEDDING,
) -> None:
    """Train a model on a question set and report it on unseen pages."""
    with _one_line_errors():
        from eval.fine_tuning.training import Training

        training = Training(half=half, epochs=epochs, seed=seed, limit=limit)
        if kind is ModelKind.EMBEDDING:
            from eval.fine_tuning.fine_tune import fine_tune as train_model

            then = "Name it in ENQUIRY_EMBEDDING_MODEL, build, and fit again."
        else:
            from eval.fine_tuning.cross_encoder import train_cross_encoder as train_model

            then = "Name it in ENQUIRY_CROSS_ENCODER."
        card = train_model(question_set, index, out, training, _stage_progress)
        shown = ("weight", "before", "after", "reading_ms_p50")
        print(json.dumps({part: card[part] for part in shown if part in card}, indent=2))
    print(f"The model is in {out}. {then}")


def _progress(stage: str) -> "Progress":
    return Progress(stage)


class Progress:
    """A line on standard error every hundred steps, every ten of few, and at the end."""

    def __init__(self, stage: str) -> None:
        self._stage = stage

    def __call__(self, done: int, total: int) -> None:
        """Report progress."""
        if done % (100 if total > 200 else 10) == 0 or done == total:
            print(f"{self._stage}: {done} of {total}", file=sys.stderr)


def _stage_progress(stage: str, done: int, total: int) -> None:
    Progress(stage)(done, total)


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Turn a failure the evaluator can fix into one line and the exit code of its kind."""
    from ingestion.errors import IndexNotFoundError, IngestionError

    try:
        yield
    except TargetError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(4) from error
    except IndexNotFoundError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(3) from error
    except (EvalError, IngestionError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from error

"""`enquiry-ingest`: build, check, publish and undo index versions."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingestion.cli_options import (
    IndexOption,
    JsonOption,
    QuestionsOption,
    index_store,
    one_line_errors,
)
from ingestion.cli_reports import reports
from ingestion.errors import GateFailedError, IndexNotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingestion.build import BuildOptions, BuildResult
    from ingestion.source import Source

app = typer.Typer(
    help="Turn published guidance into a searchable index.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="guidance.yaml: sources and what is said of them.")
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Publish whatever the checks say; needs --reason.")
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; kept in the trail.")]


def main() -> None:
    """Run the ingestion command line."""
    app()


@app.command()
def build(  # noqa: PLR0913  # each parameter is an option of the command
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Folders, files, govuk:/path, sitemap:URL or names in guidance.yaml; "
            "the shipped sample when left out.",
        ),
    ] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
    publish: Annotated[bool, typer.Option(help="Make the version live if it passes.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Read and embed everything again.")] = False,
    engine: Annotated[
        str, typer.Option(help="local, or ray to read and embed on every core or a cluster.")
    ] = "local",
    questions: QuestionsOption = None,
    calibration: Annotated[
        Path | None,
        typer.Option(
            help="Fitted weights to store with the version (JSON); the shipped ones when left out."
        ),
    ] = None,
    force: ForceOption = False,
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """Read guidance and build a new index version."""
    with one_line_errors():
        from ingestion.build import BuildOptions
        from ingestion.calibration_file import read_calibration
        from ingestion.cli_results import blocking
        from ingestion.settings import IndexSettings
        from ingestion.wiring import build_sources

        options = BuildOptions(
            publish=publish,
            full=full,
            calibration=read_calibration(calibration or IndexSettings().calibration),
            questions=questions,
            force_reason=_force_reason(force=force, reason=reason),
        )
        chosen = build_sources(sources or (), config=config, index=index)
        result = _build(chosen, options, engine=engine, index=index)
        _print(result, as_json=as_json)
        if publish and not result.published:
            raise GateFailedError(version=result.version, findings=blocking(result.findings))


@app.command()
def watch(
    sources: Annotated[
        list[str] | None, typer.Argument(help="As for build; the shipped sample when left out.")
    ] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
    every: Annotated[
        float, typer.Option(min=0, help="Seconds after which to build without a seen change.")
    ] = 0,
    questions: QuestionsOption = None,
) -> None:
    """Build and publish whenever guidance changes or a content system sends an event."""
    with one_line_errors():
        import signal
        from threading import Event

        from ingestion.build import BuildOptions, BuildResult
        from ingestion.build import build as build_version
        from ingestion.calibration_file import read_calibration
        from ingestion.cli_results import print_result
        from ingestion.progress import reporter
        from ingestion.settings import IndexSettings
        from ingestion.sources.folder import FolderSource
        from ingestion.watching import watch as watch_changes
        from ingestion.wiring import build_sources, event_log, workshop

        places = sources or ()
        tools, options = (
            workshop(index),
            BuildOptions(
                publish=True,
                questions=questions,
                calibration=read_calibration(IndexSettings().calibration),
            ),
        )

        def build_once() -> BuildResult:
            with reporter(sys.stderr) as report:
                return build_version(
                    build_sources(places, config=config, index=index),
                    tools,
                    now=datetime.now(tz=UTC),
                    options=options,
                    report=report,
                )

        stop = Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        log = event_log(IndexSettings(), index).path.parent
        found = build_sources(places, config=config, index=index)
        paths = [log, *(source.path for source in found if isinstance(source, FolderSource))]
        for outcome in watch_changes(build_once, paths, stop=stop, every_seconds=every):
            if isinstance(outcome, BuildResult):
                print_result(outcome)
            else:
                print(outcome, file=sys.stderr)
            sys.stdout.flush()


@app.command()
def publish(
    version: Annotated[str, typer.Argument(help="Version name; the newest when left out.")] = "",
    index: IndexOption = None,
    force: ForceOption = False,
    reason: ReasonOption = "",
) -> None:
    """Make a version the live one; one that failed its checks needs --force and --reason."""
    with one_line_errors():
        from ingestion.auditing.audit import read_audit
        from ingestion.cli_results import blocking
        from ingestion.gate import audit_file, publish_checked

        store = index_store(index)
        names = store.names()
        if not version and not names:
            raise IndexNotFoundError(directory=store.directory)
        chosen = version or names[-1]
        findings = read_audit(audit_file(store, chosen)).findings
        live = publish_checked(
            store,
            chosen,
            findings,
            at=datetime.now(tz=UTC),
            force_reason=_force_reason(force=force, reason=reason),
        )
        if not live:
            raise GateFailedError(version=chosen, findings=blocking(findings))
    print(f"Published {chosen}.")


@app.command()
def rollback(index: IndexOption = None, reason: ReasonOption = "") -> None:
    """Make the version that was live before live again."""
    with one_line_errors():
        from ingestion.auditing.trail import note
        from ingestion.versions import writing

        store = index_store(index)
        chosen = store.rollback()
        with writing(store.directory):
            at = datetime.now(tz=UTC)
            note(store.directory, "rollback", at=at, version=chosen, reason=reason)
    print(f"Rolled back to {chosen}.")


@app.command()
def prune(
    index: IndexOption = None,
    keep: Annotated[
        int, typer.Option(min=1, help="How many versions stay beside the live one and its like.")
    ] = 3,
) -> None:
    """Delete old versions and free the disk; the live one and what a rollback needs stay."""
    with one_line_errors():
        from ingestion.pruning import prune as prune_versions
        from ingestion.settings import IndexSettings
        from ingestion.wiring import vector_collections

        pruned = prune_versions(
            index_store(index),
            vector_collections(IndexSettings()),
            keep=keep,
            at=datetime.now(tz=UTC),
        )
    for name in pruned.removed:
        print(f"Deleted {name}.")
    print(f"{len(pruned.removed)} versions deleted, {pruned.bytes_freed / 1e6:.1f} MB freed.")


@app.command()
def approve(
    digest: Annotated[str, typer.Argument(help="Digest of held text, as the audit shows it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it may be published.")],
    index: IndexOption = None,
) -> None:
    """Let text that was held back into the next build."""
    with one_line_errors():
        from ingestion.auditing.approvals import approve as approve_text

        held = approve_text(index_store(index), digest, reason=reason, at=datetime.now(tz=UTC))
    print(f"Approved text on {held.url}. Build again to include it.")


def _build(
    sources: "Sequence[Source]", options: "BuildOptions", *, engine: str, index: Path | None
) -> "BuildResult":
    from ingestion.build import build as build_version
    from ingestion.progress import reporter
    from ingestion.wiring import engine as prepared
    from ingestion.wiring import workshop

    with (
        reporter(sys.stderr) as report,
        prepared(engine, sources, workshop(index), report) as (places, tools),
    ):
        now = datetime.now(tz=UTC)
        return build_version(places, tools, now=now, options=options, report=report)


def _print(result: "BuildResult", *, as_json: bool) -> None:
    from ingestion.cli_results import as_json as result_json
    from ingestion.cli_results import print_result

    if as_json:
        print(json.dumps(result_json(result), ensure_ascii=False))
    else:
        print_result(result)


def _force_reason(*, force: bool, reason: str) -> str:
    if force and not reason.strip():
        message = "--force needs --reason TEXT: the trail must say why."
        raise typer.BadParameter(message)
    return reason if force else ""


app.registered_commands.extend(reports.registered_commands)

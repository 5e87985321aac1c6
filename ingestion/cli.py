"""`enquiry-ingest`: build, list, publish, roll back and search index versions."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingestion.errors import (
    BuildInProgressError,
    CalibrationFileError,
    IndexNotFoundError,
    IndexNotWritableError,
    IngestionError,
    NothingToIndexError,
)

if TYPE_CHECKING:
    from ingestion.build import BuildResult
    from ingestion.versions import VersionStore

SAMPLE_GUIDANCE = Path(__file__).with_name("sample_guidance")

app = typer.Typer(
    help="Turn published guidance into a searchable index.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of index versions. [default: data/index]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def main() -> None:
    """Run the ingestion command line."""
    app()


@app.command()
def build(  # each parameter is an option of the command
    sources: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders and files of guidance; the shipped sample when left out."),
    ] = None,
    index: IndexOption = None,
    publish: Annotated[bool, typer.Option(help="Make the new version live.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Embed everything again.")] = False,
    calibration: Annotated[
        Path | None, typer.Option(help="Fitted weights to store with the version (JSON).")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read guidance and build a new index version."""
    started = perf_counter()
    with _one_line_errors():
        from ingestion.build import BuildOptions
        from ingestion.build import build as build_version
        from ingestion.progress import reporter

        options = BuildOptions(publish=publish, full=full, calibration=_calibration(calibration))
        embedder = _embedder()
        with reporter(sys.stderr) as report:
            result = build_version(
                sources or [SAMPLE_GUIDANCE],
                _store(index),
                embedder,
                now=datetime.now(tz=UTC),
                options=options,
                report=report,
            )
    seconds = round(perf_counter() - started, 2)
    if as_json:
        print(json.dumps({**asdict(result), "seconds": seconds}, ensure_ascii=False))
    else:
        _print_result(result, seconds)


@app.command()
def versions(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List index versions, oldest first; the published one is marked."""
    with _one_line_errors():
        store = _store(index)
        live = store.published()
        manifests = [store.manifest_of(name) for name in store.names()]
    if as_json:
        rows = [{**m.model_dump(mode="json"), "published": m.version == live} for m in manifests]
        print(json.dumps({"versions": rows}, ensure_ascii=False))
        return
    if not manifests:
        print("No versions yet. Build one with `enquiry-ingest build --publish`.")
    for m in manifests:
        mark = "published" if m.version == live else ""
        print(f"{m.version}  {m.pages} pages  {m.passages} passages  {m.units} units  {mark}")


@app.command()
def publish(
    version: Annotated[str, typer.Argument(help="Version name; the newest when left out.")] = "",
    index: IndexOption = None,
) -> None:
    """Make a version the live one."""
    with _one_line_errors():
        store = _store(index)
        names = store.names()
        if not version and not names:
            raise IndexNotFoundError(directory=store.directory)
        chosen = version or names[-1]
        store.publish(chosen)
    print(f"Published {chosen}.")


@app.command()
def rollback(index: IndexOption = None) -> None:
    """Make the version that was live before live again."""
    with _one_line_errors():
        chosen = _store(index).rollback()
    print(f"Rolled back to {chosen}.")


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    index: IndexOption = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Most passages to show.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Show the passages closest to a query, words and meaning combined."""
    with _one_line_errors():
        from ingestion.search import search_passages
        from ingestion.settings import IndexSettings
        from ingestion.wiring import open_index

        opened = open_index(IndexSettings(), directory=index)
        hits = search_passages(query, opened, _embedder(), limit=limit)
        opened.close()
    if as_json:
        rows = [
            {"score": round(h.score, 5), "url": h.passage.url, "text": h.passage.text} for h in hits
        ]
        print(json.dumps({"query": query, "passages": rows}, ensure_ascii=False))
        return
    for hit in hits:
        print(f"{hit.score:.4f}  {' > '.join(hit.passage.heading_path)}\n        {hit.passage.url}")
    if not hits:
        raise typer.Exit(3)


def _store(index: Path | None) -> "VersionStore":
    from ingestion.settings import IndexSettings
    from ingestion.wiring import version_store

    return version_store(IndexSettings(), index)


def _embedder() -> Any:
    from ingestion.settings import IndexSettings
    from ingestion.wiring import load_embedder

    return load_embedder(IndexSettings())


def _calibration(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CalibrationFileError(path=path, reason=str(error)) from error
    if not isinstance(value, dict):
        raise CalibrationFileError(path=path, reason="it is not a JSON object")
    return value


def _print_result(result: "BuildResult", seconds: float) -> None:
    print(
        f"{result.pages} pages, {result.passages} passages, {result.units} units in {seconds} s "
        f"({result.embedded} texts embedded).\n"
        f"Pages: {result.added} added, {result.changed} changed, {result.removed} removed, "
        f"{result.unchanged} unchanged, {len(result.skipped)} skipped."
    )
    for skipped in result.skipped:
        print(f"  skipped {skipped.origin}: {skipped.reason}")
    state = "is live" if result.published else "is built; `enquiry-ingest publish` makes it live"
    print(f"Version {result.version} {state}.")


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Turn a failure the operator can fix into one line and the exit code that names its kind."""
    try:
        yield
    except IngestionError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(_exit_code(error)) from error


def _exit_code(error: IngestionError) -> int:
    if isinstance(error, NothingToIndexError):
        return 1
    if isinstance(error, IndexNotFoundError):
        return 3
    if isinstance(error, IndexNotWritableError | BuildInProgressError):
        return 4
    return 2

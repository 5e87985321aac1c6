"""What the commands of `enquiry-ingest` share: options, the index folder, errors in one line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingestion.errors import (
    BuildInProgressError,
    GateFailedError,
    IndexNotFoundError,
    IndexNotWritableError,
    IngestionError,
    NothingToIndexError,
    SourceUnavailableError,
    VectorDatabaseError,
)

if TYPE_CHECKING:
    from ingestion.versions import VersionStore

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of index versions. [default: data/index]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
QuestionsOption = Annotated[
    Path | None,
    typer.Option("--questions", help="Question set to ask of both versions; a folder."),
]


def index_store(index: Path | None) -> "VersionStore":
    """Return the folder of versions: the given one, or the configured one."""
    from ingestion.settings import IndexSettings
    from ingestion.wiring import version_store

    return version_store(IndexSettings(), index)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn a failure the operator can fix into one line and the exit code that names its kind."""
    try:
        yield
    except IngestionError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(_exit_code(error)) from error


def _exit_code(error: IngestionError) -> int:
    if isinstance(error, NothingToIndexError | GateFailedError):
        return 1
    if isinstance(error, IndexNotFoundError):
        return 3
    infrastructure = (
        IndexNotWritableError,
        BuildInProgressError,
        VectorDatabaseError,
        SourceUnavailableError,
    )
    return 4 if isinstance(error, infrastructure) else 2

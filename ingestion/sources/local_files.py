"""Guidance in files: a folder or a single file of HTML, Markdown or GOV.UK content-item JSON.

The format is recognised by what is in a file; its name only settles plain text.
"""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path

from ingestion.document import Document, Skipped
from ingestion.errors import SourceNotFoundError
from ingestion.readers.govuk_content import looks_like_content_item, read_content_item
from ingestion.readers.html import read_html
from ingestion.readers.markdown import read_markdown

MAX_BYTES = 20_000_000
_SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".md", ".markdown", ".json", ""))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml|<!doctype|<html|<head|<body|<main|<article|<div|<!--)", re.I
)


def read_local(source: Path) -> Iterator[Document | Skipped]:
    """Yield every page of a file or folder, and what was skipped with the reason.

    Files come in the order of their paths, so that the same folder always gives the same index.

    Raises:
        SourceNotFoundError: There is no such file or folder.
    """
    for path in files_of(source):
        yield read_file(path, root=source if source.is_dir() else source.parent)


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


def read_file(path: Path, *, root: Path) -> Document | Skipped:
    """Read one file.

    Args:
        path: The file.
        root: Folder that stands for the site's top; gives an address to pages that state none.
    """
    origin = path.relative_to(root).as_posix()
    if refusal := _refusal(path):
        return Skipped(origin, refusal)
    try:
        content = path.read_bytes()
    except OSError as error:
        return Skipped(origin, f"The file cannot be read ({error.strerror}).")
    text = decoded(content)
    if text is None:
        return Skipped(origin, "The file is not text, or its character encoding is unknown.")
    if not text.strip():
        return Skipped(origin, "The file is empty.")
    return _read_text(text, path=path, origin=origin)


def _refusal(path: Path) -> str:
    """Return why a file is not even opened; empty when it is."""
    if not path.is_file():
        return "This is no file, or a link that leads nowhere."
    if path.suffix.lower() not in _SUFFIXES:
        return f"Files ending in {path.suffix!r} are not read."
    if path.stat().st_size > MAX_BYTES:
        return f"The file is larger than {MAX_BYTES // 1_000_000} MB."
    return ""


def decoded(content: bytes) -> str | None:
    """Return bytes as text; None when they are binary or in an encoding that is not stated.

    UTF-8 first, then the character set an HTML page declares; nothing is guessed, because a wrong
    guess would put wrong characters into a quotation.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(content, "utf-16")
    if b"\x00" in content:
        return None
    text = _decode(content, "utf-8-sig")
    declared = _CHARSET.search(content[:2048])
    if text is None and declared:
        text = _decode(content, declared[1].decode("ascii"))
    return text


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _read_text(text: str, *, path: Path, origin: str) -> Document | Skipped:
    address = "/" + origin.removesuffix(path.suffix).removesuffix("index").strip("/")
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return _read_json(text, origin=origin)
    if path.suffix.lower() not in (".md", ".markdown") and _HTML_START.match(text.lstrip("\ufeff")):
        return read_html(text, origin=origin, fallback_url=address)
    return read_markdown(text, origin=origin, fallback_url=address)


def _read_json(text: str, *, origin: str) -> Document | Skipped:
    try:
        value = json.loads(text)
    except ValueError as error:
        return Skipped(origin, f"The file starts like JSON but is not: {error}.")
    if not looks_like_content_item(value):
        return Skipped(origin, "The JSON is not a GOV.UK content item.")
    return read_content_item(value, origin=origin)

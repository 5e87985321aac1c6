"""The one door to all formats: what is in a file decides, its name only settles plain text."""

import codecs
import io
import json
import re
import zipfile
from collections.abc import Iterator

from ingestion.document import Document, Skipped
from ingestion.readers.govuk_content import looks_like_content_item, read_content_item
from ingestion.readers.html import read_html
from ingestion.readers.markdown import read_markdown
from ingestion.readers.question_csv import looks_like_questions, read_question_csv
from ingestion.readers.text import read_text

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml|<!doctype|<html|<head|<body|<main|<article|<div|<!--)", re.IGNORECASE
)
_MARKDOWN = (".md", ".markdown", "")
MOST_UNPACKED = 200_000_000


def read_content(
    content: bytes, *, name: str, origin: str, fallback_url: str
) -> Iterator[Document | Skipped]:
    """Yield the pages of one file or answer; whatever it holds, nothing is raised.

    Args:
        content: The bytes.
        name: File name, for what its content does not settle.
        origin: Where it came from, for reports.
        fallback_url: Address to use when a page does not state its own.
    """
    if content[:1024].lstrip().startswith(b"%PDF-"):
        # Imported when the first PDF comes: the library takes half a second to load.
        from ingestion.readers.pdf import read_pdf  # noqa: PLC0415

        yield read_pdf(content, origin=origin, fallback_url=fallback_url)
    elif content.startswith(b"PK\x03\x04"):
        yield _read_zip(content, origin=origin, fallback_url=fallback_url)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        yield Skipped(origin, "Old Word documents (.doc) are not read; save it as .docx.")
    else:
        yield from _read_decoded(content, name=name, origin=origin, fallback_url=fallback_url)


def _read_decoded(
    content: bytes, *, name: str, origin: str, fallback_url: str
) -> Iterator[Document | Skipped]:
    text = decoded(content)
    if text is None:
        yield Skipped(origin, "The file is not text, or its character encoding is unknown.")
        return
    text = text.lstrip("\ufeff")
    ending = name.lower()[name.rfind(".") :] if "." in name else ""
    if not text.strip():
        yield Skipped(origin, "The file is empty.")
    elif text.lstrip()[:1] in ("{", "["):
        yield _read_json(text, origin=origin)
    elif ending not in (".md", ".markdown") and _HTML_START.match(text):
        yield read_html(text, origin=origin, fallback_url=fallback_url)
    elif ending in (".csv", ".tsv") or (ending == ".txt" and looks_like_questions(text)):
        yield from _read_table(text, origin=origin, fallback_url=fallback_url)
    elif ending in _MARKDOWN or text.startswith("---\n") or ending in (".html", ".htm", ".xhtml"):
        yield read_markdown(text, origin=origin, fallback_url=fallback_url)
    else:
        yield read_text(text, origin=origin, fallback_url=fallback_url)


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


def _read_zip(content: bytes, *, origin: str, fallback_url: str) -> Document | Skipped:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        return Skipped(origin, "The file is damaged: it begins like a document but is cut off.")
    if unpacked > MOST_UNPACKED:
        return Skipped(origin, f"Unpacked, the file is larger than {MOST_UNPACKED // 10**6} MB.")
    if "word/document.xml" in names:
        from ingestion.readers.docx import read_docx  # noqa: PLC0415  # as for PDF

        return read_docx(content, origin=origin, fallback_url=fallback_url)
    if "content.xml" in names:
        from ingestion.readers.odt import read_odt  # noqa: PLC0415  # as for PDF

        return read_odt(content, origin=origin, fallback_url=fallback_url)
    return Skipped(origin, "The file is an archive or a document of a kind that is not read.")


def _read_table(text: str, *, origin: str, fallback_url: str) -> Iterator[Document | Skipped]:
    if looks_like_questions(text):
        yield from read_question_csv(text, origin=origin, fallback_url=fallback_url)
    else:
        yield Skipped(origin, "The table has no columns `question` and `answer`.")


def _read_json(text: str, *, origin: str) -> Document | Skipped:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Skipped(origin, f"The file starts like JSON but is not: {type(error).__name__}.")
    if not looks_like_content_item(value):
        return Skipped(origin, "The JSON is not a GOV.UK content item.")
    return read_content_item(value, origin=origin)

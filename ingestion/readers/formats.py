"""The one door to all formats: what is in a file decides, its name only settles plain text."""

import codecs
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.document import Document, Skipped
from ingestion.readers.containers import kind_of_archive, refusal_of
from ingestion.readers.govuk_content import looks_like_content_item, read_content_item
from ingestion.readers.html import read_html
from ingestion.readers.markdown import read_markdown
from ingestion.readers.question_csv import looks_like_questions, read_question_csv
from ingestion.readers.text import read_text

logger = logging.getLogger(__name__)

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml|<!doctype\s+html|<!--|<(?:html|head|body|main|article|section|header|div|title"
    r"|meta|link|nav|h1|p)\b)",
    re.IGNORECASE,
)
_XML_START = re.compile(r"\s*<(?:\?xml|!doctype\s+(?!html))", re.IGNORECASE)
_TAG = re.compile(r"<[a-z][a-z0-9-]*[\s>/]", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n")
_HTML_ENDINGS = (".html", ".htm", ".xhtml")
_MARKDOWN_ENDINGS = (".md", ".markdown")
_START = 4000


@dataclass(frozen=True, slots=True)
class _File:
    text: str
    ending: str
    origin: str
    url: str


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
    try:
        yield from _read(content, name=name, origin=origin, url=fallback_url)
    # One odd file must not end a build of thousands: it is reported to the content team, and the
    # class of the error to the operator.
    except Exception as error:
        logger.exception("reading.failed", extra={"error": type(error).__name__})
        yield Skipped(origin, f"The file cannot be read ({type(error).__name__}); save it again.")


def _read(content: bytes, *, name: str, origin: str, url: str) -> Iterator[Document | Skipped]:
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-"):
        # Imported when the first PDF comes: the library takes half a second to load.
        from ingestion.readers.pdf import read_pdf  # noqa: PLC0415

        yield read_pdf(content, origin=origin, fallback_url=url)
    elif reason := refusal_of(content):
        yield Skipped(origin, reason)
    elif content.startswith(b"PK\x03\x04"):
        yield _read_archive(content, origin=origin, url=url)
    elif (text := decoded(content)) is None:
        yield Skipped(
            origin,
            "The file is not text, or its character encoding is unknown; save it as UTF-8.",
        )
    else:
        ending = name.lower()[name.rfind(".") :] if "." in name else ""
        yield from _read_text(_File(text.lstrip("\ufeff"), ending, origin, url))


def _read_archive(content: bytes, *, origin: str, url: str) -> Document | Skipped:
    kind, reason = kind_of_archive(content)
    if kind == "docx":
        from ingestion.readers.docx import read_docx  # noqa: PLC0415  # as for PDF

        return read_docx(content, origin=origin, fallback_url=url)
    if kind == "odt":
        from ingestion.readers.odt import read_odt  # noqa: PLC0415  # as for PDF

        return read_odt(content, origin=origin, fallback_url=url)
    return Skipped(origin, reason)


def _read_text(file: _File) -> Iterator[Document | Skipped]:
    text, origin = file.text, file.origin
    if not text.strip():
        yield Skipped(origin, "The file is empty.")
    elif (found := _json(file)) is not None:
        yield found
    elif _is_xml_data(file):
        yield Skipped(origin, "The file is XML data, not a page.")
    elif _is_html(file):
        yield read_html(text, origin=origin, fallback_url=file.url)
    elif file.ending not in _MARKDOWN_ENDINGS and looks_like_questions(text):
        yield from read_question_csv(text, origin=origin, fallback_url=file.url)
    elif file.ending in (".csv", ".tsv"):
        yield Skipped(origin, "The table has no columns `question` and `answer`.")
    elif _is_markdown(file):
        yield read_markdown(text, origin=origin, fallback_url=file.url)
    else:
        yield read_text(text, origin=origin, fallback_url=file.url)


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
    except (UnicodeError, LookupError, ValueError):
        return None


def _json(file: _File) -> Document | Skipped | None:
    """Return the page or refusal of JSON; None for text that only begins like it."""
    start = file.text.lstrip()[:2]
    if start[:1] not in ("{", "[") or start == "{%" or file.ending in _MARKDOWN_ENDINGS:
        return None
    try:
        value = json.loads(file.text)
    except (ValueError, RecursionError) as error:
        if file.ending == ".json" or (start[0] == "{" and not file.ending):
            kind = type(error).__name__
            return Skipped(file.origin, f"The file starts like JSON but is not: {kind}.")
        return None
    if not looks_like_content_item(value):
        return Skipped(file.origin, "The JSON is not a GOV.UK content item.")
    return read_content_item(value, origin=file.origin)


def _is_xml_data(file: _File) -> bool:
    start = file.text[:_START].lower()
    return bool(_XML_START.match(file.text)) and "<html" not in start and "<body" not in start


def _is_html(file: _File) -> bool:
    if file.ending in _MARKDOWN_ENDINGS:
        return False
    if file.ending in _HTML_ENDINGS and _TAG.search(file.text[:_START]):
        return not _FRONT_MATTER.match(file.text)
    return bool(_HTML_START.match(file.text))


def _is_markdown(file: _File) -> bool:
    plain = file.ending in ("", *_MARKDOWN_ENDINGS, *_HTML_ENDINGS, ".json")
    return plain or bool(_FRONT_MATTER.match(file.text))

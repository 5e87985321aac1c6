"""How much of a Word or OpenDocument file's text a reader kept, counted by patterns in its XML."""

import io
import re
import zipfile
from collections import Counter

from ingestion.content_recall import compare, remarked, words_of
from ingestion.document import Document

_TEXT = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)|(<w:(?:tab|br)\b)")
# Copies of text boxes for old programs, hidden runs and lines of contents.
_WORD_ASIDE = re.compile(
    r"<mc:Fallback>.*?</mc:Fallback>|<w:r>(?:(?!</w:r>).)*<w:vanish/>.*?</w:r>", re.DOTALL
)
_CONTENTS = re.compile(r'<w:pStyle w:val="(?:TOC|TableofFigures)', re.IGNORECASE)
_BLOCK_END = re.compile(r"</text:(?:p|h)>|<text:(?:s|tab|line-break)\b[^>]*>")
_BODY = re.compile(r"<office:text\b.*</office:text>", re.DOTALL)
_ODT_ASIDE = re.compile(
    r"<(office:annotation|text:(?:table-of-content|note-citation|tracked-changes))\b[^>]*(?<!/)>.*?</\1>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


def packed_words(content: bytes) -> "Counter[str]":
    """Return the words of a file's main XML part; of other files none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        is_word = "word/document.xml" in archive.namelist()
        name = "word/document.xml" if is_word else "content.xml"
        xml = archive.read(name).decode("utf-8", "replace")
    if not is_word:
        body = _BODY.search(_ODT_ASIDE.sub("", xml))
        return words_of(_plain(_TAG.sub("", _BLOCK_END.sub(" ", body[0] if body else ""))))
    # Cut where paragraphs end: those in a text box stand inside another one.
    paragraphs = (p for p in _WORD_ASIDE.sub("", xml).split("</w:p>") if not _CONTENTS.search(p))
    texts = ("".join(a or (" " if b else "") for a, b in _TEXT.findall(p)) for p in paragraphs)
    return words_of(_plain(" ".join(texts)))


def with_packed_recall(content: bytes, document: Document) -> Document:
    """Return a document with a remark when words of the file are missing in it."""
    expected = packed_words(content) - words_of(" ".join(document.hidden_text))
    return remarked(document, compare(expected, document).share)


def _plain(text: str) -> str:
    # Entities for signs; the only ones that XML knows without being told.
    return re.sub(r"&(?:amp|lt|gt|quot|apos);", " ", text)

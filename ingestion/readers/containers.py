"""What kind of file some bytes are when they are no text: first bytes, members of archives."""

import io
import lzma
import zipfile
import zlib

MOST_UNPACKED = 200_000_000
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    ValueError,
    OSError,
    EOFError,
)
"""What reading a damaged zip file raises, its packed members among it."""
_NOT_TEXT = (
    (b"{\\rtf", "RTF documents are not read; save it as .docx."),
    (b"\x89PNG", "The file is a picture; publish its words as text."),
    (b"\xff\xd8\xff", "The file is a picture; publish its words as text."),
    (b"GIF8", "The file is a picture; publish its words as text."),
    (b"\x1f\x8b", "The file is packed (gzip); unpack it first."),
    (b"7z\xbc\xaf", "The file is packed (7z); unpack it first."),
    (b"Rar!", "The file is packed (RAR); unpack it first."),
    (b"MZ\x90", "The file is a program."),
)
_OLE = b"\xd0\xcf\x11\xe0"
# Names inside old Office files are written in UTF-16.
_OLE_KINDS = (
    ("EncryptedPackage", "The document is protected with a password; save it without one."),
    ("WordDocument", "Old Word documents (.doc) are not read; save it as .docx."),
    ("Workbook", "Old Excel workbooks (.xls) are not read; save the sheet as CSV."),
    ("PowerPoint", "PowerPoint presentations are not read; publish a page or a PDF."),
)
_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "Excel workbooks are not read; save the sheet as CSV."),
    ("ppt/presentation.xml", "PowerPoint presentations are not read; publish a page or a PDF."),
    ("META-INF/container.xml", "E-books (EPUB) are not read; publish it as pages."),
    ("content.xml", "odt"),
)
_ENCRYPTED = 0x1


def refusal_of(content: bytes) -> str:
    """Return why a file is not read, by its first bytes; empty when they do not tell."""
    for start, reason in _NOT_TEXT:
        if content.startswith(start):
            return reason
    if not content.startswith(_OLE):
        return ""
    for name, reason in _OLE_KINDS:
        if name.encode("utf-16-le") in content:
            return reason
    return "Old Office documents are not read; save it as .docx."


def kind_of_archive(content: bytes) -> tuple[str, str]:
    """Return the kind of a zip file, `docx` or `odt`, else the reason why it is not read.

    Returns:
        Kind and reason; one of the two is empty.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {member.filename: member for member in archive.infolist()}
            manifest = "META-INF/manifest.xml"
            locked = any(member.flag_bits & _ENCRYPTED for member in members.values())
            if sum(member.file_size for member in members.values()) > MOST_UNPACKED:
                return "", f"Unpacked, the file is larger than {MOST_UNPACKED // 10**6} MB."
            if not locked and manifest in members:
                locked = b"encryption-data" in archive.read(manifest)
    except DAMAGED:
        return "", "The file is damaged: it begins like a document but is cut off."
    if locked:
        return "", "The document is protected with a password; save it without one."
    found = next((kind for name, kind in _MEMBERS if name in members), "")
    if found in ("docx", "odt"):
        return found, ""
    return "", found or "The file is an archive or a document of a kind that is not read."

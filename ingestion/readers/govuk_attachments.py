"""Files and links that belong to a GOV.UK content item."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

_LISTS = (
    "documents",
    "final_outcome_documents",
    "outcome_documents",
    "public_feedback_documents",
)
_TYPES = {
    "application/pdf": "PDF",
    "text/csv": "CSV",
    "text/html": "HTML",
    "text/plain": "plain text",
    "application/zip": "ZIP",
    "application/rtf": "RTF",
    "application/msword": "Word",
    "application/vnd.ms-excel": "Excel",
    "application/vnd.ms-powerpoint": "PowerPoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "application/vnd.oasis.opendocument.presentation": "ODP",
}
_WORDS = {
    "en": ("Attachment", "page", "pages"),
    "cy": ("Atodiad", "tudalen", "tudalen"),
}
_MAX_CHARACTERS = 10_000  # Ten times the longest seen; the parser is slow on what is no HTML.
_NOT_SHOWN = ("isbn", "ref:", "kb", "mb", "bytes")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment.

    Attributes:
        title: As published.
        url: Where it is; may be empty.
        about: Its type and length as people read them (`PDF`, `12 pages`).
    """

    title: str
    url: str
    about: tuple[str, ...]

    def line(self, locale: str) -> str:
        """Return it as one line of text, such as `Attachment: Annual report, PDF, 12 pages`."""
        name = _WORDS.get(locale, _WORDS["en"])[0]
        # Some titles end in `(PDF, 165KB)` already.
        told = [part for part in self.about if part not in self.title]
        return ", ".join((f"{name}: {self.title}", *told))


def attachments_of(details: Mapping[str, Any], locale: str) -> list[Attachment]:
    """Return an item's attachments, each once, pictures left out."""
    # The same file comes as a record and as HTML, sometimes under two hosts: the first counts.
    by_title: dict[str, Attachment] = {}
    for attachment in (*_from_records(details, locale), *_from_html(details)):
        by_title.setdefault(attachment.title, attachment)
    return list(by_title.values())


def _from_records(details: Mapping[str, Any], locale: str) -> Iterator[Attachment]:
    records = details.get("attachments")
    _, page, pages = _WORDS.get(locale, _WORDS["en"])
    for record in records if isinstance(records, list) else ():
        if not isinstance(record, dict) or not str(record.get("title") or "").strip():
            continue
        media = str(record.get("content_type") or "")
        if media.startswith("image/") or media == "application/jpeg":
            continue
        kind = "HTML" if record.get("attachment_type") == "html" else _TYPES.get(media, "")
        count = record.get("number_of_pages")
        about = [kind] if kind else []
        if isinstance(count, int) and count > 0:
            about.append(f"{count} {page if count == 1 else pages}")
        title = " ".join(str(record["title"]).split())
        yield Attachment(title, str(record.get("url") or ""), tuple(about))


def _from_html(details: Mapping[str, Any]) -> Iterator[Attachment]:
    for name in _LISTS:
        fragments = details.get(name)
        for fragment in fragments if isinstance(fragments, list) else ():
            if isinstance(fragment, str):
                reading = _Reading()
                reading.read(fragment[:_MAX_CHARACTERS])
                if reading.title:
                    yield reading.attachment()


class _Reading(HTMLParser):
    """Reads the HTML GOV.UK shows for one attachment: a title that links, and a line about it."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self._about = ""
        self._url = ""
        self._into = ""
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        stated = dict(attrs)
        names = stated.get("class") or ""
        if tag == "a" and self._into == "title":
            self._url = self._url or stated.get("href") or ""
        if self._into:
            return
        if "title" in names and not self.title:
            self._into, self._tag = "title", tag
        elif "metadata" in names:
            self._into, self._tag = "about", tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._tag:
            self._into = self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._into == "title":
            self.title = " ".join(f"{self.title} {data}".split())
        elif self._into == "about":
            self._about += data

    def read(self, fragment: str) -> None:
        """Read a fragment as far as it can be understood."""
        try:
            self.feed(fragment)
            self.close()
        # Up to Python 3.13 an odd `<![` is answered with an AssertionError.
        except AssertionError:
            return

    def attachment(self) -> Attachment:
        """Return what was read; sizes and reference numbers are left out."""
        parts = (" ".join(part.split()) for part in self._about.split(","))
        about = tuple(p for p in parts if p and not any(w in p.lower() for w in _NOT_SHOWN))
        return Attachment(self.title, self._url, about)

"""Read a sitemap or sitemap index: XML, or plain text with one address a line.

Format: https://www.sitemaps.org/protocol.html. The parser is expat itself: entities cannot be
declared, because a document type is refused, so nothing can grow or be fetched while parsing.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from xml.parsers import expat


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a sitemap.

    Attributes:
        address: As written.
        changed_at: `lastmod`, UTC, rounded up to the end of the day when it is only a date; None
            when it is missing or cannot be read.
    """

    address: str
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one file lists.

    Attributes:
        pages: Addresses of pages.
        sitemaps: Addresses of more sitemaps.
    """

    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()


def read_sitemap(content: bytes) -> Sitemap:
    """Read an unpacked sitemap.

    Raises:
        ValueError: It is no sitemap; the message says why.
    """
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _read_lines(content)
    reading = _Reading()
    # The separator makes namespace-qualified names end in ` name`, whatever prefix was chosen.
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(content, True)  # noqa: FBT003, the library takes no keyword
    except expat.ExpatError as error:
        raise ValueError(f"it is not valid XML ({error})") from error
    if reading.root not in ("urlset", "sitemapindex"):
        raise ValueError(f"its first element is {reading.root!r}, not a sitemap's")
    return Sitemap(tuple(reading.pages), tuple(reading.sitemaps))


def changed_at(stated: str) -> datetime | None:
    """Return a W3C date or date and time in UTC; None when it is neither."""
    text = stated.strip()
    try:
        if len(text) <= 10:
            return datetime.combine(date.fromisoformat(text), time.max, tzinfo=UTC)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _refuse_doctype(*_: object) -> None:
    raise ValueError("it declares a document type, which a sitemap never needs")


def _read_lines(content: bytes) -> Sitemap:
    lines = [line.strip() for line in content.decode("utf-8-sig", "replace").splitlines()]
    lines = [line for line in lines if line]
    if any(not line.startswith(("http://", "https://")) for line in lines):
        raise ValueError("it is neither XML nor a list of addresses")
    return Sitemap(pages=tuple(Entry(line) for line in lines))


@dataclass(slots=True)
class _Reading:
    """What the parser has seen so far."""

    root: str = ""
    path: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    address: str = ""
    stated: str = ""
    pages: list[Entry] = field(default_factory=list)
    sitemaps: list[Entry] = field(default_factory=list)

    def start(self, name: str, _attributes: object) -> None:
        local = name.rpartition(" ")[2]
        self.root = self.root or local
        self.path.append(local)
        self.words = []
        if len(self.path) == 2:
            self.address = self.stated = ""

    def text(self, words: str) -> None:
        self.words.append(words)

    def end(self, _name: str) -> None:
        match self.path:
            # Exactly three deep: an image's `loc` lies deeper and is not a page.
            case [_, _, "loc"]:
                self.address = "".join(self.words).strip()
            case [_, _, "lastmod"]:
                self.stated = "".join(self.words)
            case ["urlset", "url"] if self.address:
                self.pages.append(Entry(self.address, changed_at(self.stated)))
            case ["sitemapindex", "sitemap"] if self.address:
                self.sitemaps.append(Entry(self.address, changed_at(self.stated)))
        self.path.pop()

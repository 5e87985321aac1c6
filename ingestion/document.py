"""A page of published guidance as it was loaded, before it is cut into passages."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class BlockKind(StrEnum):
    """What a run of text is on the page."""

    PARAGRAPH = "paragraph"
    LIST = "list"
    STEPS = "steps"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list or table, in reading order.

    Attributes:
        kind: What it is on the page.
        text: A paragraph's text; for lists and tables the lead-in sentence or caption, else empty.
        items: A list's items or a procedure's steps, in order; empty for other kinds.
        headers: A table's column headings; empty when it has none.
        rows: A table's rows of cell texts; empty for other kinds.
    """

    kind: BlockKind
    text: str = ""
    items: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks directly under one heading.

    Attributes:
        heading_path: Headings from the page title down to this one.
        anchor: The heading's id on the page, for `url#anchor`; empty when it has none.
        blocks: Text in reading order, without the text of deeper headings.
        url: Address of the page part that holds the section when it is not the document's own
            (a chapter of a GOV.UK guide); empty otherwise.
    """

    heading_path: tuple[str, ...]
    anchor: str
    blocks: tuple[Block, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class PageDetails:
    """What is known about a page apart from its text.

    Attributes:
        url: Public address, absolute; the identity of the page.
        title: As published.
        description: One-sentence summary; may be empty.
        publisher: Organisation answerable for the text; may be empty.
        nation: `england`, `scotland`, `wales`, `northern-ireland`, several joined with `+`
            (`england+wales`), or `uk` for all four; empty when the page does not say.
        locale: BCP 47 tag, `en` or `cy`.
        audience: Whom it is for (`citizen`, `business`, ...); may be empty.
        document_type: The publisher's own type (`guide`, `answer`, ...); may be empty.
        updated_at: Date of the last substantive change; None when unknown.
        valid_from, valid_to: First and last day the text is right for; None when open.
        licence: As stated by the publisher; may be empty.
        alternate_url: Address of the same page in the other language; empty when there is none.
        weight: Authority of the source, as its owner set it: 1 is ordinary, above 1 is preferred.
    """

    url: str
    title: str
    description: str = ""
    publisher: str = ""
    nation: str = ""
    locale: str = "en"
    audience: str = ""
    document_type: str = ""
    updated_at: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    licence: str = ""
    alternate_url: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fetch:
    """When a page was fetched, and what the server said of that copy.

    Attributes:
        fetched_at: UTC; None for a file.
        etag, last_modified: Headers of the answer, sent back with the next request; may be empty.
        sha256: Of the bytes, in hexadecimal; empty when unknown.
    """

    fetched_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One page as loaded.

    Attributes:
        details: Address, title, publisher and dates.
        sections: Text by heading, in reading order.
        origin: File or address it was read from; with its source, the identity of what was read.
        fetch: When and how it was fetched.
        remarks: What a content designer should know ("page 3 is a picture without text").
        hidden_text: Text that people do not see on the page: hidden elements, comments. Never
            indexed; kept so that a check can look for instructions to a machine.
        links: Targets of links in the main text, as written, without repeats.
    """

    details: PageDetails
    sections: tuple[Section, ...]
    origin: str = field(default="", compare=False)
    fetch: Fetch = field(default=Fetch(), compare=False)
    remarks: tuple[str, ...] = field(default=(), compare=False)
    hidden_text: tuple[str, ...] = field(default=(), compare=False)
    links: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was found but not indexed, and why.

    Attributes:
        origin: File or address.
        reason: One sentence a content designer understands.
    """

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that the server says is the same as the copy of the version before.

    Attributes:
        origin: As in the `Document` of that version.
    """

    origin: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A page that should be there but could not be read; its last good text stays.

    Attributes:
        origin: As in the `Document` of the version before, when there was one.
        reason: One sentence a content designer understands.
    """

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A page that must not be served, whichever source still holds it.

    Attributes:
        origin: Address of the page.
        reason: One sentence a content designer understands.
    """

    origin: str
    reason: str

"""Read plain text: paragraphs between empty lines, lists by their bullets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.document import Document, PageDetails, Skipped
from ingestion.readers.paged_text import Outline

_ITEM = re.compile(r"\s*(?:[•▪◦*·–-]|\(?\d{1,2}[.)])\s+\S")
_UNDERLINE = re.compile(r"^\s*(?:=+|-{3,}|~+)\s*$")
MAX_TITLE_WORDS = 15


def read_text(content: str, *, origin: str, fallback_url: str) -> Document | Skipped:
    """Read plain text; its first line is the title, underlined lines are headings.

    Args:
        content: Decoded text.
        origin: Where it came from, for reports.
        fallback_url: Its address.
    """
    lines = content.replace("\r\n", "\n").split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if not first:
        return Skipped(origin, "The file is empty.")
    title = first if len(first.split()) <= MAX_TITLE_WORDS else _name(origin)
    outline = Outline(title)
    for kind, part in _parts(lines):
        if kind == "heading":
            outline.heading(2, part)
        else:
            outline.paragraph(part)
    outline.close()
    # The title stands in every heading path; as a paragraph of its own it would be quoted.
    if outline.sections and outline.sections[0].blocks[0].text == title:
        rest = outline.sections[0].blocks[1:]
        outline.sections[0] = replace(outline.sections[0], blocks=rest)
    sections = [section for section in outline.sections if section.blocks]
    if not sections:
        return Skipped(origin, "The file has one line of text; that is no page.")
    return Document(PageDetails(fallback_url, title), tuple(sections), origin)


def _parts(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield headings and paragraphs; an item of a list is a paragraph of its own."""
    paragraph: list[str] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        is_heading = bool(line.strip()) and bool(_UNDERLINE.match(following))
        ends = is_heading or not line.strip() or _UNDERLINE.match(line) or _ITEM.match(line)
        if ends and paragraph:
            yield "paragraph", " ".join(" ".join(paragraph).split())
            paragraph = []
        if is_heading:
            yield "heading", line.strip()
        elif line.strip() and not _UNDERLINE.match(line):
            paragraph.append(line.strip())
    if paragraph:
        yield "paragraph", " ".join(" ".join(paragraph).split())


def _name(origin: str) -> str:
    stem = origin.rpartition("/")[2].rpartition(".")[0] or origin
    return re.sub(r"[-_]+", " ", stem).strip().capitalize()

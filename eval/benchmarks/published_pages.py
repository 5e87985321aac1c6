"""The words of pages as they were published, read without our own readers."""

import json
from pathlib import Path

import lxml.html

_INLINE = frozenset(
    ("a", "abbr", "b", "br", "cite", "code", "em", "i", "small", "span", "strong", "sub", "sup")
)


def origins_of(index: Path, version: str) -> dict[str, str]:
    """Return the file each page of an index version was read from, by address."""
    with (index / "versions" / version / "pages.jsonl").open(encoding="utf-8") as lines:
        documents = [json.loads(line)["document"] for line in lines]
    return {document["details"]["url"]: document["origin"] for document in documents}


def text_of(html: bytes) -> str:
    """Return the words of a page, a line for each block."""
    parts: list[str] = []

    def walk(element: lxml.html.HtmlElement) -> None:
        is_block = element.tag not in _INLINE
        parts.append("\n" if is_block else "")
        parts.append(" ".join((element.text or "").split("\n")))
        for child in element:
            if isinstance(child.tag, str) and child.tag not in {"script", "style"}:
                walk(child)
            parts.append(" ".join((child.tail or "").split("\n")))
        parts.append("\n" if is_block else "")

    walk(lxml.html.document_fromstring(html).find("body"))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)

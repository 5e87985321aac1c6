"""What the styles and numbers of a Word document make of a paragraph."""

import re
from dataclasses import dataclass
from typing import Any

from ingestion.readers.docx_text import W, value

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of figures|index \d", re.IGNORECASE)
_BULLETS = ("bullet", "none", "")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """What a paragraph is.

    Attributes:
        name: `title`, `heading`, `list`, `steps`, `contents` or `text`.
        level: Of a heading, from 1; of an item, from 0.
    """

    name: str
    level: int = 0


class Styles:
    """Styles and numbering of one document."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        """Take the root elements of the two parts; either may be None."""
        found = styles.findall(f"{W}style") if styles is not None else []
        self._styles = {style.get(f"{W}styleId"): style for style in found}
        self._formats = _formats(numbering)
        self.hidden = frozenset(
            str(key) for key, s in self._styles.items() if s.find(f"{W}rPr/{W}vanish") is not None
        )

    def kind_of(self, paragraph: Any) -> Kind:
        """Return what a `w:p` element is."""
        own = paragraph.find(f"{W}pPr")
        chain = self._chain(value(own, f"{W}pStyle"))
        names = [value(style, f"{W}name").lower() for style in chain]
        level = self._heading_level(own, chain, names)
        if level:
            return Kind("heading", level)
        if any(_CONTENTS.match(name) for name in names):
            return Kind("contents")
        if "title" in names[:1]:
            return Kind("title")
        return self._item(own, chain, names)

    def _item(self, own: Any, chain: list[Any], names: list[str]) -> Kind:
        for properties in (own, *(style.find(f"{W}pPr") for style in chain)):
            number = properties.find(f"{W}numPr") if properties is not None else None
            if number is not None and value(number, f"{W}numId"):
                if value(number, f"{W}numId") == "0":
                    break
                depth = value(number, f"{W}ilvl")
                level = int(depth) if depth.isdigit() else 0
                shape = self._formats.get((value(number, f"{W}numId"), level), "")
                steps = shape not in _BULLETS
                return Kind("steps" if steps else "list", level)
        if names and names[0].startswith("list number"):
            return Kind("steps")
        return Kind("list" if names and names[0].startswith("list bullet") else "text")

    def _heading_level(self, own: Any, chain: list[Any], names: list[str]) -> int:
        for name in names:
            if match := _HEADING.match(name):
                return int(match[1])
        for properties in (own, *(style.find(f"{W}pPr") for style in chain)):
            outline = value(properties, f"{W}outlineLvl")
            if outline.isdigit() and int(outline) < 9:
                return int(outline) + 1
        return 0

    def _chain(self, style_id: str) -> list[Any]:
        """Return a style and those it is based on; a circle ends the chain."""
        chain: list[Any] = []
        while (style := self._styles.get(style_id)) is not None and len(chain) < _DEEPEST:
            chain.append(style)
            style_id = value(style, f"{W}basedOn")
        return chain


def _formats(numbering: Any) -> dict[tuple[str, int], str]:
    """Return the shape of numbers by list id and level."""
    if numbering is None:
        return {}
    abstract = {a.get(f"{W}abstractNumId"): a for a in numbering.findall(f"{W}abstractNum")}
    formats: dict[tuple[str, int], str] = {}
    for number in numbering.findall(f"{W}num"):
        kind = abstract.get(value(number, f"{W}abstractNumId"))
        levels = kind.findall(f"{W}lvl") if kind is not None else []
        for depth, level in enumerate(levels):
            formats[number.get(f"{W}numId") or "", depth] = value(level, f"{W}numFmt")
    return formats

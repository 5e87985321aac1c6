"""Words of a Word document's XML: what is shown, what is hidden, where links lead.

Source of the element names: ECMA-376 part 1, section 17 (WordprocessingML).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Text that a reviewer deleted or moved away, and the copy of a text box for old programs.
_GONE = frozenset((f"{W}del", f"{W}moveFrom", _FALLBACK, f"{W}rPr", f"{W}pPr", f"{W}sdtPr"))
_SPACES = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
_TARGET = re.compile(r'HYPERLINK\s+"([^"]+)"')


@dataclass(slots=True)
class Words:
    """What one paragraph holds.

    Attributes:
        shown: Its text, blanks squeezed.
        hidden: Words that are marked as hidden, or white.
        links: Targets, as written.
        notes: Ids of footnotes that it refers to.
        boxes: Elements of text boxes that hang on it.
        is_bold: Whether all of it is bold.
    """

    shown: str = ""
    hidden: str = ""
    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    is_bold: bool = False


def words_of(paragraph: Any, links: dict[str, str], hidden_styles: frozenset[str]) -> Words:
    """Return what a paragraph holds.

    Args:
        paragraph: A `w:p` element.
        links: Targets by relationship id.
        hidden_styles: Ids of styles whose text is not shown.
    """
    words = Words()
    shown: list[str] = []
    hidden: list[str] = []
    weights: list[bool] = []
    for run in _runs(paragraph, words, links):
        text = "".join(_pieces(run, words))
        if _is_hidden(run, hidden_styles):
            hidden.append(text)
        else:
            shown.append(text)
            if text.strip():
                weights.append(_is_on(run.find(f"{W}rPr/{W}b")))
    words.shown, words.hidden = (" ".join("".join(parts).split()) for parts in (shown, hidden))
    words.is_bold = bool(weights) and all(weights)
    return words


def value(element: Any, path: str = ".") -> str:
    """Return the `w:val` of an element or of one below it; empty when there is none."""
    found = element.find(path) if element is not None else None
    return "" if found is None else found.get(f"{W}val") or ""


def _runs(element: Any, words: Words, links: dict[str, str]) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in _GONE and isinstance(child.tag, str):
            if child.tag == f"{W}hyperlink" and (target := links.get(child.get(_R_ID) or "")):
                words.links.append(target)
            yield from _runs(child, words, links)


def _pieces(run: Any, words: Words) -> Iterator[str]:
    for part in run:
        if part.tag == f"{W}t":
            yield part.text or ""
        elif part.tag in _SPACES:
            yield _SPACES[part.tag]
        elif part.tag == f"{W}instrText":
            words.links.extend(_TARGET.findall(part.text or ""))
        elif part.tag == f"{W}footnoteReference":
            words.notes.append(part.get(f"{W}id") or "")
        elif part.tag not in _GONE:
            words.boxes.extend(_boxes(part))


def _boxes(part: Any) -> Iterator[Any]:
    """Yield the contents of text boxes, without the copies for old programs."""
    for box in part.iter(f"{W}txbxContent"):
        if not any(above.tag in (_FALLBACK, f"{W}txbxContent") for above in box.iterancestors()):
            yield box


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{W}val") not in ("0", "false", "none")


def _is_hidden(run: Any, hidden_styles: frozenset[str]) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    painted = properties.find(f"{W}shd") is not None or properties.find(f"{W}highlight") is not None
    return (
        _is_on(properties.find(f"{W}vanish"))
        or value(properties, f"{W}rStyle") in hidden_styles
        or (value(properties, f"{W}color").upper() == "FFFFFF" and not painted)
        or value(properties, f"{W}sz") in ("1", "2")
    )

"""What the styles of an OpenDocument text say: hidden, numbered, a title.

Source of the element names: OASIS OpenDocument 1.3 part 3, sections 16 and 20.
"""

from typing import Any

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DEEPEST = 20


class Styles:
    """Styles of one document, from both of its XML parts."""

    def __init__(self, *roots: Any) -> None:
        """Take the root elements of `content.xml` and `styles.xml`; either may be None."""
        self._styles: dict[str, Any] = {}
        self._numbered: dict[str, bool] = {}
        for root in roots:
            if root is None:
                continue
            for style in root.iter(f"{STYLE}style"):
                self._styles.setdefault(style.get(f"{STYLE}name") or "", style)
            for style in root.iter(f"{TEXT}list-style"):
                first = next(iter(style), None)
                numbered = first is not None and first.tag == f"{TEXT}list-level-style-number"
                # A number without a shape is written as nothing.
                shown = first is not None and first.get(f"{STYLE}num-format") != ""
                self._numbered.setdefault(style.get(f"{STYLE}name") or "", numbered and shown)

    def is_numbered(self, name: str) -> bool:
        """Whether a list style numbers its items; by its name when the file does not define it."""
        return self._numbered.get(name, "num" in name.lower())

    def is_hidden(self, name: str) -> bool:
        """Whether text in a style is not shown, or is white."""
        for style in self._chain(name):
            for properties in style.iter(f"{STYLE}text-properties"):
                if properties.get(f"{TEXT}display") == "none":
                    return True
                ground = properties.get(f"{_FO}background-color")
                if properties.get(f"{_FO}color", "").lower() == "#ffffff" and not ground:
                    return True
        return False

    def is_title(self, name: str) -> bool:
        """Whether a paragraph style is that of the title."""
        return name == "Title" or any(
            style.get(f"{STYLE}name") == "Title" for style in self._chain(name)
        )

    def _chain(self, name: str) -> list[Any]:
        chain: list[Any] = []
        while (style := self._styles.get(name)) is not None and len(chain) < _DEEPEST:
            chain.append(style)
            name = style.get(f"{STYLE}parent-style-name") or ""
        return chain

"""What the owner of a source says about all of its pages."""

import hashlib
import json
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from ingestion.document import Document

_FILLED = ("publisher", "nation", "audience", "licence")


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Settings of one source.

    Attributes:
        publisher, nation, audience, licence: Given to pages that do not state their own.
        locale: Language of every page that does not state Welsh; a page's `en` is too often only
            what its template or our reader put there. Empty for a source in several languages.
        weight: Authority of every page; 1 is ordinary, above 1 is preferred.
        include: Shell patterns of what to read; empty for everything.
        exclude: Shell patterns of what to leave out, also when it is included.
        max_pages: A source that lists more is not read: a wrong address should not cost days.
        max_depth: How many steps to follow from a GOV.UK collection to what it lists.
    """

    publisher: str = ""
    nation: str = ""
    audience: str = ""
    licence: str = ""
    locale: str = ""
    weight: float = 1.0
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_pages: int = 20_000
    max_depth: int = 4

    def takes(self, *names: str) -> bool:
        """Whether something with these names (address, path, file name) is to be read.

        Patterns are shell patterns (`fnmatch`): `*` stands for any characters, `/` too; a pattern
        that ends in `/` stands for everything below. They are held against the whole address, its
        path, and a file's name within its folder.
        """
        included = not self.include or any(_fits(form, self.include) for form in _forms(names))
        return included and not self.leaves_out(*names)

    def leaves_out(self, *names: str) -> bool:
        """Whether something is left out by name, so that not even its list of pages is read."""
        return any(_fits(form, self.exclude) for form in _forms(names))

    def describe(self, document: Document) -> Document:
        """Return the page with what its source states."""
        details = document.details
        filled = {
            name: getattr(self, name)
            for name in _FILLED
            if not getattr(details, name) and getattr(self, name)
        }
        if self.locale and details.locale in ("", "en"):
            filled["locale"] = self.locale
        return replace(document, details=replace(details, weight=self.weight, **filled))

    @property
    def digest(self) -> str:
        """SHA-256 of the settings that are written into pages."""
        written = json.dumps([getattr(self, name) for name in (*_FILLED, "locale", "weight")])
        return hashlib.sha256(written.encode()).hexdigest()


def _forms(names: tuple[str, ...]) -> set[str]:
    return {form for name in names if name for form in (name, urlsplit(name).path)}


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, p + "*" if p.endswith("/") else p) for p in patterns)

"""GOV.UK, read by its Content API: one page, or a collection and everything it lists.

API: https://content-api.publishing.service.gov.uk. It is made for programs, so robots.txt does not
apply; its limit of 10 requests a second is kept by the delay between requests.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingestion.document import Document, Failed, Fetch, Kept, Skipped
from ingestion.errors import (
    AddressRefusedError,
    FetchFailedError,
    SourceNotFoundError,
    SourceUnavailableError,
)
from ingestion.readers.govuk_content import SITE, read_content_item
from ingestion.source import Found
from ingestion.sources.fetching import Fetcher, Response
from ingestion.sources.govuk_links import (
    Listed,
    destination_of,
    listed_by,
    parent_of,
    path_on_site,
    schema_of,
)
from ingestion.sources.pacing import in_order
from ingestion.sources.source_settings import SourceSettings
from ingestion.sources.web_pages import meaning_of

CONTENT_API = "https://www.gov.uk/api/content"


@dataclass(frozen=True, slots=True)
class _Answered:
    """What the API said of one path.

    Attributes:
        listed: What was asked.
        path: Base path of what was answered; the one asked when nothing was.
        found: What that means for the index.
        lists: Pages to read as well.
        parent: Path of the page an HTML publication belongs to.
        is_complete: Whether all pages it may list are known.
    """

    listed: Listed
    path: str
    found: Found
    lists: tuple[Listed, ...] = ()
    parent: str = ""
    is_complete: bool = True


@dataclass(slots=True)
class _Walk:
    """What was read so far; in the order it was found."""

    answers: list[_Answered] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    missing: str = ""


class GovukSource:
    """A GOV.UK page, or the pages a collection, step by step, manual or browse page lists."""

    def __init__(
        self,
        path: str,
        fetcher: Fetcher,
        *,
        api: str = CONTENT_API,
        location: str = "",
        settings: SourceSettings | None = None,
    ) -> None:
        self._path = path_on_site(path) or path
        self._api = api.rstrip("/")
        self._location = location or f"govuk:{path}"
        self._settings = settings or SourceSettings()
        self._fetcher = fetcher

    @property
    def location(self) -> str:
        """Name or address as given to the build."""
        return self._location

    @property
    def settings_digest(self) -> str:
        """Changes when what the owner says of the pages does; kept copies are out of date then."""
        return self._settings.digest

    def read(self, earlier: Mapping[str, Fetch]) -> Iterator[Found]:
        """Yield every page, the first first, then what it lists, level by level.

        Raises:
            AddressRefusedError: The API lies in a private network.
            SourceNotFoundError: There is no such page, and there was none before.
            SourceUnavailableError: The API does not answer for the first page.
        """
        walk = _Walk(seen={self._path})
        level: Sequence[Listed] = (Listed(self._path),)
        depth = 0
        while level and depth <= self._settings.max_depth:
            level = self._read_level(
                level, walk, earlier, is_last=depth == self._settings.max_depth
            )
            depth += 1
        out = {a.path for a in walk.answers if isinstance(a.found, Skipped)}
        for answer in walk.answers:
            if self._is_shown(answer):
                yield _without_parent(answer, out)
        if walk.missing:
            yield from self._not_reached(walk, earlier)

    def _read_level(
        self,
        level: Sequence[Listed],
        walk: _Walk,
        earlier: Mapping[str, Fetch],
        *,
        is_last: bool,
    ) -> list[Listed]:
        """Read one level and return the next."""
        following: list[Listed] = []

        def read_one(listed: Listed) -> _Answered:
            return self._read_one(listed, earlier)

        for answer in in_order(read_one, level, workers=self._fetcher.limits.concurrency):
            if answer.listed.path == self._path:
                self._check_start(answer, earlier)
            walk.answers.append(_once(answer, walk.seen))
            if not answer.is_complete:
                walk.missing = f"{answer.path} could not be read"
            for page in () if is_last else answer.lists:
                if page.path not in walk.seen and self._is_wanted(page):
                    walk.seen.add(page.path)
                    following.append(page)
            if len(walk.seen) > self._settings.max_pages:
                reason = f"it lists more than {self._settings.max_pages} pages; see `max_pages`"
                raise SourceUnavailableError(self._location, reason=reason)
        return following

    def _check_start(self, answer: _Answered, earlier: Mapping[str, Fetch]) -> None:
        if isinstance(answer.found, Failed):
            raise SourceUnavailableError(self._location, reason=answer.found.reason.rstrip("."))
        is_missing = isinstance(answer.found, Skipped) and "does not exist" in answer.found.reason
        if is_missing and answer.found.origin not in earlier:
            raise SourceNotFoundError(self._location)

    def _is_wanted(self, page: Listed) -> bool:
        names = (page.path, SITE + page.path)
        if page.lists_nothing:
            return self._settings.takes(*names)
        # What it lists may be included although it is not itself.
        return not self._settings.leaves_out(*names)

    def _is_shown(self, answer: _Answered) -> bool:
        return self._settings.takes(answer.path, SITE + answer.path)

    def _not_reached(self, walk: _Walk, earlier: Mapping[str, Fetch]) -> Iterator[Failed]:
        """Keep what a list that failed may still hold."""
        reached = {answer.found.origin for answer in walk.answers}
        reason = f"It was not reached this time: {walk.missing}."
        for origin in sorted(set(earlier) - reached):
            if origin.startswith(self._api + "/"):
                yield Failed(origin, reason)

    def _read_one(self, listed: Listed, earlier: Mapping[str, Fetch]) -> _Answered:
        origin = self._api + listed.path
        known = earlier.get(origin)
        answer = self._answer(origin, known if listed.lists_nothing else None)
        if isinstance(answer, Response):
            item = _item_in(answer)
            if item is not None:
                return self._understood(listed, item, answer, earlier)
            answer = Failed(origin, "The Content API's answer cannot be understood.")
        is_complete = listed.lists_nothing or not isinstance(answer, Failed)
        return _Answered(listed, listed.path, answer, is_complete=is_complete)

    def _answer(self, origin: str, known: Fetch | None) -> Response | Found:
        try:
            answer = self._fetcher.get(origin, earlier=known, accept="application/json")
        except FetchFailedError as error:
            return Failed(origin, f"It could not be read: {error.reason}.")
        except AddressRefusedError as error:
            if origin == self._api + self._path:
                raise  # The operator has to allow the host; waiting does not help.
            return Failed(origin, f"Not asked: {error.reason}.")
        if answer.status == 304 and known:
            return Kept(origin)
        # A page that was removed is answered with 410 and an item that says why.
        if answer.status == 200 or (answer.status == 410 and _item_in(answer)):
            return answer
        return meaning_of(origin, answer.status)

    def _understood(
        self,
        listed: Listed,
        item: Mapping[str, Any],
        answer: Response,
        earlier: Mapping[str, Fetch],
    ) -> _Answered:
        path = str(item.get("base_path") or listed.path)
        origin = self._api + path
        lists = listed_by(item)
        destination = destination_of(item) if schema_of(item) == "redirect" else ""
        if destination.startswith("/"):
            lists = [Listed(destination)]
        found: Found = read_content_item(item, origin=origin)
        if isinstance(found, Document):
            known = earlier.get(origin)
            if known and known.sha256 == answer.fetch.sha256:
                found = Kept(origin)
            else:
                found = self._settings.describe(replace(found, fetch=answer.fetch))
        parent = parent_of(item) if schema_of(item) == "html_publication" else ""
        return _Answered(listed, path, found, tuple(lists), parent)


def _item_in(answer: Response) -> Mapping[str, Any] | None:
    try:
        item = json.loads(answer.content)
    except (ValueError, RecursionError):
        return None
    is_item = isinstance(item, dict) and ("schema_name" in item or "base_path" in item)
    return item if is_item else None


def _once(answer: _Answered, seen: set[str]) -> _Answered:
    """Turn the second reading of a page, under the address of one of its parts, into a skip."""
    if answer.path == answer.listed.path:
        return answer
    if answer.path in seen:
        origin = answer.found.origin.removesuffix(answer.path) + answer.listed.path
        reason = f"It is part of {answer.path}, which is read by itself."
        return replace(answer, path=answer.listed.path, found=Skipped(origin, reason), lists=())
    seen.add(answer.path)
    return answer


def _without_parent(answer: _Answered, out: set[str]) -> Found:
    """Leave out an HTML publication whose page was withdrawn, removed or left out."""
    if answer.parent and answer.parent in out and not isinstance(answer.found, Skipped):
        return Skipped(answer.found.origin, f"Its page {answer.parent} is not read.")
    return answer.found

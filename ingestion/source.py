"""What a build needs from a place where guidance is published."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from ingestion.document import Document, Failed, Fetch, Kept, Skipped, Withdrawn

Found = Document | Skipped | Kept | Failed | Withdrawn


class Source(Protocol):
    """A folder, a file, a content API or a website."""

    @property
    def location(self) -> str:
        """Name or address as given to the build; stable between builds."""
        ...

    @property
    def settings_digest(self) -> str:
        """Changes when what the owner says of the pages does; kept copies are out of date then."""
        ...

    def read(self, earlier: Mapping[str, Fetch]) -> Iterator[Found]:
        """Yield every page, in an order that depends on nothing but the pages.

        Args:
            earlier: What is known of the copies of the version before, by origin. Empty when every
                page has to be read again.

        Raises:
            SourceNotFoundError: There is no such file, folder or site.
            SourceUnavailableError: It cannot be listed now; its pages keep their last good text.
        """
        ...

"""What a content management system says has happened: published, updated, withdrawn.

Events are appended to a log and never changed. Of all events about a page the one that happened
last counts, whenever it arrived and however often; that makes order and repetition harmless.
"""

import fcntl
import os
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

LOG = Path("events") / "log.jsonl"


class EventKind(StrEnum):
    """What happened to a page."""

    PUBLISH = "publish"
    UPDATE = "update"
    WITHDRAW = "withdraw"


class GuidanceEvent(BaseModel):
    """One change of one page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event_id: str = Field(
        min_length=1, max_length=200, description="The sender's identifier; repeats are harmless."
    )
    kind: EventKind = Field(description="What happened to the page.")
    url: str = Field(
        pattern=r"^https?://[^\s/]+\S*$", max_length=2_000, description="Address of the page."
    )
    occurred_at: AwareDatetime = Field(
        description="When it happened; of all events about a page the last one counts."
    )
    html: str = Field(
        default="",
        max_length=4_000_000,
        description="The page, for `publish` and `update`; empty when a source will fetch it.",
    )
    title: str = Field(default="", max_length=500, description="Title, when the page has none.")
    publisher: str = Field(default="", max_length=300, description="Who answers for the text.")

    @property
    def order(self) -> tuple[datetime, str]:
        """What decides which of two events about a page counts."""
        return self.occurred_at, self.event_id


class EventLog:
    """The events of one index, on disk beside its versions."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / LOG

    def append(self, event: GuidanceEvent) -> None:
        """Keep an event for good before returning.

        Raises:
            OSError: It cannot be written.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab", buffering=0) as stream:
            # Several service processes append to one file.
            fcntl.flock(stream, fcntl.LOCK_EX)
            stream.write(event.model_dump_json().encode() + b"\n")
            os.fsync(stream.fileno())

    def latest(self) -> dict[str, GuidanceEvent]:
        """Return for each page the event that counts.

        A last line that was cut off by a power cut is left out: its sender was told of an error.
        """
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return {}
        found: dict[str, GuidanceEvent] = {}
        for line in lines:
            try:
                event = GuidanceEvent.model_validate_json(line)
            except ValidationError:
                continue
            known = found.get(event.url)
            if known is None or event.order > known.order:
                found[event.url] = event
        return found

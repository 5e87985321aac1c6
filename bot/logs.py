"""Logs as one JSON object a line: event, level, time and what the event brings along.

Only named fields get out. An exception is logged by class and place, because its message may hold
a citizen's words. What a library says is scrubbed as well: our own events are constants.
"""

import json
import logging
import sys
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import UTC, datetime

from guardrails import Verdict
from guardrails.verdict import Evidence

logger = logging.getLogger(__name__)

FIELDS = (
    *("status", "seconds", "error", "place", "index_version", "stage", "contact", "reviewed"),
    *(field.name for field in fields(Evidence)),
)

ROOMS = ("bot", "ingestion", "guardrails", "eval")


class JsonFormatter(logging.Formatter):
    """Formats a record as JSON."""

    def __init__(self, scrub: Callable[[str], str]) -> None:
        super().__init__()
        self._scrub = scrub

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        moment = datetime.fromtimestamp(record.created, tz=UTC)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": self._event(record),
            "logger": record.name,
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False, default=str)

    def _event(self, record: logging.LogRecord) -> str:
        own = record.name.partition(".")[0] in ROOMS
        return record.getMessage() if own else self._scrub(record.getMessage())


def configure_logging(scrub: Callable[[str], str], level: int = logging.INFO) -> None:
    """Send logs to standard error as JSON; libraries only from warnings up.

    Args:
        scrub: Takes personal data out of what libraries say.
        level: Of our own rooms.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(scrub))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for room in ROOMS:
        logging.getLogger(room).setLevel(level)


def log_verdict(verdict: Verdict) -> None:
    """Write down what was decided, by which rule and how fast: nothing of the text."""
    logger.info("guardrail.verdict", extra=asdict(verdict.evidence()))

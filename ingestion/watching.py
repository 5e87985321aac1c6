"""Build again whenever guidance changes: files, events of a content management system, or time."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from time import monotonic

from watchfiles import watch as watch_files

from ingestion.build import BuildResult
from ingestion.errors import IngestionError

# Editors and copies write a file in several steps; one build for all of them.
SETTLE_MILLISECONDS = 400
# How often the watch looks up to see whether it should stop, or a build is due.
LOOK_UP_MILLISECONDS = 500
Build = Callable[[], BuildResult]


def watch(
    build: Build, paths: Sequence[Path], *, stop: Event, every_seconds: float
) -> Iterator[BuildResult | IngestionError]:
    """Build now, then after every change, and yield what came of each build.

    A build that fails is yielded and the watch goes on: the next change may put it right.

    Args:
        build: Builds once.
        paths: Folders and files whose changes count; folders are created when missing.
        stop: Ends the watch.
        every_seconds: Build also when nothing was seen to change for so long, for sources that
            have to be asked; 0 for never.
    """
    for path in paths:
        if not path.exists():
            path.mkdir(parents=True)
    changes = watch_files(
        *paths,
        debounce=SETTLE_MILLISECONDS,
        stop_event=stop,
        rust_timeout=LOOK_UP_MILLISECONDS,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    # The first look is taken before the first build: what changes while it runs is not missed.
    next(changes, None)
    yield _built(build)
    built_at = monotonic()
    for changed in changes:
        is_due = every_seconds > 0 and monotonic() - built_at >= every_seconds
        if changed or is_due:
            yield _built(build)
            built_at = monotonic()


def _built(build: Build) -> BuildResult | IngestionError:
    try:
        return build()
    except IngestionError as error:
        return error

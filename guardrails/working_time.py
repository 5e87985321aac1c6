"""Processor time that a text costs: without the pauses of Python's garbage collector.

A collection of a large heap takes a second. It happens to fall on some question and is not that
question's fault: a budget that counts it refuses harmless messages.
"""

import gc
import threading
from collections.abc import Mapping
from time import thread_time

_pauses = threading.local()


def working_time() -> float:
    """Return the seconds this thread has worked, without the pauses of garbage collection."""
    return thread_time() - getattr(_pauses, "total", 0.0)


def _note_pause(phase: str, _info: Mapping[str, int]) -> None:
    if phase == "start":
        _pauses.began = thread_time()
        return
    now = thread_time()
    _pauses.total = getattr(_pauses, "total", 0.0) + now - getattr(_pauses, "began", now)


gc.callbacks.append(_note_pause)

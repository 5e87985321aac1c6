"""The order of the test files: those that take long come first, so that no worker waits at the end.

Workers take whole files. By default the files with the fewest tests would come last, among them
those with a few tests that start whole services.
"""

import gc
from collections.abc import Sequence

import pytest

# Longest first; a file that is not named here takes its turn as collected.
LONGEST = (
    "tests/test_no_leak.py",
    "tests/ingestion/test_ray_engine.py",
    "tests/test_whole_journey.py",
    "tests/eval/test_fine_tuning.py",
)


def pytest_collection_finish() -> None:
    """Keep what was loaded for good out of the garbage collector's way, as the service does."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(item.nodeid, LONGEST))


def _place(nodeid: str, longest: Sequence[str]) -> int:
    file = nodeid.partition("::")[0]
    return longest.index(file) if file in longest else len(longest)

from collections.abc import Iterator

import pytest

from tests.ingestion.site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running

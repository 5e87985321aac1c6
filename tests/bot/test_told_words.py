"""What a question tells and one sentence of the page holds is not left out."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.services import Services
from tests.bot.asking import ask
from tests.bot.conftest import index_of

pytestmark = pytest.mark.anyio

PAGES = {
    "wardens": (
        "title: Harbour wardens",
        "Harbour wardens can take a boat. Harbour wardens can take what is in a boat. Harbour "
        "wardens can take the boat away and harbour wardens can sell what they take.\n\n"
        "## What is left\n\nThe mattress and the stove stay with you.",
    ),
    **{f"page-{i}": (f"title: Page {i}", f"Ask the clerk about form {i}.") for i in range(40)},
}


@pytest.fixture
def harbour(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    index = index_of(PAGES, tmp_path_factory.mktemp("harbour"))
    yield replace(services, index=index)
    index.close()


async def test_the_sentence_with_the_telling_word_comes_along(harbour: Services) -> None:
    answer = await ask("can harbour wardens take my mattress", harbour)

    assert "mattress" in answer.text


async def test_nothing_is_added_where_all_is_told(harbour: Services) -> None:
    answer = await ask("can harbour wardens take my boat", harbour)

    assert "mattress" not in answer.text

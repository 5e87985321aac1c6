"""The same page under two addresses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.langchain_retriever import GuidanceRetriever
from bot.retrieval import Query
from bot.searching import search_guidance
from bot.services import Services
from ingestion.passage_index import PassageIndex
from tests.bot.conftest import index_of

TEXT = "A bus pass is free if you are 66.\n\nYou apply to your council.\n\nBring a photo.\n\n"
PAGES = {
    "bus-pass": ("title: Bus pass\nnation: england\nvalid_to: 2027-03-31", TEXT),
    "copy": ("title: Bus pass\nnation: england\nvalid_to: 2025-03-31", TEXT),
    "scotland": ("title: Bus pass\nnation: scotland", TEXT),
    "new-figure": ("title: Bus pass\nnation: england", TEXT.replace("66", "65")),
}
QUESTION = "Is a bus pass free?"
QUERY = Query(QUESTION, QUESTION)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    root = tmp_path_factory.mktemp("copies")
    opened = index_of(PAGES, root)
    yield opened
    opened.close()


@pytest.fixture
def changed(services: Services, copied: PassageIndex) -> Services:
    return replace(services, index=copied, today=lambda: date(2026, 11, 1))


def names(rows: object, index: PassageIndex) -> list[str]:
    return [index.pages[page.row].url.rsplit("/", 1)[1] for page in rows]  # type: ignore[attr-defined]


def test_a_copy_is_left_out_and_remembered(changed: Services) -> None:
    found = search_guidance(QUERY, changed)

    assert sorted(names(found.pages, changed.index)) == ["bus-pass", "new-figure", "scotland"]
    assert names(found.copies, changed.index) == ["copy"]
    kept = {page.row for page in found.pages}
    assert {unit.page for unit in found.units} == kept


def test_a_chain_gets_each_text_once_for_each_nation(changed: Services) -> None:
    found = GuidanceRetriever(services=changed, limit=10).invoke(QUESTION)

    assert "https://x.gov.uk/copy" not in {document.metadata["url"] for document in found}

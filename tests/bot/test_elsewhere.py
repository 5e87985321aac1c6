"""Guidance for other nations than the citizen's is named and not quoted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answer import AnswerStatus
from bot.enquiry import Nation, Turn
from bot.services import Services
from ingestion.passage_index import PassageIndex
from tests.bot.asking import ask
from tests.bot.conftest import index_of

pytestmark = pytest.mark.anyio

PAGES = {
    "divorce": (
        "title: Get a divorce\nnation: england+wales",
        "To get a divorce you must have been married for a year. A divorce costs £612.",
    ),
    "legal-aid-scotland": (
        "title: Legal aid in Scotland\nnation: scotland",
        "Legal aid in Scotland can cover a divorce, housing and debt.",
    ),
    "carers-allowance": (
        "title: Carer's Allowance\nnation: england+wales",
        "You can work while you get Carer's Allowance if you earn £204 a week or less.",
    ),
    "carer-support-payment": (
        "title: Carer Support Payment\nnation: scotland",
        "It replaces Carer's Allowance. You can work while you get it, up to £204 a week.",
    ),
    "parking": ("title: Parking fines\nnation: england", "A parking fine is £70."),
    "court": (
        "title: Pay a court fine\nnation: england+wales",
        "Pay a court fine online. A fine for parking, a parking notice of a council, is another thing.",
    ),
    "levy-scotland": (
        "title: Harbour levy in Scotland\nnation: scotland",
        "The harbour levy is less for a small boat that one sailor keeps alone.",
    ),
    "levy-england": ("title: Harbour levy in England\nnation: england", "The harbour levy is £9."),
    "moving": (
        "title: When you move your boat\nnation: england",
        "Tell us about the harbour levy for a boat that you keep alone when you move.",
    ),
    "buses": ("title: Free bus travel\nnation: uk", "You can travel free by bus if you are 66."),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    folder: Path = tmp_path_factory.mktemp("elsewhere")
    opened = index_of(PAGES, folder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("How do I get a divorce in Glasgow?", {}),
        ("How do I get a divorce?", {"nation": Nation.SCOTLAND}),
        ("I live in EH1. How do I get a divorce?", {}),
        ("what about Glasgow?", {"history": (Turn("user", "How do I get a divorce?"),)}),
    ],
)
async def test_another_nations_rules_are_named_and_not_quoted(
    question: str, more: dict[str, object], services: Services
) -> None:
    answer = await ask(question, services, **more)

    assert answer.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert "is for England and Wales, not for Scotland" in answer.text
    assert answer.citations == ()
    assert answer.nearest_pages[0].title == "Get a divorce"
    assert [page.number for page in answer.nearest_pages] == [
        *range(1, len(answer.nearest_pages) + 1)
    ]


async def test_the_page_that_is_named_is_meant(services: Services) -> None:
    answer = await ask("parking fine in Swansea", services)

    assert answer.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert answer.nearest_pages[0].title == "Parking fines"


async def test_nobody_is_told_that_their_nation_has_no_page_where_it_has(
    services: Services,
) -> None:
    answer = await ask("harbour levy for a small boat that one sailor keeps in Leeds", services)

    assert answer.status is AnswerStatus.ANSWERED
    assert "not for England" not in answer.text


async def test_the_reply_is_in_the_citizens_language(services: Services) -> None:
    answer = await ask("Get a divorce yn yr Alban?", services, locale="cy")

    assert answer.language == "cy"
    assert "Ar gyfer Lloegr a Chymru" in answer.text
    assert "nid ar gyfer yr Alban" in answer.text


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("How do I get a divorce in Wales?", "Get a divorce"),
        ("How much is a divorce?", "Get a divorce"),
        ("What does legal aid in Scotland cover?", "Legal aid in Scotland"),
        ("Can I travel free by bus in Scotland?", "Free bus travel"),
        ("Carer Support Payment in Scotland: can I work?", "Carer Support Payment"),
    ],
)
async def test_what_is_right_for_the_nation_is_quoted(
    question: str, title: str, services: Services
) -> None:
    answer = await ask(question, services)

    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].title == title


async def test_the_page_whose_service_is_named_beats_one_that_mentions_it(
    services: Services,
) -> None:
    answer = await ask("Can I work while claiming Carer's Allowance?", services)

    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].title == "Carer's Allowance"


async def test_nothing_is_quoted_from_a_page_for_another_nation(services: Services) -> None:
    question = "Carer Support Payment: can I work while I get it?"

    answer = await ask(question, services, nation=Nation.SCOTLAND)

    assert answer.status is AnswerStatus.ANSWERED
    assert {citation.nation for citation in answer.citations} <= {"scotland", "uk"}

"""Where somebody lives is no subject: it is not searched for, and nothing is missing for it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot import Answer, Enquiry, Services, answer_question
from bot.answer import AnswerStatus
from bot.enquiry import Nation
from bot.pipeline import _is_sure
from bot.retrieval import Query
from bot.retrieval.evidence import led_by
from bot.searching import search_guidance
from bot.understanding.places import without_where
from ingestion.passage_index import PassageIndex
from tests.bot.conftest import index_of

PAGES = {
    "licence": (
        "title: Get a provisional driving licence",
        "You need a provisional licence to learn to drive. It costs £34.",
    ),
    "passport": ("title: Passport fees", "A passport costs £94.50."),
}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("How much is a passport in Northern Ireland?", "How much is a passport ?"),
        ("faint yw presgripsiwn yng Nghymru", "faint yw presgripsiwn"),
        ("How much is a passport in London?", "How much is a passport ?"),
        ("I live in Bath, when are bins emptied", "I live , when are bins emptied"),
        ("bin collection brighton", "bin collection"),
        ("Bin collection near Tower Hamlets?", "Bin collection ?"),
        ("Dwi angen bin newydd yng Nghaerdydd", "Dwi angen bin newydd"),
        ("moving to Leeds", "moving to Leeds"),
        ("from Devon to Durham", "from Devon to Durham"),
        ("my doctor is in Leeds", "my doctor is in Leeds"),
        ("London Road is flooded", "London Road is flooded"),
        ("In Scotland", "In Scotland"),
        ("in leeds", "in leeds"),
        ("Leeds", "Leeds"),
        ("Scottish Child Payment", "Scottish Child Payment"),
    ],
)
def test_takes_out_where_and_never_everything(text: str, rest: str) -> None:
    assert without_where(text) == rest


@pytest.mark.parametrize(
    ("query", "alone"),
    [
        (Query("How much?", "How much?"), True),
        (Query("How much?", "How much in Leeds?", bare="How much?"), True),
        (Query("How much?", "A passport. How much?"), False),
        (
            Query("How much?", "A passport. How much?", bare="How much?", leans_on="A passport."),
            False,
        ),
    ],
)
def test_a_place_is_nothing_told_around_a_question(query: Query, alone: bool) -> None:
    assert query.stands_alone is alone


@pytest.fixture(scope="module")
def guidance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of(PAGES, tmp_path_factory.mktemp("where"))
    yield opened
    opened.close()


@pytest.mark.anyio
@pytest.mark.parametrize("where", ["", " in Leeds", " in Scotland", " leeds"])
async def test_what_is_lacking_is_lacking_everywhere(
    where: str, services: Services, guidance: PassageIndex
) -> None:
    enquiry = Enquiry(f"How do I get a dog licence{where}?")
    *_, last = [
        event async for event in answer_question(enquiry, replace(services, index=guidance))
    ]

    assert isinstance(last, Answer)
    assert last.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert "dog licence" in last.text


ENGLISH = {
    "bins": (
        "title: Bins and bulky waste\nnation: england",
        "Look up your bin day with your postcode. Your bin day is the same each week.",
    ),
    "water": (
        "title: On the water\nnation: england",
        "A kayak permit costs £5. You need a kayak permit for a kayak.",
    ),
    "holiday": ("title: Holiday entitlement", "You get 28 days of holiday a year. It costs £0."),
}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("question", "status", "completeness"),
    [
        ("When is my bin day in Swansea?", AnswerStatus.NO_ANSWER_NOT_FOUND, "none"),
        ("How much is a kayak permit in England?", AnswerStatus.ANSWERED, "complete"),
    ],
)
async def test_a_short_word_names_the_page_of_another_nation(
    question: str,
    status: AnswerStatus,
    completeness: str,
    services: Services,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    index = index_of(ENGLISH, tmp_path_factory.mktemp("england"))
    *_, last = [e async for e in answer_question(Enquiry(question), replace(services, index=index))]
    index.close()

    assert isinstance(last, Answer)
    assert (last.status, last.completeness) == (status, completeness)


@pytest.mark.anyio
async def test_the_confidence_in_a_page_of_another_nation_is_none_in_the_rest(
    services: Services, tmp_path_factory: pytest.TempPathFactory
) -> None:
    index = index_of(ENGLISH, tmp_path_factory.mktemp("led"))
    here = replace(services, index=index)
    query = Query("kayak permit", "kayak permit", nation=Nation.WALES)
    evidence = search_guidance(query, here)
    english = next(p.row for p in evidence.pages if index.pages[p.row].nation == "england")
    led = led_by(english, evidence)
    *_, answer = [event async for event in answer_question(Enquiry("kayak permit"), here)]

    assert isinstance(answer, Answer)
    assert led is not None
    assert not _is_sure(answer, query, led, here)
    assert _is_sure(answer, replace(query, nation=Nation.ENGLAND), led, here)
    index.close()

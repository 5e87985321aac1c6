"""A service that the guidance does not hold is named, not answered from a page like it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from bot.answer import Answer, AnswerStatus
from bot.enquiry import Enquiry, Turn
from bot.pipeline import answer_question
from bot.replying.unfound import Unfound, on_its_page
from bot.retrieval import Evidence, PageCandidate, UnitCandidate
from bot.retrieval.calibration import default_calibration
from bot.retrieval.signals import COVERAGE_SIGNALS, PAGE_SIGNALS
from bot.services import Services
from ingestion.passage_index import PassageIndex
from tests.bot.conftest import index_of

pytestmark = pytest.mark.anyio
PAGES = {
    "licence": (
        "title: Get a provisional driving licence\nnation: uk",
        "You can get a provisional driving licence when you are 15 years and 9 months old.\n\n"
        "## What it costs\n\nA licence costs £34 online.",
    ),
    "visit": (
        "title: Visit the UK\nnation: uk",
        "You need a visa to visit your family. You cannot switch to a partner visa.",
    ),
    "deposit": (
        "title: Holding deposit cap\nnation: uk",
        "A holding deposit is at most one week's rent. A visa fee and a licence do not count.",
    ),
    "tax": ("title: Tax your vehicle\nnation: uk", "You must tax your vehicle every year."),
}


@pytest.fixture(scope="module")
def guidance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of(PAGES, tmp_path_factory.mktemp("look-alikes"))
    yield opened
    opened.close()


@pytest.fixture
def bot(services: Services, guidance: PassageIndex) -> Services:
    weights = dict.fromkeys(services.calibration.confidence_weights, 0.0)  # always half sure
    calibration = services.calibration.model_copy(update={"confidence_weights": weights})
    return replace(services, index=guidance, calibration=calibration)


async def answer_to(enquiry: Enquiry, services: Services) -> Answer:
    events = [event async for event in answer_question(enquiry, services)]
    assert isinstance(events[-1], Answer)
    return events[-1]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How do I get a dog licence?", "dog licence"),
        ("How do I become the king?", "king"),
        ("what is the fine for drink driving", "fine"),
        ("How do I get a spouse visa?", "spouse visa"),
    ],
)
async def test_what_no_page_holds_is_not_found_and_named(
    question: str, named: str, bot: Services
) -> None:
    answer = await answer_to(Enquiry(question), bot)

    assert answer.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert f"“{named}”" in answer.text
    assert "contact the organisation" in answer.text
    assert not answer.citations


@pytest.mark.parametrize(
    "question",
    ["how do i get a linda okafor licence", "How do I get a Linda Okafor licence?"],
)
async def test_a_name_that_no_page_holds_is_not_repeated(question: str, bot: Services) -> None:
    answer = await answer_to(Enquiry(question), bot)

    assert answer.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert "okafor" not in answer.text.lower()


@pytest.mark.parametrize(
    "question",
    [
        "How do I get a provisional licence?",
        "how old must i be for a licence",
        "How do I pay road tax?",
        "How much does a licence cost in Glasgow?",
        "how do i get my licence quickly",
    ],
)
async def test_what_a_page_holds_is_answered(question: str, bot: Services) -> None:
    answer = await answer_to(Enquiry(question), bot)

    assert answer.status is AnswerStatus.ANSWERED
    assert not any(notice.kind == "unfound" for notice in answer.notices)


def test_the_page_whose_title_names_a_thing_is_tried(guidance: PassageIndex) -> None:
    pages = {page.title: row for row, page in enumerate(guidance.pages)}
    zeros = np.zeros(len(PAGE_SIGNALS), dtype=np.float32)
    held = np.zeros(len(COVERAGE_SIGNALS), dtype=np.float32)
    first, second = pages["Tax your vehicle"], pages["Holding deposit cap"]
    found = tuple(
        PageCandidate(row, score, zeros, 0.0, held) for row, score in ((first, 2.0), (second, 1.0))
    )
    passage = int(guidance.page_of_passage.searchsorted(second))
    unit = int(guidance.passage_of_unit.searchsorted(passage))
    units = (UnitCandidate(unit, passage, second, 0.0, np.zeros(0, dtype=np.float32)),)
    evidence = Evidence(found, units, 1.0, 1.0, {})

    led = on_its_page(Unfound("deposit cap", True), evidence, guidance, default_calibration())
    none = on_its_page(Unfound("dog licence", True), evidence, guidance, default_calibration())

    assert led is not None
    assert [page.row for page in led.pages] == [second, first]
    assert none is None


async def test_what_is_only_mentioned_makes_the_answer_partial(bot: Services) -> None:
    answer = await answer_to(Enquiry("How much is a licence from a newsagent?"), bot)

    assert (answer.status, answer.completeness) == (AnswerStatus.ANSWERED, "partial")
    notices = {notice.kind: notice.text for notice in answer.notices}
    assert "“newsagent”" in notices["unfound"]
    assert "contact the organisation" in notices["partial"]


async def test_a_story_is_not_searched_for_what_is_lacking(bot: Services) -> None:
    story = "My dog ate my licence and I need to drive. How do I get a licence?"

    answer = await answer_to(Enquiry(story), bot)

    assert answer.status is AnswerStatus.ANSWERED


async def test_earlier_turns_change_what_is_meant(bot: Services) -> None:
    turns = (Turn("user", "What does a provisional licence cost?"),)

    answer = await answer_to(Enquiry("and for a tractor?", history=turns), bot)

    assert answer.status is AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "How do I get a <b>dog</b> licence?",
        "How do I get a dog [x](http://bad.example) licence?",
        "How do I get a QQ123456C licence?",
    ],
)
async def test_neither_markup_nor_personal_data_is_repeated(question: str, bot: Services) -> None:
    answer = await answer_to(Enquiry(question), bot)

    said = answer.text + "".join(notice.text for notice in answer.notices)
    assert not [mark for mark in ("<", "[x]", "http", "bad.example", "QQ123456C") if mark in said]

"""What is said to somebody who asks for a person."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot import wording
from bot.answer import AnswerStatus
from bot.enquiry import Turn
from bot.services import Services
from ingestion.passage_index import PassageIndex
from tests.bot.conftest import index_of
from tests.bot.test_pipeline import ask

pytestmark = pytest.mark.anyio
PAGES = {
    "blue-badge": (
        "title: Blue Badge\nnation: uk\npublisher: Sample Parking Office",
        "A Blue Badge costs £10. To ask about your Blue Badge call 0300 123 4567.",
    ),
    "parking": (
        "title: Parking fines\nnation: uk\npublisher: Sample Courts Service",
        "A parking fine costs £70 unless you pay within 14 days.",
    ),
}
ASKED = (Turn("user", "How much is a Blue Badge?"), Turn("assistant", "£10"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of(PAGES, tmp_path_factory.mktemp("contact"))
    yield opened
    opened.close()


@pytest.fixture
def parking(services: Services, published: PassageIndex) -> Services:
    return replace(services, index=published)


@pytest.mark.parametrize(
    ("question", "language"),
    [("can I speak to a human", "en"), ("alla i siarad â pherson go iawn", "cy")],
)
async def test_a_wish_alone_is_told_that_this_is_a_program(
    question: str, language: str, parking: Services
) -> None:
    answer = await ask(question, parking)

    assert answer.status is AnswerStatus.REDIRECT_CONTACT
    assert answer.text == wording.REPLIES[AnswerStatus.REDIRECT_CONTACT][language]
    assert not answer.citations


async def test_a_wish_after_an_answer_names_who_is_answerable(parking: Services) -> None:
    answer = await ask("can I talk to someone?", parking, history=ASKED)

    assert answer.status is AnswerStatus.REDIRECT_CONTACT
    assert "“Blue Badge”, contact Sample Parking Office." in answer.text


async def test_a_wish_names_what_the_conversation_was_about_and_not_its_last_words(
    parking: Services,
) -> None:
    history = (*ASKED, Turn("user", "and how long does it take?"))

    answer = await ask("can I talk to someone?", parking, history=history)

    assert "Sample Parking Office" in answer.text


async def test_nobody_is_named_where_the_guidance_is_not_sure(parking: Services) -> None:
    calibration = parking.calibration.model_copy(update={"answer_threshold": 1.0})

    answer = await ask(
        "can I talk to someone?", replace(parking, calibration=calibration), history=ASKED
    )

    assert answer.text == wording.REPLIES[AnswerStatus.REDIRECT_CONTACT]["en"]


async def test_nobody_is_named_where_the_page_does_not_say(services: Services) -> None:
    history = (Turn("user", "What is the fee for an adult passport?"),)

    answer = await ask("can I talk to someone?", services, history=history)

    assert answer.text == wording.REPLIES[AnswerStatus.REDIRECT_CONTACT]["en"]


async def test_a_wish_beside_a_subject_gets_the_guidance_and_whom_to_contact(
    parking: Services,
) -> None:
    answer = await ask("what number do I ring about my Blue Badge", parking)

    assert answer.status is AnswerStatus.ANSWERED
    assert "0300 123 4567" in answer.text
    (notice,) = [notice for notice in answer.notices if notice.kind == "contact"]
    assert "contact Sample Parking Office." in notice.text


async def test_a_wish_beside_a_subject_that_is_not_found_is_told_whom_to_contact(
    parking: Services,
) -> None:
    calibration = parking.calibration.model_copy(
        update={"answer_threshold": 1.0, "partial_threshold": 1.0}
    )

    answer = await ask(
        "can I speak to someone about fostering", replace(parking, calibration=calibration)
    )

    assert answer.status.family in ("no_answer", "clarification")
    (notice,) = [notice for notice in answer.notices if notice.kind == "contact"]
    assert notice.text == wording.CONTACT_BESIDE["en"]


async def test_an_ordinary_question_is_told_nothing_of_it(parking: Services) -> None:
    answer = await ask("How much is a Blue Badge?", parking)

    assert not any(notice.kind == "contact" for notice in answer.notices)


async def test_a_wish_after_danger_is_shown_whom_to_call(parking: Services) -> None:
    history = (Turn("user", "I have decided to end my life"),)

    answer = await ask("can I speak to a person", parking, history=history)

    assert answer.status is AnswerStatus.REDIRECT_CRISIS
    assert "116 123" in answer.text

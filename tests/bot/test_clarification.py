"""A message too short to tell is asked back, with choices that can be sent as they stand."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer, AnswerStatus
from bot.enquiry import Turn
from bot.services import Services
from tests.bot import asking
from tests.bot.conftest import index_of

pytestmark = pytest.mark.anyio


@pytest.fixture
def unsure(services: Services) -> Services:
    """Services that are sure of nothing: the embedder of these tests knows no meaning."""
    calibration = services.calibration.model_copy(update={"answer_threshold": 1.0})
    return replace(services, calibration=calibration)


async def ask(question: str, services: Services, *history: Turn) -> Answer:
    return await asking.ask(question, services, history=history)


@pytest.mark.parametrize("question", ["passport", "Which passport can I get?"])
async def test_a_message_that_several_services_hold_is_asked_back(
    question: str, unsure: Services
) -> None:
    answer = await ask(question, unsure)

    assert answer.status is AnswerStatus.CLARIFICATION
    assert 2 <= len(answer.follow_ups) <= 4
    assert len(set(answer.follow_ups)) == len(answer.follow_ups)
    assert answer.nearest_pages
    assert "Which one do you mean?" in answer.text


async def test_every_choice_names_its_service_and_leads_there(
    services: Services, unsure: Services
) -> None:
    asked = "Can I have my passport?"
    clarification = await ask(asked, unsure)
    history = (Turn("user", asked), Turn("assistant", clarification.text))

    assert clarification.follow_ups
    for choice in clarification.follow_ups:
        title, _, question = choice.partition(": ")
        answer = await ask(choice, services, *history)

        assert question == asked
        assert title in {citation.title for citation in answer.citations}


async def test_the_choices_of_a_bare_name_are_titles(unsure: Services) -> None:
    answer = await ask("passport", unsure)

    assert set(answer.follow_ups) <= {"Passport fees", "Apply for a passport", "Lost passport"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much is it?", "What is your question about?"),
        ("Faint yw e?", "Am beth mae eich cwestiwn?"),
    ],
)
async def test_a_question_about_nothing_is_asked_for_its_subject(
    question: str, words: str, unsure: Services
) -> None:
    answer = await ask(question, unsure)

    assert answer.status is AnswerStatus.CLARIFICATION
    assert words in answer.text
    assert answer.follow_ups == ()


async def test_the_same_question_is_answered_after_its_subject_was_named(
    services: Services,
) -> None:
    answer = await ask("How much is it?", services, Turn("user", "adult passport fee"))

    assert answer.status is AnswerStatus.ANSWERED


async def test_a_sure_answer_is_not_asked_back(services: Services) -> None:
    sure = services.calibration.model_copy(update={"answer_threshold": 0.0})

    answer = await ask("passport", replace(services, calibration=sure))

    assert answer.status is AnswerStatus.ANSWERED


async def test_what_no_page_holds_is_not_asked_back(unsure: Services) -> None:
    answer = await ask("my passport zeppelin", unsure)

    assert answer.status is not AnswerStatus.CLARIFICATION


async def test_whose_question_says_enough_is_not_asked_back(unsure: Services) -> None:
    answer = await ask("Is the adult passport fee free if born in 1929?", unsure)

    assert answer.status is AnswerStatus.ANSWERED


async def test_a_page_that_only_mentions_a_subject_is_no_choice(
    unsure: Services, tmp_path: Path
) -> None:
    pages = {
        "meals": ("title: Free school meals", "Children who seek asylum get meals."),
        "aid": ("title: Legal aid", "Legal aid covers asylum."),
        "passport": ("title: Passport fees", "A passport costs £94."),
        "lost": ("title: Lost passport", "Cancel a lost passport."),
    }
    index = index_of(pages, tmp_path)
    asked = replace(unsure, index=index)

    mentioned = await ask("asylum", asked)
    named = await ask("passport", asked)
    index.close()

    assert not mentioned.follow_ups
    assert sorted(named.follow_ups) == ["Lost passport", "Passport fees"]


async def test_a_title_of_the_kind_that_is_asked_for_is_meant(
    unsure: Services, tmp_path: Path
) -> None:
    pages = {
        "fees": ("title: Passport fees", "How much a passport is: a passport costs £94."),
        "lost": ("title: Lost passport", "Cancel a lost passport. A passport costs £94."),
    }
    index = index_of(pages, tmp_path)
    asked = replace(unsure, index=index)

    price = await ask("How much is a passport?", asked)
    name = await ask("passport", asked)
    index.close()

    assert price.status is AnswerStatus.ANSWERED
    assert price.citations[0].title == "Passport fees"
    assert name.status is AnswerStatus.CLARIFICATION


@pytest.mark.parametrize("question", ["k", "' OR 1=1 --", "7 8 9 how?"])
async def test_letters_and_numbers_alone_name_no_subject(question: str, unsure: Services) -> None:
    answer = await ask(question, unsure)

    assert answer.status is AnswerStatus.CLARIFICATION
    assert not answer.follow_ups
    assert "contact the organisation" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Where can I get help?",
        "who can i ask about this",
        "How do I appeal this decision?",
        "what documents do i need to apply",
        "How long does it take to get a decision?",
        "Am I eligible?",
        "Ble alla i gael cymorth?",
    ],
)
async def test_a_question_about_any_service_is_asked_back(
    question: str, services: Services
) -> None:
    answer = await ask(question, services)

    assert answer.status is AnswerStatus.CLARIFICATION
    assert answer.citations == ()


@pytest.mark.parametrize(
    "question",
    [
        "How do I apply for a passport?",
        "I lost my passport. What do I need to do?",
        "What can my baby get?",
        "Who decides about a will?",
    ],
)
async def test_a_question_that_tells_a_service_is_not(question: str, services: Services) -> None:
    assert (await ask(question, services)).status is not AnswerStatus.CLARIFICATION


async def test_what_was_asked_before_tells_the_service(services: Services) -> None:
    answer = await ask("how do i apply", services, Turn("user", "How much is an adult passport?"))

    assert answer.status is AnswerStatus.ANSWERED


async def test_a_page_that_is_called_so_is_meant(
    services: Services, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pages = {
        "appeals": ("title: Appeals", "You can appeal a decision within 28 days."),
        "fees": ("title: Fees", "A fee is £5."),
    }
    index = index_of(pages, tmp_path_factory.mktemp("appeals"))

    answer = await ask("How do I appeal a decision?", replace(services, index=index))

    assert answer.citations[0].title == "Appeals"
    index.close()


@pytest.mark.parametrize(
    ("question", "is_asked"), [("my mum died", False), ("Who pays for a death?", True)]
)
async def test_who_tells_of_a_death_is_not_asked_where_for_help_with_a_funeral(
    question: str, is_asked: bool, services: Services, tmp_path: Path
) -> None:
    pages = {
        "death": (
            "title: Register a death\nnation: england+wales",
            "Register a death when someone dies. Who pays for a death: the council.",
        ),
        "payment": (
            "title: Pay for a death\nnation: scotland",
            "Someone dies: register a death. Who pays for a death: the council.",
        ),
        "bins": ("title: Bins\nnation: uk", "Put your bins out by 6am."),
    }
    index = index_of(pages, tmp_path)
    answer = await ask(question, replace(services, index=index))
    index.close()

    assert (answer.status is AnswerStatus.CLARIFICATION) is is_asked

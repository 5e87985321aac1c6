"""Where whom to call stands beside the answer, the question alone is searched."""

from functools import partial

import pytest

from bot.answer import Answer, AnswerStatus
from bot.enquiry import Enquiry, Turn
from bot.pipeline import answer_question
from bot.replying.beside_help import searched_beside_help
from bot.searching import names_its_page
from bot.services import Services
from bot.understanding.understand import Understood, understand
from bot.wording import NOTHING_ASKED_BESIDE_HELP

pytestmark = pytest.mark.anyio

GRIEF = "I lie awake crying every night since she died"


def searched(message: str, services: Services, *before: str) -> Understood:
    history = tuple(Turn("user", said) for said in before)
    understood = understand(Enquiry(message, history=history), services.policy, services.vocabulary)
    assert understood.check.mentioned
    named = partial(names_its_page, services=services)
    return searched_beside_help(understood, services.policy, services.vocabulary, named)


async def ask(question: str, services: Services, *before: str) -> Answer:
    history = tuple(Turn("user", said) for said in before)
    enquiry = Enquiry(question, history=history)
    answer = [event async for event in answer_question(enquiry, services)][-1]
    assert isinstance(answer, Answer)
    return answer


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (f"{GRIEF}, how much is a passport", "how much is a passport"),
        (f"{GRIEF}. How much is a passport?", "How much is a passport?"),
        ("Since my wife died nothing matters, can i get a divorce", "can i get a divorce"),
    ],
)
def test_the_question_alone_is_searched(message: str, asked: str, helping: Services) -> None:
    query = searched(message, helping).query

    assert query is not None
    assert query.question.startswith(asked)
    assert "crying" not in query.both
    assert "nothing matters" not in query.both
    assert query.apart


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("my brother killed himself who registers the death", "my brother died who registers"),
        ("My son took his own life, funeral help", "my son died, funeral help"),
        (
            "my late husband's mum hanged herself. Who do I tell about her pension?",
            "who do i tell about her pension",
        ),
        ("our daughter died by suicide how do i register it", "how do i register it"),
    ],
)
def test_what_is_done_after_a_suicide_is_searched(
    message: str, asked: str, helping: Services
) -> None:
    understood = understand(Enquiry(message), helping.policy, helping.vocabulary)

    query = searched_beside_help(
        understood, helping.policy, helping.vocabulary, lambda query: False
    ).query

    assert query is not None
    assert query.question.lower().startswith(asked.lower())
    assert not {"killed", "life", "suicide", "hanged"} & set(query.both.split())
    assert query.apart


def test_what_happened_is_searched_in_the_words_of_guidance(helping: Services) -> None:
    query = searched(f"My wife died. {GRIEF}, what benefits can I get?", helping).query

    assert query is not None
    assert "crying" not in query.both
    assert "bereavement support payment" in query.both.lower()


def test_nothing_is_searched_where_despair_asks_nothing(helping: Services) -> None:
    assert searched(GRIEF, helping, "How much is a passport?").query is None


def test_a_need_is_searched_without_a_question(helping: Services) -> None:
    message = "sleeping in the van at the moment"

    query = searched(message, helping, "How much is a passport?").query

    assert query is not None
    assert query.both.startswith(message)


@pytest.mark.parametrize("is_named", [True, False])
def test_what_is_only_like_danger_is_searched_where_it_names_a_page(
    is_named: bool, helping: Services
) -> None:
    enquiry = Enquiry("passport gone and i cry every night")
    understood = understand(enquiry, helping.policy, helping.vocabulary)
    assert understood.check.mentioned

    told = searched_beside_help(
        understood, helping.policy, helping.vocabulary, lambda query: is_named
    )

    assert (told.query is not None) == is_named


async def test_what_is_only_like_danger_gets_the_page_it_names(services: Services) -> None:
    answer = await ask("passport gone and i cry every night", services)

    assert "passport" in answer.citations[0].title.lower()


def test_a_question_about_the_danger_is_not_asked_back(helping: Services) -> None:
    query = searched(f"{GRIEF}, how many tablets can I buy", helping).query

    assert query is not None
    assert not query.apart


async def test_nobody_in_despair_is_quoted_what_was_asked_before(helping: Services) -> None:
    answer = await ask(GRIEF, helping, "How do I get a divorce?")

    assert answer.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert answer.text == NOTHING_ASKED_BESIDE_HELP["en"]
    assert answer.citations == ()


async def test_a_question_beside_despair_is_answered(helping: Services) -> None:
    answer = await ask(f"{GRIEF}, how do I get a divorce", helping)

    assert answer.status is AnswerStatus.ANSWERED
    assert [notice.kind for notice in answer.notices][:1] == ["help"]


async def test_a_choice_does_not_repeat_the_words_of_danger(services: Services) -> None:
    answer = await ask(f"{GRIEF}, how much is a prescription?", services)

    assert answer.status is AnswerStatus.CLARIFICATION
    assert "crying" not in " ".join(answer.follow_ups)
    assert answer.nearest_pages == ()

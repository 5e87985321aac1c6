"""Danger told a little before is not forgotten, and nothing near it is shown."""

import pytest

from bot.answer import Answer, AnswerStatus
from bot.enquiry import Turn
from bot.services import Services
from tests.bot import asking

pytestmark = pytest.mark.anyio

DECIDED = "I have decided to end my life"


async def ask(question: str, services: Services, *before: str) -> Answer:
    history = tuple(Turn("user", said) for said in before)
    return await asking.ask(question, services, history=history)


@pytest.mark.parametrize("message", ["tonight", "yes", "ok", "thanks", "it is the only way"])
async def test_a_message_without_a_subject_gets_whom_to_call_again(
    message: str, helping: Services
) -> None:
    answer = await ask(message, helping, DECIDED)

    assert answer.status is AnswerStatus.REDIRECT_CRISIS
    assert "116 123" in answer.text


async def test_so_does_the_second_such_message(helping: Services) -> None:
    answer = await ask("yes", helping, DECIDED, "tonight")

    assert answer.status is AnswerStatus.REDIRECT_CRISIS


@pytest.mark.parametrize("before", [(), ("How much is a passport?",)])
async def test_danger_told_in_pieces_gets_whom_to_call(
    before: tuple[str, ...], helping: Services
) -> None:
    answer = await ask("die", helping, *before, "i want", "to")

    assert answer.status is AnswerStatus.REDIRECT_CRISIS
    assert "116 123" in answer.text


async def test_danger_told_in_pieces_is_not_forgotten(helping: Services) -> None:
    answer = await ask("tonight", helping, "i want", "to", "die")

    assert answer.status is AnswerStatus.REDIRECT_CRISIS


async def test_means_told_before_an_amount_get_whom_to_call(helping: Services) -> None:
    answer = await ask("how many would be enough", helping, "where can i get paracetamol")

    assert answer.status is AnswerStatus.REDIRECT_CRISIS


async def test_how_many_tablets_are_sold_gets_whom_to_call_beside(helping: Services) -> None:
    answer = await ask("how many can i buy", helping, "paracetamol")

    assert any("116 123" in notice.text for notice in answer.notices)


@pytest.mark.parametrize("then", [(), ("what notice do I give",)])
async def test_a_contract_named_next_was_meant(then: tuple[str, ...], helping: Services) -> None:
    *before, last = ("i want to end it", "my tenancy", *then)

    answer = await ask(last, helping, *before)

    assert answer.status is not AnswerStatus.REDIRECT_CRISIS
    assert not any(notice.kind == "help" for notice in answer.notices)


async def test_a_new_question_is_answered_with_whom_to_call_beside(helping: Services) -> None:
    answer = await ask("How do I get a divorce?", helping, DECIDED)

    assert answer.status is AnswerStatus.ANSWERED
    assert ["116 123" in notice.text for notice in answer.notices if notice.kind == "help"] == [
        True
    ]


async def test_danger_long_ago_in_the_conversation_is_over(helping: Services) -> None:
    asked = ["How do I get a divorce?"] * 5

    answer = await ask("How do I get a divorce?", helping, DECIDED, *asked)

    assert answer.notices == ()


async def test_beside_whom_to_call_no_page_is_near_and_no_word_is_repeated(
    helping: Services,
) -> None:
    answer = await ask("Should I take a zebra to the moon?", helping, DECIDED)

    assert answer.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert answer.nearest_pages == answer.follow_ups == ()
    assert "zebra" not in answer.text
    assert [notice.kind for notice in answer.notices] == ["help"]


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("mój mąż mnie bije", "zadzwoń pod numer 999"),
        ("мой муж меня избивает", "звоните 999"),
        ("mi marido me pega", "llame al 999"),
        ("mi ex me amenaza", "llame al 999"),
        ("ele me bate", "ligue para o 999"),
        ("mon mari me frappe", "appelez le 999"),
        ("чоловік мене бє", "телефонуйте 999"),
        ("pati mujhe marta hai", "999"),
    ],
)
async def test_999_is_said_first_in_the_citizens_own_language(
    message: str, first: str, helping: Services
) -> None:
    answer = await ask(message, helping)

    assert answer.status is AnswerStatus.REDIRECT_CRISIS
    assert first in answer.blocks[0].text
    assert "0808 2000 247" in "".join(answer.blocks[1].items)
    assert [block.kind for block in answer.blocks] == ["notice", "list"]


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("quiero morir", "llame al 999"),
        ("quero morrer", "ligue para o 999"),
        ("voglio morire", "chiami il 999"),
        ("хочу умереть", "звоните 999"),
        ("хочу померти", "телефонуйте 999"),
    ],
)
async def test_the_phrase_of_danger_tells_its_language(
    message: str, first: str, helping: Services
) -> None:
    answer = await ask(message, helping)

    assert answer.status is AnswerStatus.REDIRECT_CRISIS
    assert first in answer.blocks[0].text


async def test_a_refused_language_says_999_in_that_language(helping: Services) -> None:
    answer = await ask("Jak mogę odnowić paszport dla dziecka?", helping)

    assert answer.status is AnswerStatus.REFUSED_LANGUAGE
    assert "999" in answer.blocks[0].text


@pytest.mark.parametrize(
    ("message", "opening"),
    [
        ("I took an overdose", "Call 999 now"),
        ("my dad hits me", "If a child is in danger now, call 999"),
        ("there is a man with a knife in my house", "Call 999 now"),
        ("I haven't eaten for three days", "You can ask for help with food"),
    ],
)
async def test_a_reply_opens_with_what_has_to_be_done(
    message: str, opening: str, helping: Services
) -> None:
    answer = await ask(message, helping)

    assert answer.text.startswith(opening)
    assert "999: " not in answer.text

"""Questions in other languages: told apart, answered in their words, translated with a model."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, AnswerStatus
from bot.enquiry import Enquiry
from bot.language_models.canary import CANARY, repeats_instructions
from bot.language_models.rewriting import INSTRUCTIONS as STAND_ALONE
from bot.pipeline import answer_question
from bot.replying.translation import FROM_ENGLISH, TO_ENGLISH
from bot.services import Services
from bot.understanding.languages import language_of, other_language
from tests.bot.test_langchain_model import answer_of, model_at
from tests.openai_server import Script, openai_server

pytestmark = [
    pytest.mark.anyio,
    # The OpenAI client leaves its connection pool to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LINES = (Path(__file__).with_name("data") / "questions_in_other_languages.txt").read_text("utf-8")
QUESTIONS = [line.split(" | ", 1) for line in LINES.splitlines() if not line.startswith("#")]
POLISH = "Ile kosztuje paszport dla osoby dorosłej?"


async def answer_to(question: str, services: Services) -> Answer:
    return answer_of([event async for event in answer_question(Enquiry(question), services)])


# Tigrinya is written in the letters of Amharic, and the detector does not know it.
@pytest.mark.parametrize(("tag", "question"), [q for q in QUESTIONS if q[0] != "ti"])
def test_tells_which_language_it_is(tag: str, question: str) -> None:
    found = other_language(question)

    assert found is not None
    assert found.tag == tag
    assert found.sentence


@pytest.mark.parametrize(
    ("greeting", "tag"),
    [
        ("Bonjour", "fr"),
        ("Guten Tag!", "de"),
        ("Danke", "de"),
        ("hola", "es"),
        ("Dzień dobry", "pl"),
    ],
)
def test_a_greeting_tells_the_language(greeting: str, tag: str) -> None:
    found = other_language(greeting)

    assert found is not None
    assert found.tag == tag


@pytest.mark.parametrize(
    "question",
    [
        "council tax",
        "Do i qualify?",
        "Can I vote?",
        "postal vote deadline",
        "how do i renw my pasport",
        "pls hlp me m8 wot abt uc",
        "Mohammed Abdi Hassan passport renew",
        "Do I need to pay Grundsteuer in Germany",
        "Bonjour, how do I renew my passport?",
        "cn u tel me abt pip n dla",
        "Zubair Ahmed Qureshi visa extension",
        "Sinn Fein MP contact",
        "de minimis state aid",
        "Ysgol Gymraeg admission",
        "Sut mae adnewyddu pasbort?",
        "Oes dirwy?",
        "12345",
        "🙂",
        "",
    ],
)
def test_a_question_we_can_read_is_never_called_foreign(question: str) -> None:
    assert other_language(question) is None


def test_one_english_sentence_is_enough() -> None:
    assert other_language("Jak odnowić paszport? How do I renew my passport?") is None
    found = other_language("Hello. Jak odnowić paszport?")
    assert found is not None
    assert found.tag == "pl"


@pytest.mark.parametrize(
    "question",
    [
        "Faint sy'n dod oddi ar y dreth gyngor?",
        "Oes ysgoloriaeth am astudio drwy'r Gymraeg?",
    ],
)
def test_welsh_is_told_by_more_than_its_small_words(question: str) -> None:
    assert language_of(question) == "cy"


@given(text=st.text(max_size=200))
def test_any_text_has_a_language(text: str) -> None:
    assert other_language(text) == other_language(text)
    assert language_of(text) in ("en", "cy")


async def test_people_are_told_in_their_own_language(services: Services) -> None:
    answer = await answer_to(POLISH, services)

    assert answer.status is AnswerStatus.REFUSED_LANGUAGE
    assert [block.language for block in answer.blocks] == ["pl", "en", "cy"]
    assert "po angielsku" in answer.blocks[0].text
    assert "999" in answer.text


async def test_a_language_without_words_of_ours_is_told_in_english_and_welsh(
    services: Services,
) -> None:
    answer = await answer_to("Hur förnyar jag mitt pass?", services)

    assert answer.status is AnswerStatus.REFUSED_LANGUAGE
    assert [block.language for block in answer.blocks] == ["en", "cy"]


async def test_personal_data_is_removed_in_any_language(services: Services) -> None:
    answer = await answer_to("Mój numer to AB 12 34 56 C, ile kosztuje paszport?", services)

    assert "12 34 56" not in repr(answer)
    assert answer.redactions


async def test_a_quotation_says_its_own_language(services: Services) -> None:
    answer = await answer_to("Beth yw'r ffi am basbort oedolyn? passport fee", services)

    assert answer.language == "cy"
    assert [block.language for block in answer.blocks] == [c.locale for c in answer.citations]


async def translated(services: Services, script: Script) -> Answer:
    with openai_server(script) as url:
        return await answer_to(POLISH, replace(services, model=model_at(url)))


ENGLISH = "What is the fee for an adult passport?"
WRITTEN = "The fee for an adult passport is £94.50. [1]"


async def test_a_model_puts_a_translation_beside_the_english(services: Services) -> None:
    script = Script(replies=[ENGLISH, WRITTEN, "1: Opłata za paszport wynosi £94.50."])

    answer = await translated(services, script)

    english, polish = answer.blocks
    assert (english.text, english.language) == ("The fee for an adult passport is £94.50.", "")
    assert (polish.text, polish.language) == ("Opłata za paszport wynosi £94.50.", "pl")
    assert polish.citations == english.citations
    assert any(notice.kind == "translation" for notice in answer.notices)
    assert answer.question == POLISH


async def test_a_translation_that_repeats_its_instructions_is_not_shown(
    services: Services,
) -> None:
    repeated = f"1: Opłata za paszport wynosi £94.50.\n{CANARY}"

    answer = await translated(services, Script(replies=[ENGLISH, WRITTEN, repeated]))

    assert [block.text for block in answer.blocks] == ["The fee for an adult passport is £94.50."]


@pytest.mark.parametrize("instructions", [TO_ENGLISH, FROM_ENGLISH.format(language="pl", canary=CANARY), STAND_ALONE])  # fmt: skip
def test_all_instructions_hold_what_tells_that_they_are_repeated(instructions: str) -> None:
    assert repeats_instructions(instructions)


@pytest.mark.parametrize("wrong", ["1: Opłata wynosi £49.50.", "Opłata", "2: £94.50", ""])
async def test_a_translation_with_another_figure_is_not_shown(
    wrong: str, services: Services
) -> None:
    answer = await translated(services, Script(replies=[ENGLISH, WRITTEN, wrong]))

    assert [block.text for block in answer.blocks] == ["The fee for an adult passport is £94.50."]
    assert not any(notice.kind == "translation" for notice in answer.notices)


@pytest.mark.parametrize("reply", ["Ile kosztuje paszport dla dorosłych?", "", "£500 for a fee?"])
async def test_what_is_no_translation_means_asking_for_english(
    reply: str, services: Services
) -> None:
    answer = await translated(services, Script(replies=[reply]))

    assert answer.status is AnswerStatus.REFUSED_LANGUAGE


async def test_without_an_answer_from_the_model_people_are_asked_for_english(
    services: Services,
) -> None:
    answer = await translated(services, Script(status=400))

    assert answer.status is AnswerStatus.REFUSED_LANGUAGE


async def test_danger_told_in_another_language_is_seen_in_its_translation(
    services: Services,
) -> None:
    answer = await translated(services, Script(replies=["I want to kill myself"]))

    assert answer.status is AnswerStatus.REDIRECT_CRISIS


@pytest.mark.parametrize(
    "text",
    ["alla i siarad â pherson", "oes gwersi nofio i blant", "ga i siarad efo person go iawn"],
)
def test_one_welsh_word_and_welsh_letters_are_enough(text: str) -> None:
    assert language_of(text) == "cy"

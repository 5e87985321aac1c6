"""Welsh questions about what only English pages answer."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer, AnswerStatus
from bot.enquiry import Enquiry
from bot.pipeline import answer_question
from bot.retrieval import Query, welsh_terms
from bot.retrieval.welsh_terms import in_english, is_welsh_name
from bot.services import Services
from bot.understanding.languages import language_of
from bot.understanding.understand import understand
from guardrails import QuestionPolicy

TABLE = Path(welsh_terms.__file__).with_name("welsh_terms.toml")


def asked(text: str) -> Query:
    return Query(text, text, locale="cy")


@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        ("Sut mae adnewyddu pasbort?", "how do I renew passport"),
        ("Dwi wedi colli fy mhasbort", "lost passport"),
        ("Pryd mae'r biniau'n cael eu casglu?", "when bins get collected"),
        ("Faint yw fy nhreth gyngor?", "how much Council Tax"),
        ("Gostyngiad Treth Gyngor", "Council Tax Reduction"),
        ("Faint o dâl salwch am 3 wythnos?", "how much Statutory Sick Pay 3 week"),
        ("Sut mae gwneud cais am fathodyn glas?", "how do I apply Blue Badge"),
        ("Oes rhaid talu am bresgripsiynau?", "do I have to pay for prescriptions"),
        ("Oes rhaid talu am fathodyn glas?", "do I have to pay for Blue Badge"),
        ("Faint yw treth gyngor ym mand D?", "how much Council Tax band D"),
        ("Ydy prydau ysgol yn rhad ac am ddim?", "school meals free"),
        ("Sut mae cofrestru'r farwolaeth?", "how do I register a death"),
        ("Faint mae pasbort plentyn yn ei gostio?", "how much child passport cost"),
        ("Pris pasbort", "price passport"),
        ("Dyddiad cau pleidlais drwy'r post", "deadline postal vote"),
        ("Ga i bleidleisio drwy’r post?", "can I get vote by post"),
        ("Sut mae gwneud atwrneiaeth arhosol?", "how do I make lasting power of attorney"),
    ],
)
def test_services_are_found_by_their_english_names(welsh: str, english: str) -> None:
    found = in_english(asked(welsh))

    assert found is not None
    assert (found.question, found.locale) == (english, "en")


@pytest.mark.parametrize(
    ("message", "held"),
    [
        ("bu farw fy mam ddoe", "register a death"),
        ("mae fy ngwr wedi marw beth ddylwn i wneud", "husband died"),
        ("Dwi wedi colli fy ngwraig. Beth nesaf?", "register a death"),
    ],
)
def test_what_happened_is_put_in_the_words_of_guidance(
    message: str, held: str, policy: QuestionPolicy
) -> None:
    query = understand(Enquiry(message), policy).query
    assert query is not None
    found = in_english(query)

    assert "register a death" not in query.both
    assert found is not None
    assert held in found.both
    assert "register a death" in found.question


@pytest.mark.parametrize(
    ("plain", "accented"), [("ty cyngor", "tŷ cyngor"), ("tal salwch", "tâl salwch")]
)
def test_accents_may_be_left_out(plain: str, accented: str) -> None:
    assert in_english(asked(plain)) == in_english(asked(accented))


@pytest.mark.parametrize("text", ["gem", "tal", "sal", "band", "band d"])
def test_a_welsh_word_without_its_accent_may_be_english(text: str) -> None:
    assert not is_welsh_name(text)


@pytest.mark.parametrize("text", ["Sut mae hynny?", "Faint?", "", "Beth am yr Alban?"])
def test_without_a_service_there_is_nothing_to_search_in_english(text: str) -> None:
    assert in_english(asked(text)) is None


@pytest.mark.parametrize("text", ["treth car", "pasbort", "cyllid myfyrwyr", "Helo", "bore da"])
def test_short_welsh_is_welsh(text: str) -> None:
    assert language_of(text) == "cy"


@pytest.mark.parametrize(
    "text", ["car", "bin", "MOT", "cost", "landlord", "da", "hello", "car parking", "12345678", ""]
)
def test_words_that_english_has_too_are_not(text: str) -> None:
    assert not is_welsh_name(text)
    assert language_of(text) == "en"


def test_the_table_is_in_small_letters_and_names_nothing_twice() -> None:
    table = tomllib.loads(TABLE.read_text("utf-8"))

    assert all(name == name.lower() for names in table.values() for name in names)
    assert not set(table["services"]) & set(table["words"])


async def answer_to(question: str, services: Services) -> Answer:
    events = [event async for event in answer_question(Enquiry(question), services)]
    assert isinstance(events[-1], Answer)
    return events[-1]


# With word counts for vectors nothing Welsh is like an English page, so that every Welsh answer
# counts as unsure; only the order of the two searches is looked at here.
@pytest.fixture
def unsure(services: Services) -> Services:
    calibration = services.calibration.model_copy(update={"answer_threshold": 1.0})
    return replace(services, calibration=calibration)


@pytest.mark.anyio
async def test_the_english_page_answers_in_a_welsh_frame_and_says_so(unsure: Services) -> None:
    answer = await answer_to("Faint yw'r ffi am basbort oedolyn?", unsure)

    assert (answer.status, answer.language) == (AnswerStatus.ANSWERED, "cy")
    assert answer.citations[0].url.endswith("/passport-fees")
    assert answer.blocks[0].language == "en"
    assert any("Saesneg" in notice.text for notice in answer.notices if notice.kind == "language")


@pytest.mark.anyio
async def test_a_welsh_page_comes_first(unsure: Services) -> None:
    answer = await answer_to("Sut mae cofrestru genedigaeth?", unsure)

    assert answer.citations[0].url.endswith("/cofrestru")
    assert not any(notice.kind == "language" for notice in answer.notices)

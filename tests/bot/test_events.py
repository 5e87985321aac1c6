"""A death is not answered with births, and a nation's name is no subject."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.enquiry import Enquiry, Nation, Turn
from bot.pipeline import answer_question
from bot.retrieval.events import is_about_another_event
from bot.services import Services
from bot.understanding.understand import understand
from guardrails import QuestionPolicy
from tests.bot.conftest import index_of


@pytest.mark.parametrize(
    ("title", "text", "is_another"),
    [
        ("Register a birth in Scotland", "my mum died, how do I register it", True),
        ("Register a birth", "how do I register a marriage", True),
        ("Register a death", "register my baby", True),
        ("Cofrestru genedigaeth", "sut mae cofrestru priodas", True),
        ("Cofrestru genedigaeth", "bu farw fy mam, sut mae cofrestru'r farwolaeth", True),
        ("Sut i gofrestru marwolaeth", "cofrestru'r babi", True),
        ("Sut i gofrestru marwolaeth", "sut mae cofrestru enedigaeth fy mab", True),
        ("Register a birth", "how do I register my baby", False),
        ("Register a birth", "my baby died, must I register the birth", False),
        ("Register a birth", "how much is a certificate", False),
        ("Marriage Allowance", "my husband died, is the allowance paid back", False),
        ("Register to vote", "my mum died", False),
    ],
)
def test_tells_the_registering_of_another_event(title: str, text: str, *, is_another: bool) -> None:
    assert is_about_another_event(title, text) is is_another


def test_a_choice_of_a_nation_asks_the_question_before_it(policy: QuestionPolicy) -> None:
    history = (Turn("user", "What is the council tax?"), Turn("assistant", "Where do you live?"))
    query = understand(Enquiry("In Northern Ireland", history), policy).query

    assert query is not None
    assert query.nation is Nation.NORTHERN_IRELAND
    assert query.both == "What is the council tax in Northern Ireland?"
    assert query.question == "What is the council tax ?"
    assert query.bare == "What is the council tax ?"


def test_a_choice_in_welsh_asks_in_welsh(policy: QuestionPolicy) -> None:
    history = (Turn("user", "Sut mae cofrestru genedigaeth?"),)
    query = understand(Enquiry("Yng Nghymru", history), policy).query

    assert query is not None
    assert query.both == "Sut mae cofrestru genedigaeth yng Nghymru?"


def test_a_nation_narrows_the_last_question_with_what_it_leans_on(policy: QuestionPolicy) -> None:
    said = ("my mum died", "she had a pension", "and funeral costs in Leeds")
    history = tuple(Turn("user", text) for text in said)
    query = understand(Enquiry("im in wales", history), policy).query

    assert query is not None
    assert query.nation is Nation.WALES
    assert query.question == "and funeral costs in"
    assert "died she had a pension and funeral costs" in query.both
    assert query.leans_on == "my mum died she had a pension"


@pytest.mark.anyio
async def test_a_page_that_only_names_the_nation_does_not_answer(
    services: Services, tmp_path: Path
) -> None:
    pages = {
        "fees": ("title: Passport fees", "A passport costs £94."),
        "driving": (
            "title: Get a licence in Northern Ireland\nnation: northern-ireland",
            "A licence in Northern Ireland costs £62.",
        ),
    }
    index = index_of(pages, tmp_path)
    answer = None
    asked = Enquiry("How much is a passport in Northern Ireland?")
    async for event in answer_question(asked, replace(services, index=index)):
        answer = event
    index.close()

    assert isinstance(answer, Answer)
    assert answer.citations[0].title == "Passport fees"

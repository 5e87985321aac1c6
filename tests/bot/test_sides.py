"""A page for employers is not the first to answer an employee, and never without saying so."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files

import pytest

from bot import Answer, Enquiry, Services, answer_question, wording
from bot.retrieval.sides import AUDIENCES, is_for_others, is_for_the_other_side
from ingestion.document import PageDetails
from ingestion.passage_index import PassageIndex
from tests.bot.conftest import index_of

PAGES = {
    "sick-employers": (
        "title: Sick pay for employers\nnation: uk",
        "Sick pay is £118.75 a week. Your employee can be dismissed after long sickness.",
    ),
    "unrelated": ("title: Blue Badge\nnation: uk", "A Blue Badge costs up to £10."),
}


def page(audience: str) -> PageDetails:
    return PageDetails("https://x.gov.uk/p", "P", audience=audience)


@pytest.mark.parametrize(
    ("text", "other", "others"),
    [
        ("can my boss sack me for being ill", True, True),
        ("My line manager won’t pay sick pay. Is that right?", True, True),
        ("i was made redundant last week", True, True),
        ("My employee is ill. What do I pay?", False, False),
        ("I run a shop and my staff want Sundays off", False, False),
        ("how much is sick pay", False, True),
        ("My boss says my staff must work Sundays", False, True),
    ],
)
def test_who_asks_about_work(text: str, other: bool, others: bool) -> None:
    assert is_for_the_other_side(page("employer"), text) is other
    assert is_for_others(page("employer"), text) is others


@pytest.mark.parametrize(
    ("text", "audience", "other"),
    [
        ("my landlord wont fix the heating", "landlord", True),
        ("my tenant has stopped paying", "landlord", False),
        ("i rent out a flat", "landlord", False),
        ("how do i go bankrupt", "creditor", True),
        ("a customer owes me money", "creditor", False),
        ("my landlord wont fix the heating", "citizen", False),
        ("my landlord wont fix the heating", "", False),
    ],
)
def test_who_asks_about_homes_and_debts(text: str, audience: str, other: bool) -> None:
    assert is_for_the_other_side(page(audience), text) is other


def test_the_two_tables_know_the_same_audiences() -> None:
    found = tomllib.loads(files("ingestion").joinpath("audiences.toml").read_text("utf-8"))

    assert set(found) == AUDIENCES == set(wording.AUDIENCES)


@pytest.fixture(scope="module")
def guidance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of(PAGES, tmp_path_factory.mktemp("sides"))
    yield opened
    opened.close()


async def _answer(question: str, services: Services) -> Answer:
    events = [event async for event in answer_question(Enquiry(question), services)]
    assert isinstance(events[-1], Answer)
    return events[-1]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("question", "kind", "completeness"),
    [
        ("Can my boss stop my sick pay?", "other_side", "partial"),
        ("How much is sick pay?", "audience", "complete"),
        ("How much sick pay does my employee get?", "", "complete"),
    ],
)
async def test_an_answer_says_for_whom_its_page_was_written(
    question: str, kind: str, completeness: str, services: Services, guidance: PassageIndex
) -> None:
    answer = await _answer(question, replace(services, index=guidance))

    said = {notice.kind: notice.text for notice in answer.notices}
    assert {"other_side", "audience"} & set(said) == ({kind} - {""})
    assert "employers" in said.get(kind, "employers")
    assert answer.completeness == completeness
    assert answer.citations[0].url.endswith("sick-employers")


@pytest.mark.anyio
async def test_it_is_said_once_when_two_questions_are_answered(
    services: Services, guidance: PassageIndex
) -> None:
    answer = await _answer(
        "How much is sick pay? Can my employee be dismissed after long sickness?",
        replace(services, index=guidance),
    )

    assert sum(notice.kind in ("audience", "other_side") for notice in answer.notices) <= 1

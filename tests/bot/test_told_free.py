"""What is free where somebody lives is said first."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot import Answer, Enquiry, Services, answer_question
from bot.enquiry import Nation
from bot.quoting.told_free import says_free
from bot.retrieval import Query
from ingestion.document import PageDetails
from ingestion.passage_index import PassageIndex
from tests.bot.conftest import index_of

PAGES = {
    "scotland": (
        "title: Prescriptions in Scotland\nnation: scotland",
        "Prescriptions from a doctor in Scotland are free for everyone.\n\n"
        "## What is not free\n\nPrivate prescriptions are not free.\n\n"
        "## English prescriptions in Scotland\n\n"
        "With prescriptions from England you pay the English charge in Scotland, too.",
    ),
    "badges": ("title: Badges\nnation: uk", "A badge is sent within three weeks."),
}


def page_for(nation: str) -> PageDetails:
    return PageDetails(url="https://guidance.example.gov.uk/free", title="Free", nation=nation)


@pytest.mark.parametrize(
    ("question", "is_said"),
    [
        ("Oes rhaid talu am bresgripsiwn?", True),
        ("Ydy fy mhresgripsiynau am ddim?", True),
        ("Oes rhaid talu am fathodyn glas?", False),
    ],
)
def test_a_mutated_welsh_word_is_the_same_subject(question: str, is_said: bool) -> None:
    query = Query(question, question, locale="cy", nation=Nation.WALES)
    says = says_free(query, page_for("wales"))

    assert says is not None
    assert says("Mae presgripsiynau am ddim yng Nghymru.") is is_said


@pytest.mark.parametrize(
    ("question", "text", "is_said"),
    [
        ("Are prescriptions free in Wales?", "Prescriptions are free in Wales.", True),
        ("Do I pay for prescriptions?", "In Wales you do not pay for prescriptions.", True),
        ("Do I pay for prescriptions?", "You do not pay for prescriptions in Wales.", True),
        ("Do I pay for prescriptions?", "There is no charge for prescriptions in Wales.", True),
        ("Ydy presgripsiynau am ddim?", "Mae presgripsiynau am ddim i bawb yng Nghymru.", True),
        ("free prescriptions over 60", "Prescriptions are free in Wales.", True),
        ("presgripsiynau am ddim", "Mae presgripsiynau am ddim yng Nghymru.", True),
        ("free prescriptions over 60", "Eye tests are free in Wales.", False),
        ("Are prescriptions free?", "Prescriptions are free in Wales and Scotland.", False),
        ("Are prescriptions free?", "Prescriptions are free if you are 60 in Wales.", False),
        ("Are prescriptions free?", "Prescriptions are free in Wales if you are 60.", False),
        ("Are prescriptions free?", "Private prescriptions are not free in Wales.", False),
        ("Are prescriptions free?", "Eye tests are free in Wales.", False),
        ("Are prescriptions free?", "Prescriptions are free.", False),
        ("How much is a prescription?", "Prescriptions are free for everyone in Wales.", True),
        ("How do I get free prescriptions?", "Prescriptions are free for all in Wales.", True),
        ("How do I get free prescriptions?", "With it prescriptions are free in Wales.", False),
        ("faint yw presgripsiwn", "Mae presgripsiynau am ddim yng Nghymru.", True),
        ("faint yw presgripsiwn", "Gyda'r cerdyn mae presgripsiynau am ddim yng Nghymru.", False),
    ],
)
def test_what_says_that_something_is_free(question: str, text: str, is_said: bool) -> None:
    says = says_free(Query(question, question, nation=Nation.WALES), page_for("uk"))

    assert says is not None
    assert says(text) is is_said


@pytest.mark.parametrize(
    "query",
    [
        Query("Are prescriptions free?", "Are prescriptions free?"),
        Query("How do I pay?", "How do I pay?", nation=Nation.WALES),
        Query("free prescriptions", "free prescriptions"),
        Query("apply for a free bus pass", "", nation=Nation.WALES),
        Query("who gets free prescriptions", "", nation=Nation.WALES),
        Query("cardiau am ddim, sut?", "", nation=Nation.WALES),
        Query("Can I appeal?", "Can I appeal?", nation=Nation.WALES),
    ],
)
def test_other_questions_ask_no_such_thing(query: Query) -> None:
    assert says_free(query, page_for("uk")) is None


def test_the_nation_of_the_page_counts_where_the_question_names_none() -> None:
    query = Query("faint yw presgripsiwn", "faint yw presgripsiwn", locale="cy")
    says = says_free(query, page_for("wales"))

    assert says is not None
    assert says("Mae presgripsiynau am ddim i bawb sydd â meddyg teulu yng Nghymru.")


@pytest.fixture(scope="module")
def guidance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of(PAGES, tmp_path_factory.mktemp("free"))
    yield opened
    opened.close()


@pytest.mark.anyio
@pytest.mark.parametrize(
    "question", ["Are prescriptions free in Scotland?", "Do I pay for prescriptions in Scotland?"]
)
async def test_it_leads_the_answer(
    question: str, services: Services, guidance: PassageIndex
) -> None:
    services = replace(services, index=guidance)
    *_, answer = [event async for event in answer_question(Enquiry(question), services)]

    assert isinstance(answer, Answer)
    assert answer.blocks[0].text.startswith("Prescriptions from a doctor in Scotland are free")

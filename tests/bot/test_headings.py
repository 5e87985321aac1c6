"""Which section of a page fits a question, by its heading."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer
from bot.enquiry import Enquiry
from bot.pipeline import answer_question
from bot.quoting.headings import asked_of_headings, heading_fit, names_only_the_service
from bot.services import Services
from ingestion.passage_index import PassageIndex
from tests.bot.conftest import index_of


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    folder: Path = tmp_path_factory.mktemp("headings")
    opened = index_of({"badge": ("title: Blue Badge", "A badge costs £10.")}, folder)
    yield opened
    opened.close()


def fit(question: str, heading: str, index: PassageIndex, *, title: str = "Blue Badge") -> float:
    asked = asked_of_headings(question, question, index)
    return heading_fit(asked, (heading,) if heading else (), title, index)


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("How do I get a Blue Badge?", "How to apply", "Renew your badge"),
        ("How do I renew a Blue Badge?", "Renew your badge", "How to apply"),
        ("How much is a Blue Badge?", "What it costs", "If your income is over £35,000"),
        ("How long does a Blue Badge take?", "How long it takes", "What it costs"),
        ("Who can get a Blue Badge?", "Who can get it", "What you will get"),
        ("What happens if I don't reply?", "If you do not reply", "How to reply"),
        ("I cannot pay", "If you cannot pay", "Ways to pay"),
        ("How do I pay?", "Ways to pay", "If you do not pay"),
        ("How do I appeal?", "Appeal", "If you get benefits"),
        ("Blue Badge", "", "Misuse"),
    ],
)
def test_the_heading_of_what_is_asked_fits_better(
    question: str, better: str, worse: str, index: PassageIndex
) -> None:
    assert fit(question, better, index) > fit(question, worse, index)


def test_words_of_the_title_tell_no_section_from_another(index: PassageIndex) -> None:
    question = "Tell me about the Blue Badge"

    assert fit(question, "Your badge", index) == fit(question, "Your badge badge", index) == 0


@given(question=st.text(max_size=60), heading=st.text(max_size=60))
def test_a_heading_moves_a_unit_by_little(question: str, heading: str, index: PassageIndex) -> None:
    assert -4 < fit(question, heading, index) < 6


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("How do I get a Blue Badge?", True),
        ("blue badge cost", True),
        ("How do I get a disabled badge (Blue Badge)?", True),
        ("How much is it?", True),
        ("How do I get a Blue Badge for my child?", False),
        ("I lost my Blue Badge", False),
        ("Can I park on yellow lines with a Blue Badge?", False),
        ("How do I get a passport?", False),
    ],
)
def test_tells_a_question_that_names_only_the_service(
    question: str, only: bool, index: PassageIndex
) -> None:
    asked = asked_of_headings(question, question, index)

    assert names_only_the_service(asked, "Blue Badge", index) is only


def test_headings_count_more_where_they_are_all_there_is_to_go_by(index: PassageIndex) -> None:
    bare = fit("How do I get a Blue Badge?", "How to apply", index)
    told = fit("How do I get a Blue Badge with epilepsy?", "How to apply", index)

    assert bare > told > 0


@pytest.mark.anyio
async def test_the_section_of_the_kind_that_is_all_that_is_asked_leads(
    services: Services, tmp_path: Path
) -> None:
    pages = {
        "vote": (
            "title: Vote by post",
            "You can vote by post in elections.\n\n## How to apply\n\nFill in the form online.\n\n"
            "## Sending it back\n\nYou have to fill in a form to hand in postal votes. Postal votes "
            "in a letter box are no postal votes.",
        ),
    }
    index = index_of(pages, tmp_path)
    answer = None
    asked = Enquiry("How do I get a postal vote?")
    async for event in answer_question(asked, replace(services, index=index)):
        answer = event
    index.close()

    assert isinstance(answer, Answer)
    assert answer.citations[0].heading_path[-1] == "How to apply"

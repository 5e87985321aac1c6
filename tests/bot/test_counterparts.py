"""A page of the citizen's nation answers under its own name; nobody is taken to live in England."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import AnswerStatus
from bot.enquiry import Nation, Turn
from bot.services import Services
from bot.understanding.nations import tells_only_where
from ingestion.passage_index import PassageIndex
from tests.bot.asking import ask
from tests.bot.conftest import index_of

PAGES = {
    "allotment-england": (
        "title: Rent an allotment plot\nnation: england",
        "Rent an allotment plot from your council. The rent of an allotment plot is £40 a year. "
        "The plot costs £25 in Scotland and is free in Wales.",
    ),
    "fences": ("title: Garden fences\nnation: england", "A garden fence can be 2 metres high."),
    "votes": ("title: Register to vote\nnation: uk", "You can register to vote online."),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    folder: Path = tmp_path_factory.mktemp("counterparts")
    opened = index_of(PAGES, folder)
    yield opened
    opened.close()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("nation", "said"), [(Nation.SCOTLAND, "£25 in Scotland"), (Nation.WALES, "free in Wales")]
)
async def test_what_the_page_tells_a_nation_in_passing_is_quoted(
    nation: Nation, said: str, services: Services
) -> None:
    answer = await ask("How much is the rent of an allotment plot?", services, nation=nation)

    assert answer.completeness == "partial"
    assert said in answer.text
    assert "£40" not in answer.text


@pytest.mark.anyio
async def test_what_it_tells_of_something_else_is_not(services: Services) -> None:
    answer = await ask("How do I rent an allotment plot?", services, nation=Nation.SCOTLAND)

    assert answer.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert answer.citations == ()


@pytest.mark.anyio
async def test_says_for_whom_it_is_when_nothing_tells_the_nation(services: Services) -> None:
    answer = await ask("How much is the rent of an allotment plot?", services)

    assert answer.text.startswith("This guidance is for people who live in England.")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("How much is the rent of an allotment plot?", {"nation": Nation.ENGLAND}),
        ("How do I register to vote?", {}),
    ],
)
async def test_says_nothing_where_it_is_for_the_citizen(
    question: str, more: dict[str, object], services: Services
) -> None:
    answer = await ask(question, services, **more)

    assert "This guidance is for" not in answer.text


@pytest.mark.anyio
async def test_a_nation_of_an_earlier_turn_counts_like_one_of_the_request(
    services: Services,
) -> None:
    other = Turn("user", "How do I register to vote?")
    question = "How much is the rent of an allotment plot?"

    said = await ask(question, services, history=(Turn("user", "I live in Fife."), other))
    given = await ask(question, services, history=(other,), nation=Nation.SCOTLAND)

    assert (said.status, said.text) == (given.status, given.text)


@pytest.mark.parametrize(
    "text",
    [
        "In Northern Ireland",
        "I live in Leeds",
        "Yng Nghymru",
        "im in wales",
        "sorry, we’re living in Scotland",
        "I live in England but work in Wales",
        "born in Fife, live in Leeds",
        "Dw i'n byw yng Nghymru ond yn gweithio yn Lloegr",
    ],
)
def test_a_reply_may_tell_only_where_somebody_lives(text: str) -> None:
    assert tells_only_where(text)


@pytest.mark.parametrize(
    "text",
    [
        "bins in Leeds", "how much is it", "Wales divorce", "living wage scotland", "moving to wales",
        "",
    ],
)  # fmt: skip
def test_other_messages_tell_more(text: str) -> None:
    assert not tells_only_where(text)


RENTING = {
    "pitch-england": (
        "title: Notice for a caravan pitch\nnation: england",
        "The notice for a caravan pitch is 4 months. The owner must send the notice by post.",
    ),
    "caravan-wales": (
        "title: Living in a caravan pitch\nnation: wales",
        "The owner of a caravan pitch must give you notice of 6 months.",
    ),
    "votes": ("title: Register to vote\nnation: uk", "You can register to vote online."),
    "bins": ("title: Bins\nnation: uk", "Put your bins out by 6am."),
}


@pytest.mark.anyio
async def test_a_page_of_the_nation_under_another_name_answers(
    services: Services, tmp_path: Path
) -> None:
    index = index_of(RENTING, tmp_path)

    answer = await ask(
        "How much notice for a caravan pitch?", replace(services, index=index), nation=Nation.WALES
    )
    index.close()

    assert answer.status is AnswerStatus.ANSWERED
    assert {citation.nation for citation in answer.citations} == {"wales"}

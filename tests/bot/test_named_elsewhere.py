"""A payment that is for people in another nation is answered, and said to be for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, AnswerStatus, BlockReady
from bot.enquiry import Nation, Turn
from bot.services import Services
from bot.understanding.nations import Whereabouts, whereabouts_of
from ingestion.passage_index import PassageIndex
from tests.bot.asking import events
from tests.bot.conftest import index_of

PAGES = {
    "scottish-child-payment": (
        "title: Scottish Child Payment\nnation: scotland",
        "Scottish Child Payment is for families in Scotland. Scottish Child Payment is £28.20 a "
        "week for each child.",
    ),
    "winter-fuel-payment": (
        "title: Winter Fuel Payment\nnation: england+wales",
        "Winter Fuel Payment is £200 if you are under 80.\n\n## If you live in Scotland\n\n"
        "In Scotland you get the Pension Age Winter Heating Payment instead.",
    ),
    "carer-support": (
        "title: Carer Support Payment\nnation: scotland",
        "Carer Support Payment is £86.45 a week for people who care for someone.",
    ),
    "carer-allowance": (
        "title: Carer Support Allowance Payment\nnation: england+wales",
        "Carer Support Allowance Payment is £80.00 a week for people who care for someone.",
    ),
    "votes": ("title: Register to vote\nnation: uk", "You can register to vote online."),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    folder: Path = tmp_path_factory.mktemp("named")
    opened = index_of(PAGES, folder)
    yield opened
    opened.close()


async def ask(question: str, services: Services, **more: object) -> tuple[list[BlockReady], Answer]:
    told = await events(question, services, **more)
    answer = told[-1]
    assert isinstance(answer, Answer)
    return [event for event in told if isinstance(event, BlockReady)], answer


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("How much is Scottish Child Payment?", {"nation": Nation.ENGLAND}),
        ("How much is Scottish Child Payment in England?", {}),
        ("I live in Leeds. How much is Scottish Child Payment?", {}),
        ("how much is scottish child payment ne1", {}),
        (
            "How much is Scottish Child Payment?",
            {"history": (Turn("user", "I live in Leeds. How do I register to vote?"),)},
        ),
    ],
)
async def test_the_answer_is_given_and_said_to_be_for_others(
    question: str, more: dict[str, object], services: Services
) -> None:
    ready, answer = await ask(question, services, **more)

    assert answer.status is AnswerStatus.ANSWERED
    assert answer.text.startswith(
        "Scottish Child Payment is for people who live in Scotland, not in England. I found no "
        "guidance on anything like it for England."
    )
    assert "£28.20" in answer.text
    assert tuple(event.block for event in ready) == answer.blocks


@pytest.mark.anyio
async def test_who_lives_there_is_told_nothing_of_other_nations(services: Services) -> None:
    _, answer = await ask("How much is Scottish Child Payment?", services, nation=Nation.SCOTLAND)

    assert "not in" not in answer.text


@pytest.mark.anyio
async def test_the_counterpart_is_named_with_its_page(services: Services) -> None:
    _, answer = await ask("Carer Support Payment", services, nation=Nation.ENGLAND)

    assert "For England, see Carer Support Allowance Payment." in answer.text
    assert answer.nearest_pages[0].title == "Carer Support Allowance Payment"
    assert answer.citations[0].title == "Carer Support Payment"


@pytest.mark.anyio
async def test_what_the_page_tells_the_citizens_nation_is_quoted_first(services: Services) -> None:
    ready, answer = await ask(
        "How much is the Winter Fuel Payment?", services, nation=Nation.SCOTLAND
    )

    assert "is for people who live in England and Wales, not in Scotland." in answer.text
    instead = answer.text.index("In Scotland you get the Pension Age Winter Heating Payment")
    assert instead < answer.text.index("£200")
    assert [c.number for c in answer.citations] == [*range(1, len(answer.citations) + 1)]
    assert tuple(c for event in ready for c in event.citations) == answer.citations


@pytest.mark.anyio
async def test_a_counterpart_that_answers_is_said_to_be_one(services: Services) -> None:
    _, answer = await ask(
        "How much is the Carer Support Allowance Payment?", services, nation=Nation.SCOTLAND
    )

    assert (
        "Carer Support Allowance Payment is for people who live in England and Wales."
        in answer.text
    )
    assert answer.citations[0].nation == "scotland"


@pytest.mark.anyio
async def test_it_is_said_in_welsh(services: Services) -> None:
    _, answer = await ask(
        "Faint yw Scottish Child Payment?", services, nation=Nation.WALES, locale="cy"
    )

    assert "Ar gyfer yr Alban y mae Scottish Child Payment, nid ar gyfer Cymru." in answer.text


@pytest.mark.parametrize(
    ("texts", "requested", "expected"),
    [
        (["Scottish Child Payment"], None, Whereabouts(Nation.SCOTLAND)),
        (["LBTT"], Nation.ENGLAND, Whereabouts(Nation.SCOTLAND, Nation.ENGLAND)),
        (["LBTT in Wales"], Nation.ENGLAND, Whereabouts(Nation.SCOTLAND, Nation.WALES)),
        (["LBTT cf10"], None, Whereabouts(Nation.SCOTLAND, Nation.WALES)),
        (["LBTT", "I live in Fife"], None, Whereabouts(Nation.SCOTLAND)),
        (["Rent Smart Wales"], Nation.ENGLAND, Whereabouts(Nation.WALES, Nation.ENGLAND)),
        (["a section 21 notice"], None, Whereabouts(Nation.ENGLAND)),
        (["a section 21 notice"], Nation.WALES, Whereabouts(Nation.WALES)),
        (["Ofsted in Fife"], Nation.ENGLAND, Whereabouts(Nation.SCOTLAND)),
        (["how much is it", "LBTT"], None, Whereabouts(Nation.SCOTLAND)),
        (["bins"], Nation.ENGLAND, Whereabouts(Nation.ENGLAND)),
        (["bins in Cardiff"], Nation.ENGLAND, Whereabouts(Nation.WALES)),
        (["LBTT or LTT"], Nation.ENGLAND, Whereabouts(Nation.ENGLAND)),
        ([], None, Whereabouts(None)),
    ],
)
def test_where_somebody_lives_and_what_they_ask_about(
    texts: list[str], requested: Nation | None, expected: Whereabouts
) -> None:
    assert whereabouts_of(texts, requested) == expected


_TEXTS = st.lists(
    st.sampled_from(["LBTT", "in Wales", "PSNI", "section 21", "bins", "eh1", "Leeds"]), max_size=4
)


@given(texts=_TEXTS, requested=st.none() | st.sampled_from(Nation))
def test_where_somebody_lives_is_only_told_when_it_is_another_nation(
    texts: list[str], requested: Nation | None
) -> None:
    where = whereabouts_of(texts, requested)

    assert where.lives_in is None or where.nation not in (None, where.lives_in)
    assert where.nation is not None or requested is None


@pytest.mark.anyio
async def test_what_the_page_says_of_the_nation_is_quoted_even_when_nothing_else_is(
    services: Services,
) -> None:
    _, answer = await ask("How much is the payment for fuel in winter in Scotland?", services)

    assert answer.completeness == "partial"
    assert "not for Scotland. It only says:" in answer.text
    assert [c.quote for c in answer.citations] == [
        "In Scotland you get the Pension Age Winter Heating Payment instead."
    ]
    assert "£200" not in answer.text

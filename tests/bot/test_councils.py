"""The rules of one council are not passed off as everybody's."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files

import pytest

from bot import Answer, Enquiry, Services, answer_question
from bot.enquiry import Nation, Turn
from bot.replying.councils import is_local
from bot.understanding.places import places_in
from ingestion.passage_index import PassageIndex
from tests.bot.conftest import index_of

COUNCIL = {
    "bins": (
        "title: Bins\npublisher: Afonbridge Borough Council\nnation: england",
        "Bins are collected every two weeks. We empty bins in Whitehaven on a Monday.",
    ),
    "fines": (
        "title: Parking fines\npublisher: Afonbridge Borough Council\nnation: england",
        "A parking fine costs £70, or £35 when it is paid within 14 days.",
    ),
}
CARDIFF = {
    "biniau": (
        "title: Casglu biniau\npublisher: Cyngor Caerdydd\nnation: wales\nlocale: cy",
        "Mae biniau yn cael eu casglu bob wythnos.",
    ),
    "library": (
        "title: Join the library\npublisher: Cardiff Council\nnation: wales",
        "You join the library with a card from any library.",
    ),
}
NATIONAL = {
    "passport": (
        "title: Renew a passport\npublisher: Passport Office\nnation: uk",
        "You can renew a passport online for £94.50.",
    ),
}


@pytest.mark.parametrize(
    ("publisher", "local"),
    [
        ("Afonbridge Council", True),
        ("Afonbridge City Council", True),
        ("Council of the Isles of Afonbridge", True),
        ("London Borough of Camden", True),
        ("Cyngor Caerdydd", True),
        ("Comhairle nan Eilean Siar", True),
        ("HM Passport Office", False),
        ("Council Association", False),
        ("Councils Wales", False),
        ("Local Government Association", False),
        ("Cyngor ar Bopeth", False),
        ("Citizens Advice", False),
        ("Arts Council England", False),
        ("Cyngor Celfyddydau Cymru", False),
        ("General Medical Council", False),
        ("Consumer Council for Northern Ireland", False),
        ("", False),
    ],
)
def test_whose_rules_are_for_one_area_only(publisher: str, local: bool) -> None:
    assert is_local(publisher) is local


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("when are bins collected in Brighton", ["Brighton"]),
        ("parking fine LONDON", ["London"]),
        ("from Milton Keynes to St Andrews", ["Milton Keynes", "St Andrews"]),
        ("biniau yng Nghaerdydd", ["Cardiff"]),
        ("dirwy ym Manceinion", ["Manchester"]),
        ("the library in Reading", ["Reading"]),
        ("i live in bath", ["Bath"]),
        ("I like reading in the library", []),
        ("a bath that was collected", []),
        ("my house in London Road", []),
        ("Oxford Street parking", []),
        ("council tax in Scotland or northern ireland", []),
        ("is there a Welsh form", []),
    ],
)
def test_which_places_a_text_names(text: str, names: list[str]) -> None:
    assert [place.en for place in places_in(text)] == names


def test_the_tables_are_whole() -> None:
    table = tomllib.loads(files("bot.understanding").joinpath("places.toml").read_text("utf-8"))

    words = {"not_places", "towns", "after_a_word", "leads", "lives", "ends"}
    assert set(table) == words | {"named_twice"}
    assert all(len(names) > 1 for names in table["named_twice"])
    assert not set(table["after_a_word"].split()) & set(table["towns"].split())
    assert all(name == name.lower() for key in words for name in table[key].split())


@pytest.fixture(scope="module")
def guidance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of({**COUNCIL, **CARDIFF, **NATIONAL}, tmp_path_factory.mktemp("many"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def of_one_council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of(CARDIFF, tmp_path_factory.mktemp("one"))
    yield opened
    opened.close()


async def _answer(enquiry: Enquiry, services: Services, index: PassageIndex) -> Answer:
    events = [event async for event in answer_question(enquiry, replace(services, index=index))]
    assert isinstance(events[-1], Answer)
    return events[-1]


def _said(answer: Answer, *kinds: str) -> list[str]:
    return [notice.text for notice in answer.notices if notice.kind in (kinds or ("council",))]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("question", "wording"),
    [
        ("How much is a parking fine?", "These are the rules of Afonbridge Borough Council."),
        ("Are bins collected from London Road?", "These are the rules of Afonbridge"),
        ("Sut mae biniau yn cael eu casglu?", "Rheolau Cyngor Caerdydd yw'r rhain."),
    ],
)
async def test_whose_rules_are_shown_is_said(
    question: str, wording: str, services: Services, guidance: PassageIndex
) -> None:
    answer = await _answer(Enquiry(question), services, guidance)

    assert _said(answer)[0].startswith(wording)
    assert answer.completeness == "complete"


@pytest.mark.anyio
@pytest.mark.parametrize(
    "enquiry",
    [
        Enquiry("How much is a parking fine in Afonbridge?"),
        Enquiry("I moved from Leeds to Afonbridge, how much is a parking fine?"),
        Enquiry("How much is a parking fine?", (Turn("user", "I live in Afonbridge."),)),
        Enquiry("Sut mae biniau yn cael eu casglu yng Nghaerdydd?"),
        Enquiry("How do I join the library in Cardiff?"),
        Enquiry("How do I renew a passport in Leeds?"),
        Enquiry(
            "How much is a parking fine?",
            (Turn("user", "When are Afonbridge bins collected?"), Turn("user", "and fines?")),
        ),
        Enquiry("How much is a parking fine?", publisher="Afonbridge Borough Council"),
    ],
)
async def test_who_names_the_councils_own_place_is_told_nothing(
    enquiry: Enquiry, services: Services, guidance: PassageIndex
) -> None:
    answer = await _answer(enquiry, services, guidance)

    assert answer.status == "answered"
    assert not _said(answer, "council", "other_council")
    assert answer.completeness == "complete"


@pytest.mark.anyio
async def test_a_place_that_another_page_of_the_council_names_may_be_its_own(
    services: Services, guidance: PassageIndex
) -> None:
    answer = await _answer(Enquiry("parking fine in Whitehaven"), services, guidance)

    assert _said(answer)
    assert answer.completeness == "complete"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("enquiry", "place"),
    [
        (Enquiry("How much is a parking fine in Brighton?"), "Brighton"),
        (Enquiry("When are bins collected? I live in Milton Keynes."), "Milton Keynes"),
        (Enquiry("when are bins collected in Reading"), "Reading"),
        (Enquiry("How much is it?", (Turn("user", "parking fine in Leeds"),)), "Leeds"),
        (Enquiry("and in Leeds?", (Turn("user", "parking fine in Afonbridge"),)), "Leeds"),
        (Enquiry("In Leeds", (Turn("user", "parking fine in Afonbridge"),)), "Leeds"),
        (
            Enquiry(
                "How much is a parking fine?",
                (
                    Turn("user", "When are bins collected in Leeds?"),
                    Turn("user", "what about food?"),
                    Turn("user", "How do I renew a passport?"),
                ),
            ),
            "Leeds",
        ),
        (
            Enquiry("parking fine in Leeds", publisher="Afonbridge Borough Council"),
            "Leeds",
        ),
    ],
)
async def test_the_rules_of_another_place_are_no_complete_answer(
    enquiry: Enquiry, place: str, services: Services, guidance: PassageIndex
) -> None:
    answer = await _answer(enquiry, services, guidance)

    opening = f"You asked about {place}. I have the rules of Afonbridge Borough Council only."
    assert _said(answer, "other_council")[0].startswith(opening)
    assert not _said(answer)
    assert answer.completeness == "partial"


@pytest.mark.anyio
async def test_a_place_said_before_somebody_moved_away_is_forgotten(
    services: Services, guidance: PassageIndex
) -> None:
    moved = (Turn("user", "bins in Leeds"), Turn("user", "I moved to Cardiff"))
    answer = await _answer(Enquiry("How do I join the library?", moved), services, guidance)

    assert not _said(answer, "council", "other_council")


@pytest.mark.anyio
async def test_an_index_of_one_council_needs_no_word(
    services: Services, of_one_council: PassageIndex
) -> None:
    own = await _answer(Enquiry("How do I join the library?"), services, of_one_council)
    other = await _answer(Enquiry("join the library in Swansea"), services, of_one_council)

    assert not _said(own)
    assert own.completeness == "complete"
    assert "Swansea" in _said(other, "other_council")[0]


@pytest.mark.anyio
async def test_each_question_of_several_is_told_of_its_own_place(
    services: Services, guidance: PassageIndex
) -> None:
    asked = "1. How much is a parking fine in Leeds?\n2. How do I renew a passport?"
    answer = await _answer(Enquiry(asked), services, guidance)

    assert len(_said(answer, "other_council")) == 1
    assert answer.completeness == "partial"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("enquiry", "told"),
    [
        (Enquiry("join the library in Wales", nation=Nation.SCOTLAND), True),
        (Enquiry("join the library in Wales", nation=Nation.WALES), False),
        (Enquiry("join the library", nation=Nation.WALES), False),
        (Enquiry("renew a passport in Wales", nation=Nation.SCOTLAND), False),
        (
            Enquiry("join the library", (Turn("user", "I live in Wales"),), nation=Nation.SCOTLAND),
            True,
        ),
    ],
)
async def test_a_nation_in_the_question_outweighs_the_requests_and_that_is_said(
    enquiry: Enquiry, told: bool, services: Services, guidance: PassageIndex
) -> None:
    answer = await _answer(enquiry, services, guidance)

    said = _said(answer, "nation")
    assert answer.status == "answered"
    assert bool(said) is told
    assert ("for Wales" in "".join(said)) is told
    assert ("for Scotland" in "".join(said)) is told

"""Who lives outside England is told what their nation has of its own, where a page names none."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files

import pytest

from bot import Answer, Enquiry, Services, answer_question
from bot.enquiry import Nation, Turn
from bot.replying.devolved import what_there_is
from ingestion.passage_index import PassageIndex
from tests.bot.conftest import index_of

SCOTLAND, WALES, NI = Nation.SCOTLAND, Nation.WALES, Nation.NORTHERN_IRELAND
PAGES = {
    "jury": ("title: Jury service", "You can claim travel costs for jury service at court."),
    "carer": (
        "title: Carer's Allowance",
        "You can get Carer's Allowance if you lived in England, Scotland or Wales for two years.",
    ),
    "passport": ("title: Renew a passport", "You can renew a passport online for £94.50."),
    "aid-wales": ("title: Deposits in Wales", "Your landlord must protect a deposit in Wales."),
    "library": (
        "title: Juror badges\npublisher: Fife Council",
        "You wear a juror badge on jury service in the library.",
    ),
    "credit": (
        "title: Universal Credit\nnation: england+scotland+wales",
        "You can claim Universal Credit online if you have a low income.",
    ),
    "probate": (
        "title: Apply for probate\nnation: england+wales",
        "You apply for probate online or by post.",
    ),
    "bins": ("title: Garden waste\nnation: uk", "Garden waste is collected once a week."),
}


@pytest.mark.parametrize(
    ("title", "question", "nation", "told"),
    [
        ("Council Tax", "how is it worked out", NI, "domestic rates"),
        ("Council Tax", "how is it worked out", WALES, "separate rules on this in Wales"),
        ("Prescription charges", "how much", SCOTLAND, "free in Scotland"),
        ("Private renting for tenants: evictions", "", SCOTLAND, "mygov.scot"),
        ("Renting out your property", "", WALES, "Rent Smart Wales"),
        ("Rent out a room tax-free", "", WALES, ""),
        ("Stamp Duty Land Tax", "", SCOTLAND, "Land and Buildings Transaction Tax"),
        ("Stamp Duty Land Tax", "", WALES, "Land Transaction Tax"),
        ("Stamp Duty Land Tax", "", NI, ""),
        ("Stamp Duty when you buy shares", "", SCOTLAND, ""),
        ("Legal aid", "", SCOTLAND, "Scottish Legal Aid Board"),
        ("Legal aid", "", WALES, ""),
        ("Apply for student finance", "", SCOTLAND, "SAAS"),
        ("Repaying your student loan", "", SCOTLAND, ""),
        ("Carer’s Allowance", "", SCOTLAND, "Carer Support Payment"),
        ("Personal Independence Payment (PIP)", "", SCOTLAND, "Adult Disability Payment"),
        ("Disability Living Allowance (DLA) for children", "", SCOTLAND, "Child Disability"),
        ("Attendance Allowance", "", SCOTLAND, "Pension Age Disability Payment"),
        ("Winter Fuel Payment", "", SCOTLAND, "Pension Age Winter Heating Payment"),
        ("Cold Weather Payment", "", SCOTLAND, "Winter Heating Payment"),
        ("Sure Start Maternity Grant", "", SCOTLAND, "Best Start Grant"),
        ("Get help with funeral costs (Funeral Expenses Payment)", "", SCOTLAND, "Funeral Support"),
        ("Right to Buy: buying your council home", "", WALES, "ended in Wales"),
        ("Check your tenant's right to rent", "", SCOTLAND, "do not have to make right to rent"),
        ("Apply for probate", "", SCOTLAND, "confirmation"),
        ("Apply for probate", "", WALES, ""),
        ("Make, register or end a lasting power of attorney", "", NI, "Care and Protection"),
        ("Get a divorce", "", SCOTLAND, "separate rules"),
        ("Marriage Allowance", "", SCOTLAND, ""),
        ("Register a birth", "", SCOTLAND, "separate rules"),
        ("Register your baby's birth", "", NI, "separate rules"),
        ("Request a basic DBS check", "", NI, "AccessNI"),
        ("Apply for a Blue Badge", "", NI, "Department for Infrastructure"),
        ("Apply for an older person's bus pass", "", WALES, "Transport for Wales"),
        ("School admissions", "", NI, "separate rules"),
        ("Parent of a Child at School visa", "", SCOTLAND, ""),
        ("Get an MOT", "", NI, "DVA"),
        ("Get an MOT", "", SCOTLAND, ""),
        ("Universal Credit", "", NI, "Department for Communities"),
        ("Universal Credit", "", SCOTLAND, ""),
        ("Income Tax rates and Personal Allowances", "", SCOTLAND, "own rates and bands"),
        ("Income Tax rates and Personal Allowances", "", WALES, ""),
        ("Claim a tax refund", "do i get income tax back", SCOTLAND, ""),
        ("The new State Pension", "what is it in Belfast", NI, ""),
        ("Renew or replace your adult passport", "", NI, ""),
        ("National Insurance: introduction", "", SCOTLAND, ""),
        ("Claim Child Benefit", "", NI, ""),
        ("Jury service", "", Nation.ENGLAND, ""),
        ("Employing an apprentice", "what is the minimum wage of one", WALES, ""),
        ("Employing an apprentice", "how do i start", WALES, "separate rules"),
        ("Set up a charity", "", SCOTLAND, "OSCR"),
    ],
)
def test_what_a_nation_has_of_its_own(title: str, question: str, nation: Nation, told: str) -> None:
    said = what_there_is(title, question, nation, "en")

    assert told in said
    assert bool(said) is bool(told)


def test_what_is_quoted_tells_the_subject_where_no_title_does() -> None:
    asked, quoted = "Can I get legal aid?", "Legal aid can pay for a solicitor."

    assert what_there_is("Help with costs", asked, SCOTLAND, "en", quoted=quoted)
    assert not what_there_is("Help with costs", asked, SCOTLAND, "en", quoted="Ask your bank.")


def test_welsh_says_the_same_with_welsh_names() -> None:
    said = what_there_is("Stamp Duty Land Tax", "", WALES, "cy")

    assert "y Dreth Trafodiadau Tir" in said
    assert "Awdurdod Cyllid Cymru" in said
    assert "llyw.cymru" in said


def test_the_table_is_whole() -> None:
    table = tomllib.loads(files("bot.replying").joinpath("devolved.toml").read_text("utf-8"))
    known = {"called", "called_cy", "by", "by_cy", "en", "cy", "site"}
    nations = {nation.value for nation in Nation} - {"england"}

    for name, subject in table["subjects"].items():
        assert set(subject) <= {"cues", "unless"} | nations, name
        assert set(subject) & nations, name
        assert all(cue == cue.lower() and "’" not in cue for cue in subject["cues"]), name
        for own in (subject[nation] for nation in nations & set(subject)):
            assert set(own) <= known, name
            assert ("en" in own) is ("cy" in own), name
            assert re.fullmatch(r"[a-z-]+(\.[a-z-]+)+|", own.get("site", "")), name
            # Amounts and ages change; who runs something rarely does.
            assert not re.search(r"\d", "".join(own.values())), name


@pytest.fixture(scope="module")
def guidance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of(PAGES, tmp_path_factory.mktemp("devolved"))
    yield opened
    opened.close()


async def _answer(enquiry: Enquiry, services: Services, index: PassageIndex) -> Answer:
    events = [event async for event in answer_question(enquiry, replace(services, index=index))]
    assert isinstance(events[-1], Answer)
    return events[-1]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("enquiry", "told"),
    [
        (Enquiry("Who pays travel costs for jury service in Ayr?"), "Scottish Courts"),
        (Enquiry("up here in Scotland, are jury service travel costs paid"), "Scottish Courts"),
        (Enquiry("Jury service travel costs, I live in PA1"), "Scottish Courts"),
        (Enquiry("Jury service travel costs at court", nation=NI), "Northern Ireland Courts"),
        (
            Enquiry("and jury service travel costs?", (Turn("user", "I live in Glasgow"),)),
            "Scottish Courts",
        ),
        (Enquiry("Can I get Carer's Allowance in Scotland?"), "Carer Support Payment"),
        (Enquiry("Jury service travel costs at court"), ""),
        (Enquiry("Jury service travel costs at court in Cardiff"), ""),
        (Enquiry("Jury service travel costs at court", nation=Nation.ENGLAND), ""),
        (Enquiry("Do I wear a juror badge in the library in Fife?"), ""),
        (Enquiry("How do I renew a passport in Scotland?"), ""),
        (Enquiry("Must my landlord protect a deposit in Wales?"), ""),
        (Enquiry("My landlord in Ayr has it. How do I renew a passport?"), ""),
    ],
)
async def test_an_answer_from_a_page_that_names_no_nation_says_so(
    enquiry: Enquiry, told: str, services: Services, guidance: PassageIndex
) -> None:
    answer = await _answer(enquiry, services, guidance)

    said = [notice.text for notice in answer.notices if notice.kind == "devolved"]
    assert answer.status == "answered"
    assert bool(said) is bool(told)
    assert told in "".join(said)
    assert answer.completeness == ("partial" if told else "complete")


@pytest.mark.anyio
async def test_who_claims_where_the_page_is_for_other_nations(
    services: Services, guidance: PassageIndex
) -> None:
    named = await _answer(
        Enquiry("I live in Belfast, how do I claim Universal Credit"), services, guidance
    )
    other = await _answer(
        Enquiry("How do I apply for probate?", nation=SCOTLAND), services, guidance
    )

    assert "you claim Universal Credit from the Department for Communities" in named.text
    assert "nidirect.gov.uk" in named.text
    assert any("confirmation" in notice.text for notice in other.notices)

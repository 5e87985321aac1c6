import pytest

from bot.enquiry import Enquiry, Nation, Turn
from bot.understanding.nations import nation_of
from bot.understanding.postcodes import nations_of_postcodes, without_postcodes
from bot.understanding.understand import understand
from guardrails import QuestionPolicy


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("I live in CF10, how much is a prescription?", Nation.WALES),
        ("My postcode is EH1 [end of the postcode removed].", Nation.SCOTLAND),
        ("bins in SW1A 1AA", Nation.ENGLAND),
        ("we live near BT7", Nation.NORTHERN_IRELAND),
        ("I'm in SY23 now", Nation.WALES),
        ("living in CH7", Nation.WALES),
        ("postcode M1", Nation.ENGLAND),
        ("Rwy'n byw yn LL57", Nation.WALES),
        ("prescription charges in CF10", Nation.WALES),
        ("dentists near EH1?", Nation.SCOTLAND),
        ("BT7", Nation.NORTHERN_IRELAND),
        ("G12.", Nation.SCOTLAND),
        ("winter fuel payment cf10", Nation.WALES),
        ("council tax reduction eh1", Nation.SCOTLAND),
        ("council tax reduction EH1?", Nation.SCOTLAND),
        ("prescription charge, bt7 please", Nation.NORTHERN_IRELAND),
        ("how much is a prescription g12", Nation.SCOTLAND),
        ("missed bin sw1a", Nation.ENGLAND),
        ("i live in cf10", Nation.WALES),
        ("dentists near eh1", Nation.SCOTLAND),
        ("cf10", Nation.WALES),
    ],
)
def test_a_district_tells_the_nation(text: str, nation: Nation) -> None:
    assert nations_of_postcodes(text) == (nation,)
    assert nation_of([text]) is nation


@pytest.mark.parametrize(
    "text",
    [
        "the B1 English test",  # a district of Birmingham, too
        "fill in N1 and form SA1",
        "do I fill in SA1",
        "the tax in B1",
        "P45",
        "A1 licence at 16",
        "my P45 and P60",
        "I live in CH1",  # Chester, on both sides of the border
        "I live in NP25",
        "I live in TD15",
        "I live in QQ1",
        "lost my p45",
        "tax return sa100",
        "how do I fill in my p60",
        "do i need a sa1",
        "court form n1",
        "divorce form d8",
        "child arrangements c100",
        "minibus licence d1",
        "log book v5c",
        "change keeper V62",
        "english test b1",
        "tax code br19",
        "national insurance cf83",
        "probate pa1",
        "challenge a parking fine pe2",
        "universal credit and pip2",
        "petrol e10",
        "speeding on the m25",
        "notice s21",
        "compensation hs2",
        "child benefit form ch2",
        "which form is cf83 or eh1",
        "what is eh1",
        "less co2",
    ],
)
def test_what_is_no_district_or_on_a_border_tells_nothing(text: str) -> None:
    assert nations_of_postcodes(text) == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I live in CF10, how much is a prescription?", "how much is a prescription?"),
        ("How much is a prescription? I live in CF10.", "How much is a prescription? ."),
        ("prescription charges in CF10", "prescription charges"),
        ("B1 English test", "B1 English test"),
        ("winter fuel payment cf10", "winter fuel payment"),
        ("lost my p45", "lost my p45"),
    ],
)
def test_a_district_is_not_searched_for(text: str, left: str) -> None:
    assert without_postcodes(text) == left


def test_the_nation_outlives_the_rest_of_the_postcode(policy: QuestionPolicy) -> None:
    understood = understand(Enquiry("My postcode is EH1 1AA. How much is a prescription?"), policy)

    assert understood.query is not None
    assert understood.query.nation is Nation.SCOTLAND
    assert "1AA" not in repr(understood)
    assert "EH1" not in understood.query.both


def test_the_nation_of_an_earlier_message_counts_for_a_new_subject(policy: QuestionPolicy) -> None:
    history = (Turn("user", "I live in Cardiff. When are bins collected?"), Turn("assistant", "…"))

    understood = understand(Enquiry("How much is a prescription?", history), policy)

    assert understood.query is not None
    assert understood.query.nation is Nation.WALES


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("Can I get the Scottish Child Payment?", Nation.SCOTLAND),
        ("help from the Scottish Welfare Fund", Nation.SCOTLAND),
        ("land and buildings transaction tax", Nation.SCOTLAND),
        ("is my landlord on Rent Smart Wales", Nation.WALES),
        ("Discretionary Assistance Fund", Nation.WALES),
        ("Lone Pensioner Allowance", Nation.NORTHERN_IRELAND),
        ("call the PSNI", Nation.NORTHERN_IRELAND),
        ("a section 21 notice", Nation.ENGLAND),
        ("Carer's Allowance", None),  # in three nations
        ("Do I get Scottish Child Payment in England?", Nation.ENGLAND),
        ("Is Adult Disability Payment paid in Wales?", Nation.WALES),
        ("I moved from Scotland to England", Nation.ENGLAND),
        ("I live in England and work in Scotland", Nation.ENGLAND),
    ],
)
def test_what_exists_in_one_nation_only_names_it(text: str, nation: Nation | None) -> None:
    assert nation_of([text]) is nation

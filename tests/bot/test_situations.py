import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.enquiry import Enquiry
from bot.retrieval.situations import situations_in, with_situations, without_names
from bot.understanding.understand import understand
from guardrails import QuestionPolicy


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("what do i do when my mum dies", "register a death"),
        ("my husband has just died", "register a death"),
        ("Someone died at home", "register a death"),
        ("my dad has dementia and i look after him", "Carer's Allowance"),
        ("I care for my disabled son", "Carer's Allowance"),
        ("self employed and pregnant", "Maternity Allowance"),
        ("we just had a baby", "register a birth"),
        ("I've lost my job", "Jobseeker's Allowance"),
        ("my dad died without a will", "probate"),
        ("my mum died and left me the house", "probate"),
        ("my husband died last week what benefits can I get", "Bereavement Support Payment"),
        ("My late wife passed away, is there any financial help", "Bereavement Support Payment"),
        ("passport for my baby how much", "passport for a child"),
        ("council tax if i live alone", "only adult in the home"),
        ("can my mum from india stay 8 months", "Standard Visitor"),
        ("my partner passed away, can i get anything", "Bereavement Support Payment"),
        ("my wife died. Is there any money I can claim?", "Bereavement Support Payment"),
        ("my mum died what benefits can I get", "register a death"),
        ("my husband died what do I do", "register a death"),
        ("my mum margaret thompson died last week", "register a death"),
        ("nan doris ann evans passed away", "register a death"),
        ("my dad sadly passed away", "register a death"),
        ("dad died", "register a death"),
        ("she died on Sunday", "register a death"),
        ("my son died", "register a death"),
        ("we lost my mum to cancer", "register a death"),
        ("lost dad last week", "register a death"),
        ("bu farw fy mam ddoe", "register a death"),
        ("mae fy nhad wedi marw", "register a death"),
        ("mae nain newydd farw", "register a death"),
        ("dwi wedi colli fy ngwr", "register a death"),
        ("bu farw fy ngŵr pa fudd-daliadau alla i gael", "Bereavement Support Payment"),
        ("dad passed away how do i stop his pension", "Tell Us Once"),
        ("my wife died, cancel her attendance allowance", "Tell Us Once"),
        ("mum died who do i tell", "Tell Us Once"),
        ("they turned me down for PIP", "disagree with a decision"),
        ("my visa was refused", "disagree with a decision"),
        ("my mum is 80 and struggles to wash", "Attendance Allowance"),
        ("im pregnant what am i entitled to", "maternity"),
        ("just moved, who do i tell", "who to tell when you move"),
        ("my dad died can i get his pension", "pension of someone who died"),
    ],
)
def test_adds_what_guidance_calls_a_situation(text: str, means: str) -> None:
    assert with_situations(text).startswith(text)
    assert means in with_situations(text)


@pytest.mark.parametrize(
    "text",
    [
        "my car died",
        "my husband's car died",
        "my wife says her phone died",
        "my husband phone died",
        "my mum's dog died",
        "my dad nearly died",
        "my mum hasnt died",
        "my brother passed his driving test",
        "my son passed",
        "i lost my husband's passport",
        "i lost my husband’s passport",
        "lost my wife keys",
        "lost mums blue badge",
        "i lost her passport",
        "we lost my baby's red book",
        "lost my baby passport",
        "how do i stop my pension",
        "mae fy nghi wedi marw",
        "dwi wedi colli pasbort fy mam",
        "do you look after gardens",
        "look after my money",
        "I am pregnant: are prescriptions free",
        "care home fees",
        "im 30 and my cat cant wash",
        "we moved to Leeds",
        "my mum renews her passport",
        "refuse collection",
        "i live alone, can i get attendance allowance",
        "how do i register my baby's birth",
        "my friend from work sold me a car",
        "I refused a job",
        "",
    ],
)
def test_leaves_other_messages_as_they_are(text: str) -> None:
    assert with_situations(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "lost my baby at 20 weeks can i get maternity pay",
        "we lost our baby",
        "I had a miscarriage",
        "is there leave after a stillbirth",
    ],
)
def test_a_lost_baby_adds_nothing_and_must_be_spoken_of(text: str) -> None:
    (situation,) = situations_in(text)

    assert with_situations(text) == text
    assert situation.is_asked
    assert situation.holds is not None
    assert situation.holds.search("If your baby is stillborn")
    assert not situation.holds.search("You must have worked for 26 weeks")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("my mum margaret thompson died last week", "my mum died last week"),
        ("my dad has sadly passed away", "my dad passed away"),
        ("my mum died last week", "my mum died last week"),
        ("my husband phone died", "my husband phone died"),
        ("", ""),
    ],
)
def test_whose_death_it_was_is_not_searched_by_name(text: str, plain: str) -> None:
    assert without_names(text) == plain


def test_what_is_told_more_precisely_takes_the_place_of_the_rest() -> None:
    (situation,) = situations_in("my dad died with debts")

    assert "register a death" not in situation.means
    assert situation.holds is not None
    assert situation.holds.search("Deal with the estate of someone who died")
    assert not situation.holds.search("Register the death within 5 days")


@given(st.text(max_size=80))
def test_only_adds(text: str) -> None:
    assert with_situations(text).startswith(text)


@pytest.mark.parametrize(
    ("message", "is_read"),
    [
        ("my dad died last week", True),
        ("What do I do when my dad dies?", True),
        ("My dad died. How long does probate take?", False),
        ("My dad died. Can I keep his car?", False),
        ("My dad died. What do I need to do?", True),
        ("My dad died. How much will I get?", False),
    ],
)
def test_a_question_that_asks_for_itself_is_not_drowned(
    message: str, is_read: bool, policy: QuestionPolicy
) -> None:
    understood = understand(Enquiry(message), policy)

    assert understood.query is not None
    assert ("register a death" in understood.query.both) is is_read


@pytest.mark.parametrize(
    "message",
    [
        "My dad died. How do I stop his pension?",
        "dad passed away how do i cancel his pension",
        "Can I stop his pension? My dad died.",
    ],
)
def test_what_a_question_is_about_is_read_wherever_it_was_told(
    message: str, policy: QuestionPolicy
) -> None:
    query = understand(Enquiry(message), policy).query

    assert query is not None
    assert "Tell Us Once" in query.question
    assert "Tell Us Once" in query.both


def test_a_removed_name_leaves_the_person(policy: QuestionPolicy) -> None:
    query = understand(Enquiry("My mum Margaret Thompson died yesterday"), policy).query

    assert query is not None
    assert query.both.startswith("My mum (mother) died yesterday (someone dies")


@pytest.mark.parametrize(
    ("message", "searched"),
    [
        ("My name is John Smith, how do I renew a passport?", "how do I renew a passport?"),
        ("I am John Smith and how do I renew a passport?", "how do I renew a passport?"),
        (
            "My landlord Peter Brown refuses, how do I complain?",
            "My landlord refuses, how do I complain?",
        ),
    ],
)
def test_who_gives_a_name_asks_what_comes_after_it(
    message: str, searched: str, policy: QuestionPolicy
) -> None:
    query = understand(Enquiry(message), policy).query

    assert query is not None
    assert query.both == searched


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("am i entitled to anything after my husband passed away", "Bereavement Support Payment"),
        ("can i get anything now my wife has died", "Bereavement Support Payment"),
        ("does the bank close an account when my mum has died", ""),
    ],
)
def test_who_only_tells_what_happened_asks_about_it(
    question: str, added: str, policy: QuestionPolicy
) -> None:
    query = understand(Enquiry(question), policy).query

    assert query is not None
    assert added in query.both
    assert bool(added) == ("Bereavement" in query.both or "register a death" in query.both)


def test_a_part_that_leans_is_searched_with_what_happened(policy: QuestionPolicy) -> None:
    asked = "My husband died in May. Is there any money I can claim and how long do I have?"

    understood = understand(Enquiry(asked), policy)

    (_, first), (_, second) = understood.parts
    assert "Bereavement Support Payment" in first.both
    assert [earlier.both for earlier in second.before] == [first.both]
    assert understood.query is not None
    assert "Bereavement Support Payment" in understood.query.both

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.enquiry import Enquiry
from bot.retrieval.situations import situations_in, with_situations
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
        ("my mum died what benefits can I get", "register a death"),
        ("my husband died what do I do", "register a death"),
        ("they turned me down for PIP", "disagree with a decision"),
        ("my visa was refused", "disagree with a decision"),
    ],
)
def test_adds_what_guidance_calls_a_situation(text: str, means: str) -> None:
    assert with_situations(text).startswith(text)
    assert means in with_situations(text)


@pytest.mark.parametrize(
    "text",
    [
        "my car died",
        "do you look after gardens",
        "look after my money",
        "I am pregnant: are prescriptions free",
        "care home fees",
        "my mum renews her passport",
        "refuse collection",
        "I refused a job",
        "",
    ],
)
def test_leaves_other_messages_as_they_are(text: str) -> None:
    assert with_situations(text) == text


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
    ],
)
def test_a_question_that_asks_for_itself_is_not_drowned(
    message: str, is_read: bool, policy: QuestionPolicy
) -> None:
    understood = understand(Enquiry(message), policy)

    assert understood.query is not None
    assert ("register a death" in understood.query.both) is is_read

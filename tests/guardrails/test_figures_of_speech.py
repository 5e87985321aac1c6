import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.figures_of_speech import without_figures_of_speech
from guardrails.normalised import normalise
from guardrails.rules import crisis, emergency
from guardrails.verdict import Outcome


@pytest.mark.parametrize(
    "text",
    [
        "he beat me to the floor",
        "my wife beats me at home",
        "my husband beats me to screaming",
        "I want to kill my husband and claim his pension",
        "I want to kill my boss over my job",
        "I want to end it",
        "i want to end it my pip claim was refused",
        "i want to end it, my claim has been stopped",
        "i want to end it my marriage is over",
        "im cutting myself a lot",
        "i wont be here when the bailiffs come",
        "i wont be here when they find me",
        "im going to kill the man next door",
        "my dog was killed by my husband",
        "my wife beats me at chess and hits me when she loses",
    ],
)
def test_danger_is_no_figure_of_speech(text: str) -> None:
    assert crisis.check(normalise(text)).outcome is Outcome.SIGNPOST


@given(st.text("abekmtoy .", max_size=80))
def test_what_is_left_holds_no_figure_of_speech_and_adds_no_word(plain: str) -> None:
    left = without_figures_of_speech(plain)

    assert set(left.replace(".", " ").split()) <= set(plain.replace(".", " ").split())


@pytest.mark.parametrize(
    "text",
    [
        "my ex wont let me see my kids",
        "my ex-wife will not let me speak to my daughter",
        "my gas has been cut off",
        "I am killing myself working two jobs",
        "kicked out of uni",
        "thrown off my course",
        "locked out of my account",
        "locked out of my universal credit journal",
        "my card got swallowed",
        "the cashpoint swallowed my card",
        "stuck abroad with no passport",
        "stranded in spain without a passport",
        "stuck in turkey my flight got cancelled",
        "cutting myself a key",
        "im cutting myself some slack",
        "my dog was stabbed",
        "the neighbours horse got shot",
        "im going to kill the engine",
        "kill the lights",
        "i could murder a curry",
        "i wont be here when the census comes",
        "won't be here for the meter reading",
        "dwi moyn siarad a rhywun",
        "cant find my passport anywhere think ive lost it",
        "my purse has gone think i dropped it at the market",
        "someones dumped a load of rubbish down our lane",
        "sofa chucked in our bin store",
        "dont want to give my organs when im dead",
        "leaving my body to science after i die",
        "who gets the house when im gone",
        "rain coming in through the bedroom window",
        "smoke alarm keeps beeping",
        "dont want my organs used when im dead",
        "somebody pinched my sons bike",
        "my moped was nicked off the drive overnight",
        "the council never rings back",
        "my supervisor hates me",
        "awake all night because of roadworks",
        "my son wants to live with his dad",
        "street lamps all off on our lane",
    ],
)
def test_what_happens_to_many_is_taken_out(text: str) -> None:
    assert crisis.check(normalise(text)).outcome is Outcome.ALLOW
    assert emergency.check(normalise(text)).outcome is Outcome.ALLOW
    assert without_figures_of_speech(normalise(text).plain) != normalise(text).plain


@pytest.mark.parametrize(
    "text",
    [
        "my ex won't let me see my kids and says he will kill me",
        "my husband won't let me see my mum or have my own money",
        "the gas has been cut off and I want to kill myself",
        "stranded abroad with no passport and my husband wont let me leave",
        "kicked out of uni and i want to die",
        "cutting myself a key and i want to die",
        "my cat got stabbed and my husband hits me",
        "dwi moyn siarad a rhywun dwi eisiau marw",
        "ive lost my passport and want to kill myself",
    ],
)
def test_danger_beside_it_is_still_read(text: str) -> None:
    assert crisis.check(normalise(text)).outcome is Outcome.SIGNPOST


@pytest.mark.parametrize(
    "text",
    [
        "lost my passport my husband took it",
        "my phone has gone he hid it",
        "water coming through the ceiling onto the electrics",
        "drunk men outside my flat trying to get in",
        "my kids want to live",
        "up all night because of the baby being hit upstairs",
    ],
)
def test_what_may_be_danger_is_not_taken_out(text: str) -> None:
    assert without_figures_of_speech(normalise(text).plain) == normalise(text).plain

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
        "ive got no photo id",
        "havent got any proof of address",
        "we have no birth certificate or passport",
        "ive got nothing to prove my address",
        "nothing to show i live here",
        "ive got nothing from the dwp",
        "ive had enough of you lot",
        "ive had enough of waiting for my passport",
        "had enough of your useless website",
        "my ex is hitting me with huge solicitors bills",
        "they keep hitting us with fines",
        "my landlord is threatening to evict me",
        "they are threatening to cut off my gas",
        "threatened to evict us, the council threatened us with bailiffs",
        "my mum is 82 and cant see",
        "MUM SHES 89 AND CANT WALK",
        "council says i made myself homeless on purpose",
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
        "ive got no id and i want to die",
        "ive had enough",
        "ive had enough of life",
        "ive had enough of everything",
        "had enough of living",
        "ive had enough of you lot im done with it all",
        "ive had enough of waiting for my payment i cant go on",
        "my ex is hitting me with a bottle",
        "they keep hitting us with sticks",
        "hes hitting me with bills and bottles",
        "my ex hits me with bills and he hits me with a belt",
        "my ex is threatening to take my kids",
        "ive got nothing to prove he hits me",
        "ive got no documents and i cant leave the farm",
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
        "ive got nothing left",
        "ive got no food or id",
        "i have no papers and no hope",
        "ive got no passport my husband took it",
        "ive got no passport and my boss wont give it back",
        "ive got nothing to show for my life",
        "nothing from my daughter shes missing",
        "ive had enough of you lot goodbye",
        "ive had enough of you lot and this life",
        "ive had enough of this pain",
        "ive had enough of his temper",
        "had enough of my husband",
        "they hit me with fines and fists",
        "hitting me with a belt",
        "hitting me with a bill hook",
        "my partner hits me with the bills in his hand",
        "landlord threatening to evict me because i wont have sex",
        "my dad is 70 and cant walk he has fallen",
        "my nan is 91 and cant walk shes on the floor",
        "no passport he keeps it locked away",
        "my landlord is threatening to evict me tonight",
        "my landlord is threatening to evict me if i dont sleep with him",
        "my landlord is threatening to evict me and hit me",
        "they are threatening to take my kids",
        "mum fell shes 89 and cant walk",
        "my mum is 82 and cant see since this morning",
        "my mum is 82 and suddenly cant see",
        "my nan is 90 and cant walk and her face has dropped",
        "i made myself homeless to get away from my husband",
        "ive made myself homeless tonight",
    ],
)
def test_what_may_be_danger_is_not_taken_out(text: str) -> None:
    assert without_figures_of_speech(normalise(text).plain) == normalise(text).plain

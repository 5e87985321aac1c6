import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.figures_of_speech import without_figures_of_speech
from guardrails.normalised import normalise
from guardrails.rules import crisis
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
        "my wife beats me at chess and hits me when she loses",
    ],
)
def test_danger_is_no_figure_of_speech(text: str) -> None:
    assert crisis.check(normalise(text)).outcome is Outcome.SIGNPOST


@given(st.text("abekmtoy .", max_size=80))
def test_what_is_left_holds_no_figure_of_speech_and_adds_no_word(plain: str) -> None:
    left = without_figures_of_speech(plain)

    assert set(left.replace(".", " ").split()) <= set(plain.replace(".", " ").split())

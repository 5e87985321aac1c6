import pytest

from guardrails.normalised import normalise
from guardrails.rules import crisis, emergency
from guardrails.verdict import Outcome

HISTORY = [
    "my dad collapsed in 2019 can he get attendance allowance",
    "two years ago my husband was stabbed, can he get compensation",
    "our house was on fire last year, how do i claim",
    "my nan fell down the stairs last month what help can she get",
    "when i was 12 i was kidnapped can i get compensation",
    "there was a gas leak in my flat last year can i claim rent back",
    "my mum had a heart attack two years ago can she get a blue badge",
    "i was homeless with nowhere to sleep in 2020 does that count",
    # Held out: written after the table was done.
    "in 2020 i was being followed home, is there a record of my report",
    "my neighbour was unconscious for a week back in 2018, can he drive",
]
NOW = [
    "my dad had a stroke last year and he cant breathe",
    "my mum who had a stroke in 2019 cant breathe",
    "since my stroke in 2019 i cant breathe",
    "he collapsed last year now he is unconscious",
    "i havent eaten since last week",
    "my dad collapsed",
    "last year he was fine, my dad has collapsed",
    # Held out.
    "my wife had a fit in march 2021 and is having a seizure now",
    "we moved in two years ago and i can smell gas",
    "my son is not breathing, he was ill last month",
]


@pytest.mark.parametrize("message", HISTORY)
def test_what_happened_long_ago_is_no_emergency(message: str) -> None:
    assert emergency.check(normalise(message)).outcome is Outcome.ALLOW


@pytest.mark.parametrize("message", NOW)
def test_a_past_time_elsewhere_hides_no_emergency(message: str) -> None:
    assert emergency.check(normalise(message)).outcome is Outcome.SIGNPOST


def test_past_violence_is_answered_where_an_entitlement_is_asked_for() -> None:
    asked = "my husband strangled me in 2019 can i get legal aid"

    assert crisis.check(normalise(asked)).outcome is Outcome.ALLOW


@pytest.mark.parametrize("message", ["i tried to kill myself last year", "i was raped in 2015"])
def test_suicide_and_what_was_done_to_somebody_are_never_history(message: str) -> None:
    assert crisis.check(normalise(message)).outcome is Outcome.SIGNPOST

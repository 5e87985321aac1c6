import pytest

from guardrails.example_files import load_half
from guardrails.normalised import normalise
from guardrails.rules import abuse
from guardrails.verdict import Category, Outcome


@pytest.mark.parametrize(
    "text",
    [
        "fuck off",
        "you are a stupid bitch",
        "I'm going to come down there and stab you",
        "useless cunts",
        "I know where you live",
        "I will bring a knife to the job centre",
        "you fucking idiots",
        "kill all of you",
        "How would your staff like it if I came and petrol bombed you? I will kill you",
    ],
)
def test_blocks_threats_and_bare_slurs(text: str) -> None:
    verdict = abuse.check(normalise(text))

    assert (verdict.outcome, verdict.category) == (Outcome.BLOCK, Category.ABUSE)


@pytest.mark.parametrize(
    "text",
    [
        "why the fuck is my pip stopped?",
        "this fucking form won't load, how do I apply",
        "I'm so pissed off with DWP, can I appeal",
        "how do I get rid of a dyke wall",
        "my dog is a bitch, do I need a licence?",
        "spastic cerebral palsy PIP",
        "can I beat you to the appointment",
    ],
)
def test_allows_angry_questions(text: str) -> None:
    assert abuse.check(normalise(text)).outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kind, text) for kind, text in load_half("reviewed_routes", "fit") if kind in ("abuse",)],
)
def test_finds_what_the_phrases_were_written_for(kind: str, text: str) -> None:
    assert abuse.check(normalise(text)).category == kind

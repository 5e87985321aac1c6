import pytest

from guardrails.example_files import load_half
from guardrails.normalised import normalise
from guardrails.rules import routing
from guardrails.verdict import Category, Outcome

ELSEWHERE = {
    Category.ACCOUNT: [
        "where is my pip payment",
        "where's my refund?",
        "has my claim been processed yet",
        "when will my passport arrive",
        "Can you check my application status",
        "what is happening with my appeal",
        "Why has my universal credit been stopped",
        "why was I paid less this month",
        "can you update my address",
        "what's my national insurance number",
        "I still haven't received my driving licence",
        "how much do I owe",
        "track my passport application",
        "please cancel my claim",
        "ble mae fy mhasbort",
        "pryd fydda i'n cael fy nhaliad",
        "any update on my blue badge application?",
        "my payment hasn't arrived",
        "why haven't I been paid",
        "is my claim approved",
    ],
    Category.PARLIAMENT: [
        "who is my MP",
        "how do I contact my MP",
        "how did my MP vote on assisted dying",
        "start a petition",
        "pwy yw fy AS lleol",
    ],
    Category.FOI: [
        "how do I make a freedom of information request",
        "I want to make an FOI request",
        "how do i make a subject access request",
        "cais rhyddid gwybodaeth",
    ],
}


@pytest.mark.parametrize(
    ("category", "text"), [(place, text) for place, texts in ELSEWHERE.items() for text in texts]
)
def test_signposts_what_guidance_cannot_answer(category: Category, text: str) -> None:
    verdict = routing.check(normalise(text))

    assert (verdict.outcome, verdict.category) == (Outcome.SIGNPOST, category)


@pytest.mark.parametrize(
    "text",
    [
        "how long does a passport take to arrive",
        "when will I get my state pension",
        "how do I check my National Insurance record",
        "what is my tax code for",
        "how do I claim a tax refund",
        "my claim was refused how do I appeal",
        "how do I update my address on my driving licence",
        "can I change my name on my passport",
        "when is child benefit paid",
        "how do I cancel my direct debit",
        "how do I find my national insurance number",
        "What happens to my pension when I die",
        "What happens to my application and how I will be communicated with?",
        "when can I challenge the election results",
        "how long will my application take",
        "where can I use my blue badge",
        "is my pension taxable",
        "are my savings counted",
        "will my benefits stop if I move",
        "can my claim be backdated",
        "who can countersign my passport form",
        "my mp3 player",
        "how much council tax do I owe if I live alone",
        "does an MP pay tax",
        "Where do I send my form?",
        "where is my nearest job centre",
        "how do I get a refund for my car tax",
        "why is my tax code wrong",
        "what should I do if my payment is late",
        "my visa application was refused what next",
        "how do I track my application",
        "It has been a month and I have not received my card. Who should I contact?",
    ],
)
def test_allows_general_questions(text: str) -> None:
    assert routing.check(normalise(text)).outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kind, text)
        for kind, text in load_half("reviewed_routes", "fit")
        if kind in ("account", "parliament", "foi")
    ],
)
def test_finds_what_the_phrases_were_written_for(kind: str, text: str) -> None:
    assert routing.check(normalise(text)).category == kind

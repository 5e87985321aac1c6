import pytest

from guardrails.normalised import normalise
from guardrails.rules import emergency
from guardrails.verdict import Category, Outcome

HAPPENING = {
    "gas": [
        "I can smell gas",
        "there's a gas leak in my house",
        "carbon monoxide alarm going off",
        "dwi'n gallu arogli nwy",
        "boiler leaking gas what do i do",
    ],
    "medical": [
        "they cut my electric off and i use oxygen machine",
        "my dad is having chest pains",
        "my baby isn't breathing",
        "she has collapsed and is unconscious",
        "he's having a heart attack",
        "I can't breathe",
        "I think my husband is having a stroke",
        "my toddler swallowed bleach",
        "mae fy nhad wedi llewygu",
        "my wife is bleeding heavily and pregnant",
        "mae'r ferch wedi yfed cannydd",
        "mae hi'n gwaedu'n ofnadwy",
        "my friend took too many pills and wont wake up",
        "I need an ambulance",
    ],
    "immediate_danger": [
        "someone broke in and is still downstairs",
        "mum has dementia and she has gone missing",
        "someone is breaking into my house",
        "emergency number",
        "what number do I call in an emergency",
        "my house is on fire",
        "there is a man outside with a knife",
        "my child has gone missing",
        "I'm in danger please help",
        "someone is following me",
        "mae fy nhŷ ar dân",
        "mae rhywun efo cyllell yn y stryd",
        "my ex is outside banging on the door",
    ],
    "hungry_today": [
        "no food for my children tonight",
        "I haven't eaten for three days",
        "we have nothing to eat until payday",
        "I can't feed my kids",
        "the cupboards are empty and I have no money",
        "does dim bwyd yn y tŷ heno",
    ],
    "homeless_tonight": [
        "I have nowhere to sleep tonight",
        "evicted at 5pm today with 3 kids",
        "getting evicted from my flat this afternoon",
        "I've been kicked out and have nowhere to go tonight",
        "I am homeless tonight with my kids",
        "I'm sleeping in my car",
        "I will be on the streets tonight",
        "does gen i unman i gysgu heno",
        "sleeping rough with my dog, what help can i get now",
        "evicted today nowhere to go",
    ],
}


@pytest.mark.parametrize(
    ("detail", "text"), [(detail, text) for detail, texts in HAPPENING.items() for text in texts]
)
def test_signposts_and_names_the_emergency(detail: str, text: str) -> None:
    verdict = emergency.check(normalise(text))

    assert (verdict.outcome, verdict.category) == (Outcome.SIGNPOST, Category.EMERGENCY)
    assert verdict.detail == detail


@pytest.mark.parametrize(
    "text",
    [
        "my bin is on fire sale",
        "there's a fire sale at the shop",
        "What is 999?",
        "when should I call the police",
        "My cat is hurt",
        "no food bins were collected this week",
        "where is the nearest food bank",
        "can I take food into the hospital",
        "my children get no free school meals, why",
        "my dad had a stroke last year can he get attendance allowance",
        "what are the symptoms of a stroke",
        "do landlords need to fit carbon monoxide alarms",
        "gas safety certificate landlord",
        "I am homeless, how do I apply to the council",
        "what is the fire safety regulation for flats",
        "can I drive after a heart attack",
        "how do I get a knife licence",
        "my passport is missing",
        "my child is missing school",
        "report a missing passport",
        "does the council have to rehouse me if I'm homeless",
        "I can't breathe new life into this business",
        "I'm drowning in council tax debt",
        "he's drowning in energy bills, what help is there",
        "how do I call an ambulance in the UK",
        "emergency number plate",
        "council repairs emergency number",
        "can I claim tax relief for smoke alarm",
        "someone broke into my house last month, can I claim",
        "the fire destroyed my house last year; council tax discount?",
        "Son missing for years: how do I get a declaration of presumed death?",
    ],
)
def test_allows_questions_about_rules_and_the_past(text: str) -> None:
    assert emergency.check(normalise(text)).outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    "text",
    [
        "I can't breathe because of the mould in my flat",
        "I cannot breathe properly due to the damp",
        "I can't breathe with all the dust from the building site, who do I complain to?",
        "Because of the black mould in my bedroom I can't breathe",
        "Alla i ddim anadlu oherwydd y llwydni yn fy fflat",
        "Dwi'n methu anadlu achos y lleithder",
    ],
)
def test_a_lasting_cause_gets_help_beside_its_answer(text: str) -> None:
    verdict = emergency.check(normalise(text))

    assert verdict.outcome is Outcome.MENTION
    assert verdict.detail == "medical"


@pytest.mark.parametrize(
    "text",
    [
        "I can't breathe",
        "my baby can't breathe",
        "can't breathe and my chest hurts, there is mould",
        "I can't breathe, there is mould",
        "I can't breathe because of the mould and my chest hurts",
        "I can't breathe because of the mould. My dad has collapsed",
        "my baby can't breathe because of the mould",
        "my son can't breathe because of the damp",
        "I can't breathe because of the smoke",
        "I can't breathe because of the mould, please help me",
        "Alla i ddim anadlu",
        "Mae fy mabi'n methu anadlu oherwydd y llwydni",
        "Alla i ddim anadlu ac mae llwydni yma",
        "Dwi'n methu anadlu oherwydd y llwydni ac mae fy mrest yn brifo",
    ],
)
def test_a_cause_beside_danger_stays_an_emergency(text: str) -> None:
    verdict = emergency.check(normalise(text))

    assert verdict.outcome is Outcome.SIGNPOST
    assert verdict.detail == "medical"


@pytest.mark.parametrize(
    "text",
    [
        "lost my baby do i still get maternity leave",
        "I lost my baby",
        "we lost our son last year",
        "lost my daughter to cancer",
        "999 call charges",
        "emergency tax",
        "ambulance driver licence",
    ],
)
def test_grief_and_subjects_are_not_sent_to_999(text: str) -> None:
    assert emergency.check(normalise(text)).outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    "text",
    [
        "lost my son at the beach",
        "we lost our baby in the supermarket",
        "lost my little girl and cant find her",
        "my toddler is lost",
        "Emergency!",
        "999",
        "im not safe",
        "argyfwng",
    ],
)
def test_one_word_and_a_lost_child_are_an_emergency(text: str) -> None:
    assert emergency.check(normalise(text)).detail == "immediate_danger"

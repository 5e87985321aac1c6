import pytest

from guardrails.example_files import load_half
from guardrails.normalised import normalise
from guardrails.rules import smalltalk
from guardrails.verdict import Category, Outcome

TALK = {
    Category.GREETING: [
        "hi",
        "Hello there!",
        "good morning",
        "bore da",
        "shwmae",
        "hi how are you",
    ],
    Category.THANKS: [
        "thanks so much",
        "thank you, that's very helpful",
        "diolch yn fawr",
        "cheers mate",
        "ok thanks bye",
        "Great! Thank you!",
        "that was helpful",
        "cheers, that's really helpful",
        "thank you so much x",
    ],
    Category.ABOUT: [
        "who are you?",
        "are you a robot",
        "who am I talking to, is this a robot?",
        "what can you do",
        "am I talking to a real person?",
        "pwy wyt ti",
        "do you speak welsh",
        "Can I get answers in Welsh?",
        "could I have this in Polish please",
        "is this chat private?",
    ],
    Category.COMPLAINT: [
        "I want to complain",
        "i want to make a complaint",
        "id like to complain please",
        "hoffwn i gwyno",
        "whats the point of asking",
        "What is the point of this bot?",
        "this is useless",
        "you didn't answer my question",
        "that's wrong",
        "that doesn't help",
        "what a waste of time",
        "rubbish bot",
        "this bot is terrible",
        "you are not listening to me",
        "your answer is wrong",
    ],
}


@pytest.mark.parametrize(
    ("category", "text"), [(kind, text) for kind, texts in TALK.items() for text in texts]
)
def test_answers_small_talk_in_kind(category: Category, text: str) -> None:
    verdict = smalltalk.check(normalise(text))

    assert (verdict.outcome, verdict.category) == (Outcome.SIGNPOST, category)


@pytest.mark.parametrize(
    "text",
    [
        "perfect, how do I renew my passport",
        "thanks, where is the form",
        "rubbish, when is it collected",
        "who do I work for if I am agency staff",
        "Hello, how do I renew my passport?",
        "thanks, and what about my driving licence?",
        "who are you supposed to tell when someone dies?",
        "can you help me with my council tax",
        "this letter is wrong, how do I appeal",
        "what can I do about noise",
        "is this service free for pensioners to use in Wales?",
        "passport",
        "",
    ],
)
def test_lets_questions_of_substance_go_on(text: str) -> None:
    assert smalltalk.check(normalise(text)).outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kind, text)
        for kind, text in load_half("reviewed_routes", "fit")
        if kind in ("greeting", "thanks", "about", "complaint")
    ],
)
def test_finds_what_the_phrases_were_written_for(kind: str, text: str) -> None:
    assert smalltalk.check(normalise(text)).category == kind

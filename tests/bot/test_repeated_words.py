import pytest

from bot.replying.repeated_words import may_be_repeated

HELD = frozenset(("licence", "visa", "badge"))


def repeats(phrase: str, asked: str = "") -> bool:
    return may_be_repeated(phrase, asked or f"how do i get a {phrase}", HELD.__contains__)


@pytest.mark.parametrize(
    "phrase",
    [
        "dog licence",
        "fishing licence",
        "spouse visa",
        "trademark",
        "train penalty fare",
        "licences",
    ],
)
def test_everyday_words_and_words_of_pages_are_repeated(phrase: str) -> None:
    assert may_be_repeated(phrase, f"how do i get a {phrase}", lambda word: word in HELD)


@pytest.mark.parametrize(
    "phrase",
    [
        "linda okafor licence",
        "okafor",
        "siobhan",
        "asdfghjkl",
        "dog cat horse pony donkey",
        "compensation registration certificate international",
    ],
)
def test_names_and_long_phrases_are_not(phrase: str) -> None:
    assert not repeats(phrase)


def test_an_everyday_word_with_a_capital_inside_a_sentence_may_be_a_name() -> None:
    assert not repeats("rose hill licence", "how do I get a Rose Hill licence")
    assert not repeats("hill", "does my Hill count")
    assert repeats("badge", "how do I get a Badge")


@pytest.mark.parametrize("name", ["linda", "mohammed", "bronwen", "okafor", "grace", "agnieszka"])
def test_no_given_name_is_an_everyday_word(name: str) -> None:
    assert not repeats(name)

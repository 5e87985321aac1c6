import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api.phone_numbers import callable_pieces, linked_pieces
from guardrails.contacts import CONTACTS


def links(text: str) -> list[str]:
    return [address for _, address in callable_pieces(text) if address]


@given(st.text(alphabet=st.sampled_from("0123456789 +£.,stexo to"), max_size=60) | st.text())
def test_the_pieces_are_the_whole_text(text: str) -> None:
    assert "".join(piece for piece, _ in callable_pieces(text)) == text


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("999: call 999 now.", ["tel:999", "tel:999"]),
        ("Call 116 123, day or night.", ["tel:116123"]),
        ("call 0808 80 10 800.", ["tel:08088010800"]),
        (
            "call 020 7008 0151 (from abroad +44 20 7008 0151).",
            ["tel:02070080151", "tel:+442070080151"],
        ),
        ("text SHOUT to 85258", ["sms:85258"]),
        ("anfonwch SHOUT mewn neges destun i 85258, ddydd neu nos.", ["sms:85258"]),
        ("text 07700 900123", ["sms:07700900123"]),
        ("text HELP to 07700 900123 or call 07700 900124", ["sms:07700900123", "tel:07700900124"]),
    ],
)
def test_numbers_can_be_called_or_texted(text: str, addresses: list[str]) -> None:
    assert links(text) == addresses


@pytest.mark.parametrize(
    "text", ["£60000 a year", "1,85258", "press 55", "option 2", "in 2026", "852580", "A85258"]
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert links(text) == []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_number_of_the_contacts_can_be_reached(language: str) -> None:
    for contact in {contact for group in CONTACTS.values() for contact in group}:
        line = contact.line_in(language)
        words = "".join(piece for piece, address in callable_pieces(line) if not address)

        assert not [word for word in words.split() if sum(map(str.isdigit, word)) > 2], line


def test_a_web_address_is_a_link_beside_a_number() -> None:
    text = "call 0300 123 4567, or go to https://www.example.gov.uk/contact."

    pieces = linked_pieces(text)

    assert "".join(piece for piece, _ in pieces) == text
    assert [address for _, address in pieces if address] == [
        "tel:03001234567",
        "https://www.example.gov.uk/contact",
    ]

from hypothesis import given
from hypothesis import strategies as st

from bot.deep_links import deep_link

TEXT = "You can pay online. You can pay by post within 10 working days of the letter, or by phone."


def test_a_short_quotation_is_linked_whole() -> None:
    link = deep_link("https://x.gov.uk/p", "", page_text=TEXT, first="You can pay online.")

    assert link == "https://x.gov.uk/p#:~:text=You%20can%20pay%20online."


def test_a_long_quotation_is_linked_from_its_first_to_its_last_words() -> None:
    quote = "You can pay by post within 10 working days of the letter, or by phone."

    link = deep_link("https://x.gov.uk/p", "pay", page_text=TEXT, first=quote)

    assert link == "https://x.gov.uk/p#pay:~:text=You%20can%20pay%20by,letter%2C%20or%20by%20phone."


def test_words_that_stand_earlier_on_the_page_get_a_prefix() -> None:
    text = "Pay now. In Wales, Pay now."

    link = deep_link("https://x.gov.uk/p", "", page_text=text[9:] + text, first="Pay now.")

    assert ":~:text=" in link


def test_hyphens_and_ampersands_are_escaped() -> None:
    link = deep_link(
        "https://x.gov.uk/p", "", page_text="self-employed & paid", first="self-employed & paid"
    )

    assert link.endswith("text=self%2Demployed%20%26%20paid")


def test_a_quotation_over_several_blocks_names_both_ends() -> None:
    link = deep_link(
        "https://x.gov.uk/p",
        "",
        page_text="You need:\na card\na form",
        first="You need:",
        last="a form",
    )

    assert link.endswith("text=You%20need%3A,a%20form")


def test_words_that_are_not_on_the_page_give_the_plain_address() -> None:
    assert deep_link("https://x.gov.uk/p", "a", page_text="x", first="y") == "https://x.gov.uk/p#a"


@given(st.text(min_size=1, max_size=80))
def test_the_directive_never_holds_a_raw_delimiter(text: str) -> None:
    link = deep_link("https://x.gov.uk/p", "", page_text=text, first=text)

    directive = link.partition(":~:text=")[2]
    assert "&" not in directive
    assert directive.count("#") == 0

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from bot.quoting.deep_links import Directive, deep_link, found_by

TEXT = "You can pay online. You can pay by post within 10 working days of the letter, or by phone."


def test_a_short_quotation_is_linked_whole() -> None:
    link = deep_link("https://x.gov.uk/p", "", page_text=TEXT, first="You can pay online.")

    assert link == "https://x.gov.uk/p#:~:text=You%20can%20pay%20online."


def test_a_long_quotation_is_linked_from_its_first_to_its_last_words() -> None:
    quote = "You can pay by post within 10 working days of the letter, or by phone."

    link = deep_link("https://x.gov.uk/p", "pay", page_text=TEXT, first=quote)

    assert link == "https://x.gov.uk/p#pay:~:text=You%20can%20pay%20by,letter%2C%20or%20by%20phone."


def test_words_that_stand_earlier_on_the_page_get_a_prefix() -> None:
    text = "Pay now.\nIn Wales\nPay now."

    link = deep_link("https://x.gov.uk/p", "", page_text=text, first="Pay now.", start=18)

    assert link == "https://x.gov.uk/p#:~:text=In%20Wales-,Pay%20now."


def test_a_prefix_grows_until_only_the_quotation_follows_it() -> None:
    text = "If you live in the far north of Wales\nPay now.\nIf you were in the far north of Wales\nPay now."

    link = deep_link(
        "https://x.gov.uk/p", "", page_text=text, first="Pay now.", start=text.rindex("Pay")
    )

    assert "were%20in%20the%20far%20north%20of%20Wales-,Pay%20now." in link


def test_an_end_that_also_stands_inside_the_quotation_grows() -> None:
    quotation = (
        "You pay the fee at the desk, and if it is shut then later you pay the fee at the desk"
    )

    link = deep_link("https://x.gov.uk/p", "", page_text=quotation, first=quotation)

    terms = unquote(link.partition(":~:text=")[2]).split(",")
    assert found_by(Directive(terms[0], terms[-1]), quotation) == (0, len(quotation))


def test_words_that_no_directive_can_tell_apart_give_the_anchor() -> None:
    text = "Same\nPay now.\nSame\nPay now."

    link = deep_link("https://x.gov.uk/p", "pay", page_text=text, first="Pay now.", start=19)

    assert link == "https://x.gov.uk/p#pay"


def test_words_inside_other_words_are_not_found() -> None:
    assert found_by(Directive("art"), "a party for art") == (12, 15)


words_of_pages = st.lists(
    st.sampled_from(["pay", "now", "by", "post", "İ", "in", "Wales"]), min_size=1, max_size=12
)


@given(blocks=st.lists(words_of_pages, min_size=1, max_size=8), data=st.data())
def test_a_directive_finds_exactly_the_quotation(
    blocks: list[list[str]], data: st.DataObject
) -> None:
    lines = [" ".join(block) for block in blocks]
    number = data.draw(st.integers(0, len(lines) - 1))
    start = sum(len(line) + 1 for line in lines[:number])
    text = "\n".join(lines)

    link = deep_link("https://x.gov.uk/p", "a", page_text=text, first=lines[number], start=start)

    directive = link.partition(":~:text=")[2]
    prefix, _, rest = directive.rpartition("-,")
    begin, _, end = rest.partition(",")
    found = found_by(Directive(unquote(begin), unquote(end), unquote(prefix)), text)
    assert not directive or found == (start, start + len(lines[number]))


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

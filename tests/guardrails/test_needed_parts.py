import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.needed_parts import needed_parts


@pytest.mark.parametrize(
    ("phrase", "needs"),
    [
        ("kill", [{"kill"}]),
        ("kill|hang", [{"kill", "hang"}]),
        ("kills?", [{"kill"}]),
        ("(?:my |his )child", [{"my child", "his child"}]),
        ("(?:very )*sad", [{"sad"}]),
        ("(?:very )+sad", [{"very "}, {"sad"}]),
        ("end [a-z]+ life", [{"end "}, {" life"}]),
        ("pay[sz]", [{"pays", "payz"}]),
        ("(?!not)die(?= now)", [{"die"}]),
        (r"\bdie\b", [{"die"}]),
        ("(?P<word>to|now)go", [{"togo", "nowgo"}]),
        ("(?i:abc)", [{"abc"}]),
        ("(?:no [a-z]+ money|cannot pay)", [{" money", "cannot pay"}]),
        ("忽略|忘", [{"忽略", "忘"}]),
    ],
)
def test_reads_what_no_text_with_a_phrase_lacks(phrase: str, needs: list[set[str]]) -> None:
    assert [set(need) for need in needed_parts(phrase)] == needs


@pytest.mark.parametrize(
    "phrase",
    ["a", "(?:die)?", r"\w+", "[^a]b", r"x[\])]yy", "(?#note)abc", "(ab", "abc|d", "a{0,3}"],
)
def test_needs_nothing_where_it_cannot_tell(phrase: str) -> None:
    assert needed_parts(phrase) == ()


_ATOMS = st.sampled_from(["ab", "bc", "c", "[ab]", "[a-c]", ".", r"\b", "(?=a)", "(?!b)"])
_PHRASES = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.builds("(?:{}){}".format, inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}"])),
    ),
    max_leaves=8,
)


@given(phrase=_PHRASES, text=st.text("abc ", max_size=12))
def test_every_match_holds_what_its_phrase_needs(phrase: str, text: str) -> None:
    for found in re.finditer(phrase, text):
        assert all(any(part in found[0] for part in need) for need in needed_parts(phrase))

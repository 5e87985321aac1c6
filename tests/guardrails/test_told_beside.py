import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.told_beside import told_beside


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("My husband frightens me. How do I apply for council housing?", "My husband frightens me"),
        ("my husband frightens me how do i apply for housing", "my husband frightens me"),
        ("How do I get a flat? My wife hits me.", "My wife hits me"),
        ("I lost my job and can I get help", "I lost my job"),
        ("He has left. A flat for me?", "He has left"),
        ("Mae fy ngŵr yn codi ofn arnaf, sut mae gwneud cais?", "Mae fy ngŵr yn codi ofn arnaf"),
        ("I am disabled", ""),
        ("How do I claim PIP?", ""),
        ("Hi, can I get a visa", ""),
        ("", ""),
    ],
)
def test_takes_out_what_is_asked(text: str, told: str) -> None:
    assert told_beside(text) == told


@given(st.text(max_size=300))
def test_only_takes_away(text: str) -> None:
    left = iter(text)

    assert all(character in left for character in told_beside(text))

"""What stands between the tags of a pasted page is asked; the tags and scripts are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.markup import without_markup


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<script>steal()</script> how much is a bus pass", "how much is a bus pass"),
        ("<b>bus</b> pass<br/>fee", "bus pass fee"),
        ('<a href="https://x.example">bus pass</a>', "bus pass"),
        ("<style>p {color: red}</style><!-- hidden -->bus pass", "bus pass"),
        ("<script>how much is a bus pass", "how much is a bus pass"),
    ],
)
def test_leaves_what_a_browser_shows(text: str, left: str) -> None:
    assert " ".join(without_markup(text).split()) == left


@pytest.mark.parametrize(
    "text", ["is 3 < 5 and 6 > 4", "<my council> tax", "income <16000", "<script>", ""]
)
def test_leaves_what_is_no_markup(text: str) -> None:
    assert without_markup(text) == text


@given(st.text(alphabet="<>/abscript -!x", max_size=80))
def test_nothing_is_added(text: str) -> None:
    assert set(without_markup(text)) <= {*text, " "}

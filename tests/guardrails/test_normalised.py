import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.normalised import latinised, normalise, plain_text, without_hidden
from guardrails.rules import hidden_characters
from guardrails.verdict import Category, Outcome


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("pass\u200bport", "passport"),
        ("pass\u00adport", "passport"),
        ("\u202epassport\u202c", "passport"),
        ("p\U000e0061ssport", "pssport"),
        ("ｐａｓｓｐｏｒｔ", "passport"),
        ("ﬁne", "fine"),
        ("cafe\u0301", "café"),
        ("a\x00b\ud800c", "abc"),
        ("line\nnext\ttab", "line\nnext\ttab"),
        ("", ""),
    ],
)
def test_shows_rules_what_a_person_sees(typed: str, seen: str) -> None:
    assert normalise(typed).text == seen


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I CAN'T go on", "i cant go on"),
        ("ignоre", "ignore"),
        ("i g n o r e this", "ignore this"),
        ("Sut mae'r tŷ?", "sut maer ty?"),
        ("nooooo  way\n\nok", "noo way ok"),
        ("забудьте все", "забудьте все"),
    ],
)
def test_plain_text_folds_what_does_not_matter(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@given(text=st.text(max_size=60))
def test_offsets_lead_back_to_the_typed_text(text: str) -> None:
    question = normalise(text)

    assert len(question.starts) == len(question.ends) == len(question.text)
    assert list(question.starts) == sorted(question.starts)
    assert all(
        0 <= start < end <= len(text)
        for start, end in zip(question.starts, question.ends, strict=True)
    )


@given(text=st.text(max_size=60))
def test_removing_hidden_characters_twice_changes_nothing(text: str) -> None:
    assert without_hidden(without_hidden(text)) == without_hidden(text)


@pytest.mark.parametrize(
    "text", ["hi\u200bdden", "tag\U000e0041ged", "\u202eright to left", "nul\x00"]
)
def test_says_when_characters_were_hidden(text: str) -> None:
    verdict = hidden_characters.check(normalise(text))

    assert (verdict.outcome, verdict.category) == (Outcome.REDACT, Category.HIDDEN_TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "two\nlines\tand a tab",
        "accents: tŷ, café, e\u0301",
        "family 👨\u200d👩\u200d👧 and heart ❤\ufe0f",
        "Wales 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    ],
)
def test_ordinary_text_and_emoji_hide_nothing(text: str) -> None:
    assert hidden_characters.check(normalise(text)).outcome is Outcome.ALLOW


def test_its_representation_holds_no_typed_text() -> None:
    assert "secret" not in repr(normalise("my secret"))


@pytest.mark.parametrize(
    ("typed", "latin"),
    [
        ("АВ 12 34 56 С", "AB 12 34 56 C"),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "07700 900123"),
        ("café 07700", "café 07700"),
        ("plain", "plain"),
    ],
)
def test_reads_look_alikes_and_foreign_digits_as_latin(typed: str, latin: str) -> None:
    assert latinised(typed) == latin
    assert len(latinised(typed)) == len(typed)

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.errors import EverydayWordsError
from bot.retrieval.vocabulary import SHIPPED_FILE, load_vocabulary, read_words
from bot.settings import BotSettings

SHIPPED = read_words(SHIPPED_FILE)
LINES = [
    (table, form, meaning)
    for table in ("any_case", "capitals", "welsh")
    for form, meaning in getattr(SHIPPED, table).items()
]


@pytest.mark.parametrize(("table", "form", "meaning"), LINES, ids=str)
def test_every_shipped_line_adds_the_words_of_the_guidance(
    table: str, form: str, meaning: str
) -> None:
    locale = "cy" if table == "welsh" else "en"

    expanded = load_vocabulary().expanded(f"? {form}?", locale)  # type: ignore[arg-type]

    assert expanded == f"? {form} ({meaning})?"


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("savings on UC", "savings on UC (Universal Credit)"),
        ("road tax for my van", "road tax (vehicle tax) for my van"),
        ("can i get pip", "can i get pip (Personal Independence Payment)"),
        ("my disabled parking badge", "my disabled parking badge (Blue Badge)"),
        ("my sick note", "my sick note (fit note)"),
        ("in the dole queue", "in the dole (Jobseeker's Allowance Universal Credit) queue"),
        # Small letters, parts of words and what is said already stay as they are.
        ("Alumni of ni", "Alumni of ni"),
        ("send it with a pipe", "send it with a pipe"),
        ("a spare bedroom taxi", "a spare bedroom taxi"),
        ("Personal Independence Payment (PIP)", "Personal Independence Payment (PIP)"),
    ],
)
def test_only_whole_words_that_are_news_are_followed(text: str, expanded: str) -> None:
    assert load_vocabulary().expanded(text) == expanded


def test_welsh_short_forms_are_read_in_welsh_questions_only() -> None:
    vocabulary = load_vocabulary()

    assert vocabulary.expanded("Faint yw CC?", "cy") == "Faint yw CC (Credyd Cynhwysol)?"
    assert vocabulary.expanded("CC of an email", "en") == "CC of an email"


def test_an_organisations_own_lines_win_over_the_shipped_ones(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('[any_case]\n"the hub" = "customer service centre"\n"PIP" = "parking"\n')

    vocabulary = load_vocabulary(file)

    assert vocabulary.expanded("when is the hub open") == (
        "when is the hub (customer service centre) open"
    )
    assert vocabulary.expanded("PIP") == "PIP (parking)"
    assert vocabulary.expanded("UC") == "UC (Universal Credit)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[any_case]\n"x" = "too short"\n', "any_case.x"),
        ('[any_case]\n"hub" = 3\n', "any_case.hub"),
        ('[any_case]\n"hub" = " "\n', "any_case.hub"),
        ('[anycase]\n"hub" = "centre"\n', "anycase"),
        ("hub: centre\n", "line 1"),
    ],
)
def test_a_wrong_line_is_named(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(text)

    with pytest.raises(EverydayWordsError, match=said) as raised:
        load_vocabulary(file)

    assert "ENQUIRY_EVERYDAY_WORDS" in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EverydayWordsError, match=r"gone\.toml"):
        load_vocabulary(tmp_path / "gone.toml")


def test_no_file_is_named_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENQUIRY_EVERYDAY_WORDS", "")

    assert BotSettings().everyday_words is None


def test_the_tables_cannot_be_changed_by_accident() -> None:
    with pytest.raises(ValidationError):
        SHIPPED.any_case = {}


@given(
    st.lists(st.sampled_from([form for _, form, _ in LINES] + ["my", "and", "licence"]), max_size=6)
)
def test_what_was_written_can_be_told_from_what_was_added(parts: list[str]) -> None:
    vocabulary, text = load_vocabulary(), " ".join(parts)

    assert vocabulary.as_written(vocabulary.expanded(text)) == text


def test_the_everyday_forms_of_a_text_are_told_with_their_meanings() -> None:
    known = load_vocabulary().known_in("road tax for my mum")

    assert known == {"mum": "mother", "road tax": "vehicle tax"}

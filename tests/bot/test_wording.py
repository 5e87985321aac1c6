"""What the bot says stands in files that content designers edit, in English and Welsh."""

import re
import tomllib
from importlib.resources import files

import pytest

from bot import wording
from bot.answer import AnswerStatus


def _tables(table: object, name: str = "") -> list[tuple[str, dict[str, str]]]:
    assert isinstance(table, dict), name
    if all(isinstance(words, str) for words in table.values()):
        return [(name, table)]
    return [row for key, part in table.items() for row in _tables(part, f"{name}.{key}")]


@pytest.mark.parametrize("file", ["wording.toml", "guarded_wording.toml", "page_wording.toml"])
def test_every_wording_is_there_in_both_languages_with_the_same_blanks(file: str) -> None:
    words = tomllib.loads(files("bot").joinpath(file).read_text("utf-8"))

    for name, table in _tables(words):
        assert set(table) == {"en", "cy"}, name
        english, welsh = table["en"], table["cy"]
        assert english.strip(), name
        assert welsh.strip(), name
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", welsh)), name


def test_every_status_that_shows_no_guidance_has_words() -> None:
    assert set(wording.REPLIES) == set(AnswerStatus) - {AnswerStatus.ANSWERED}

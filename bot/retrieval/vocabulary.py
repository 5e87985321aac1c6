"""What citizens call things and what guidance calls them, read from a file that designers edit."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.errors import EverydayWordsError
from bot.retrieval.query import Locale

SHIPPED_FILE = Path(__file__).with_name("everyday_words.toml")

Phrase = Annotated[str, StringConstraints(min_length=2, max_length=80, pattern=r"^\S.*\S$")]


class EverydayWords(BaseModel):
    """The tables of one file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    any_case: dict[Phrase, Phrase] = Field(
        default_factory=dict, description="Matched however they are written."
    )
    capitals: dict[Phrase, Phrase] = Field(
        default_factory=dict, description="Matched only as they stand here."
    )
    welsh: dict[Phrase, Phrase] = Field(
        default_factory=dict, description="Matched however written, in Welsh questions only."
    )

    def with_words_of(self, other: "EverydayWords") -> "EverydayWords":
        """Return these tables with another's lines, which win."""
        return EverydayWords(
            any_case={**self.any_case, **other.any_case},
            capitals={**self.capitals, **other.capitals},
            welsh={**self.welsh, **other.welsh},
        )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Adds the guidance's words to a question.

    Attributes:
        patterns: What is looked for, by language of the question.
        meanings: What each stands for, in lower case, by language of the question.
    """

    patterns: Mapping[Locale, re.Pattern[str]]
    meanings: Mapping[Locale, Mapping[str, str]]

    def expanded(self, text: str, locale: Locale = "en") -> str:
        """Return a text with the guidance's words after each short or everyday form.

        Words that the text already holds are not added: "MOT test" stays as it is.
        """
        meanings, lowered = self.meanings[locale], text.lower()

        def with_meaning(found: re.Match[str]) -> str:
            meaning = meanings[found[0].lower()]
            return found[0] if meaning.lower() in lowered else f"{found[0]} ({meaning})"

        return self.patterns[locale].sub(with_meaning, text)

    def as_written(self, text: str, locale: Locale = "en") -> str:
        """Return an expanded text without the words that `expanded` put into it."""
        meanings = self.meanings[locale]
        written, place = [], 0
        for found in self.patterns[locale].finditer(text):
            if found.start() < place:
                continue
            added = f" ({meanings[found[0].lower()]})"
            written.append(text[place : found.end()])
            place = found.end()
            if text.startswith(added, place):
                place += len(added)
        return "".join((*written, text[place:]))

    def known_in(self, text: str, locale: Locale = "en") -> dict[str, str]:
        """Return the everyday forms in a text, in lower case, with what guidance calls them."""
        forms = {found[0].lower() for found in self.patterns[locale].finditer(text)}
        return {form: self.meanings[locale][form] for form in sorted(forms)}


def vocabulary_of(tables: EverydayWords) -> Vocabulary:
    """Return the vocabulary of some tables."""
    english = ({**tables.any_case}, tables.capitals)
    welsh = ({**tables.any_case, **tables.welsh}, tables.capitals)
    by_locale: dict[Locale, tuple[dict[str, str], dict[str, str]]] = {"en": english, "cy": welsh}
    return Vocabulary(
        patterns={locale: _pattern(*both) for locale, both in by_locale.items()},
        meanings={
            locale: {
                **{form.lower(): meaning for form, meaning in capitals.items()},
                **{form.lower(): meaning for form, meaning in any_case.items()},
            }
            for locale, (any_case, capitals) in by_locale.items()
        },
    )


def load_vocabulary(own_file: Path | None = None) -> Vocabulary:
    """Return the shipped vocabulary with an organisation's own lines.

    Args:
        own_file: TOML in the form of the shipped file; None for the shipped lines alone.

    Raises:
        EverydayWordsError: The file cannot be read, or a line of it is wrong.
    """
    if own_file is None:
        return _shipped()
    return vocabulary_of(read_words(SHIPPED_FILE).with_words_of(read_words(own_file)))


def read_words(path: Path) -> EverydayWords:
    """Return the tables of a file.

    Raises:
        EverydayWordsError: The file cannot be read, or a line of it is wrong.
    """
    try:
        return EverydayWords.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise EverydayWordsError(path=path, reason=f"{where}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EverydayWordsError(path=path, reason=str(error)) from error


@cache
def _shipped() -> Vocabulary:
    return vocabulary_of(read_words(SHIPPED_FILE))


def _pattern(any_case: Mapping[str, str], capitals: Mapping[str, str]) -> re.Pattern[str]:
    # The longest first, so that "disabled parking badge" is not read as something shorter.
    either = "|".join(map(re.escape, sorted(any_case, key=len, reverse=True)))
    exact = "|".join(map(re.escape, sorted(capitals, key=len, reverse=True)))
    options = [f"(?i:{either})"] if either else []
    options += [f"(?:{exact})"] if exact else []
    return re.compile(rf"(?<!\w)(?:{'|'.join(options) or '(?!)'})(?!\w)")

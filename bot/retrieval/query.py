"""What is searched for: the question, its setting, and both together.

People tell their story and then ask. Searching the whole text drowns the question; searching the
question alone loses the story. Measured on ConditionalQA (DESIGN section 5), using all three beats
either one, so every lexical and vector signal is computed for each form.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bot.enquiry import Nation

Locale = Literal["en", "cy"]

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'(‘“]?[A-Z0-9])")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Query:
    """One enquiry in the three forms that are searched.

    Attributes:
        question: The sentence that asks.
        scenario: What was told before it, or the earlier turns a follow-up leans on; equal to
            `question` when there is nothing else.
        both: Everything.
        locale: Language of the question.
        nation: The nation the answer must be right for; None when nothing says which.
        publisher: Only pages of this publisher; empty for all.
        leans_on: The earlier turns that a follow-up leans on, oldest first; empty when it stands
            alone.
    """

    question: str
    scenario: str
    both: str
    locale: Locale = "en"
    nation: Nation | None = None
    publisher: str = ""
    leans_on: str = ""

    @property
    def forms(self) -> tuple[str, str, str]:
        """Question, scenario and both, in the order of the signals."""
        return (self.question, self.scenario, self.both)


def split_question(text: str) -> tuple[str, str]:
    """Return the sentence that asks and the rest, either possibly equal to the whole text.

    The question is the last sentence with a question mark, or the last sentence when none has
    one; a fragment of fewer than three words takes the sentence before it along.
    """
    sentences = split_sentences(text)
    if len(sentences) < 2:
        return text.strip(), text.strip()
    asking = [i for i, sentence in enumerate(sentences) if sentence.endswith("?")]
    last = asking[-1] if asking else len(sentences) - 1
    first = last - 1 if last > 0 and len(words(sentences[last])) < 3 else last
    question = " ".join(sentences[first : last + 1])
    rest = " ".join(sentences[:first] + sentences[last + 1 :])
    return question, rest or question


def split_sentences(text: str) -> list[str]:
    """Return the sentences of what a citizen wrote, in order."""
    return [part.strip() for part in _SENTENCE_END.split(text.strip()) if part.strip()]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, in order."""
    return [match.group().lower() for match in _WORD.finditer(text)]

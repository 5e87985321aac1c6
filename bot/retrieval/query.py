"""What is searched for: the question, and the question with its setting.

People tell their story and then ask. Searching the whole text drowns the question; searching the
question alone loses the story, so every lexical and vector signal is computed for both forms.
The story alone is not searched: measured on ConditionalQA, half of the pages unseen, it changes
no figure by more than .005 in either direction and cost half of the embedding (ADR 0022).
"""

import re
from dataclasses import KW_ONLY, dataclass
from typing import Literal

from bot.enquiry import Nation
from bot.retrieval.situations import Situation

Locale = Literal["en", "cy"]

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'(‘“]?[A-Z0-9])")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Query:
    """One enquiry in the two forms that are searched.

    Attributes:
        question: The sentence that asks.
        both: The question with what was told around it, or with the earlier turns that it leans
            on; equal to `question` when there is nothing else.
        bare: The message without the earlier turn, where it may stand alone, or without where
            somebody lives: it then counts as much as `both`. Empty where there is no such thing.
        locale: Language of the question.
        nation: The nation the answer must be right for; None when nothing says which.
        lives_in: Where the citizen lives, when they ask about something that is only for people in
            another nation (`nation` is then that one); else None.
        publisher: Only pages of this publisher; empty for all.
        leans_on: The earlier turns that a follow-up leans on, oldest first; empty when it stands
            alone.
        follow_up: The message in its own words, where `question` holds the subject that it takes
            from the page that answers what it leans on; else empty.
        said_before: The citizen's earlier messages, newest first; they are not searched.
        before: The questions before it, each as it is searched alone, newest first: of the
            conversation or, of a part of a message that leans on another part, that part.
        situations: What the message tells of instead of asking for itself.
        apart: Whether whom to call stands beside the answer and this, read alone, tells of no
            danger.
    """

    question: str
    both: str
    _: KW_ONLY
    bare: str = ""
    locale: Locale = "en"
    nation: Nation | None = None
    lives_in: Nation | None = None
    publisher: str = ""
    leans_on: str = ""
    follow_up: str = ""
    said_before: tuple[str, ...] = ()
    before: tuple["Query", ...] = ()
    situations: tuple[Situation, ...] = ()
    apart: bool = False

    @property
    def stands_alone(self) -> bool:
        """Whether nothing was told around the question but where somebody lives."""
        return not self.leans_on and self.question in (self.both, self.bare)

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """The texts of each form, in the order of the signals; a form is the mean of its texts."""
        return ((self.question,), (self.both, self.bare) if self.bare else (self.both,))


def asking_sentence(text: str) -> str:
    """Return the sentence that asks; the whole text when it has one sentence.

    It is the last sentence with a question mark, or the last sentence when none has
    one; a fragment of fewer than three words takes the sentence before it along.
    """
    sentences = split_sentences(text)
    if len(sentences) < 2:
        return text.strip()
    asking = [i for i, sentence in enumerate(sentences) if sentence.endswith("?")]
    last = asking[-1] if asking else len(sentences) - 1
    first = last - 1 if last > 0 and len(words(sentences[last])) < 3 else last
    return " ".join(sentences[first : last + 1])


def split_sentences(text: str) -> list[str]:
    """Return the sentences of what a citizen wrote, in order."""
    return [part.strip() for part in _SENTENCE_END.split(text.strip()) if part.strip()]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, in order."""
    return [match.group().lower() for match in _WORD.finditer(text)]

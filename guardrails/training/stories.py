"""What people told when they asked ordinary questions: the messages of ConditionalQA.

Half of them by the page they were asked about is learned from; the other half is only reported
on, so that no page is on both sides. Nothing of them is kept but the numbers of a model.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from guardrails.example_files import NONE, Example, Half, half_of
from guardrails.normalised import normalise
from guardrails.rules import crisis, emergency
from guardrails.rules.danger_likeness import MAX_CHARACTERS, MIN_WORDS, sentences_of
from guardrails.told_beside import told_beside
from guardrails.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Story:
    """One message about one page.

    Attributes:
        page: Address of the page it was asked about.
        scenario: What the person told first; may be empty.
        question: What the person asked.
    """

    page: str
    scenario: str
    question: str

    @property
    def message(self) -> str:
        """The scenario and the question as one message."""
        return f"{self.scenario} {self.question}".strip()

    @property
    def is_long(self) -> bool:
        """Whether the rule reads the message sentence by sentence."""
        return len(self.message) > MAX_CHARACTERS


def load_stories(data: Path, half: Half) -> list[Story]:
    """Return the stories of one half of the pages in `data/conditionalqa/questions.jsonl`."""
    lines = data.joinpath("conditionalqa", "questions.jsonl").read_text("utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    return [
        Story(row["url"], row.get("scenario") or "", row["question"])
        for row in rows
        if half_of(row["url"]) == half
    ]


def texts_of(story: Story) -> list[str]:
    """Return what a reader sees of a story: its sentences, its question, all of it if short."""
    whole = [] if story.is_long else [story.message, told_beside(story.message)]
    return list(dict.fromkeys([*whole, story.question, *sentences_of(story.message)]))


def as_examples(stories: list[Story]) -> dict[Example, str]:
    """Return ordinary examples with their page; none in which a phrase of danger stands."""
    return {
        (NONE, text): story.page
        for story in stories
        for text in texts_of(story)
        if len(text.split()) >= MIN_WORDS and not tells_of_danger(text)
    }


def tells_of_danger(text: str) -> bool:
    """Whether a phrase of the tables finds danger in a text."""
    question = normalise(text)
    checks = (crisis.check, emergency.check)
    return any(check(question).outcome is not Outcome.ALLOW for check in checks)

"""What the readers of danger are fitted on, and what is kept back to report on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guardrails.example_files import (
    NONE,
    Example,
    draw_templates,
    load_examples,
    load_half,
)
from guardrails.normalised import plain_text
from guardrails.rules.danger_likeness import MIN_WORDS, sentences_of
from guardrails.told_beside import told_beside
from guardrails.training.fit import TrainingSet, fit_word_model, scores_by_folds, with_thresholds
from guardrails.training.phone import typed_on_a_phone
from guardrails.training.stories import Story, as_examples, tells_of_danger
from guardrails.word_model import WordModel

ORDINARY = 1_000
"""Ordinary questions in each half: the reviewed ones and made-up ones."""

SEED = 0
MADE_UP_SHARE = 0.25
STORY_SHARE = 0.2
PHONE_SHARE = 0.5
"""Weight of an example as it would be typed on a phone; what is made up is not typed again."""
PENALTY = 1.5e-5
"""Halved when there were a third more examples, because all of them weigh 1 together: at 3e-5
alarms on ordinary questions were 11 of 1,000, now 6 (report half, 2026-11; decision 0034)."""

ALARMS = {"mention": 0.005, "certain": 0.001, "long": 0.005}
"""Share of the ordinary messages of the fit half, unseen, that may reach each threshold."""

_MADE_UP = 4_000
_ORDINARY_MADE_UP = 10_000
_TYPED_ON_A_PHONE = 5_000
_DRAWN = 3 * ORDINARY


@dataclass(frozen=True, slots=True)
class DangerReport:
    """Texts that nothing was fitted on.

    Attributes:
        dangers: Reviewed messages of danger, with their kind.
        ordinary: Ordinary questions: the reviewed ones first, then made-up ones.
        reviewed: How many of the ordinary questions are reviewed ones.
    """

    dangers: tuple[Example, ...]
    ordinary: tuple[str, ...]
    reviewed: int


def danger_report() -> DangerReport:
    """Return the half of the reviewed sets that is only reported on."""
    learned = learned_texts()
    dangers = [
        (kind, text)
        for kind, text in load_half("reviewed_danger", "report")
        if kind != NONE and plain_text(text) not in learned
    ]
    reviewed = [
        text
        for _, text in load_half("reviewed_ordinary", "report")
        if plain_text(text) not in learned
    ]
    return DangerReport(
        tuple(dangers), (*reviewed, *_made_up(ORDINARY - len(reviewed), "report")), len(reviewed)
    )


def fitting_ordinary() -> list[str]:
    """Return the ordinary questions that thresholds are chosen on, as many as are reported on."""
    reviewed = [text for _, text in load_half("reviewed_ordinary", "fit")]
    return [*reviewed, *_made_up(ORDINARY - len(reviewed), "choose")]


def fit_danger(stories: Sequence[Story]) -> tuple[WordModel, TrainingSet]:
    """Return the model of danger and what it learned from.

    Args:
        stories: Messages of the fit half; without any, long messages raise false alarms.
    """
    training = _training(stories)
    model = fit_word_model(training, penalty=PENALTY)
    return _with_thresholds(model, training, stories), training


def word_examples() -> list[Example]:
    """Return the examples that the model of words learns from: the short messages as well."""
    return [
        *load_examples("danger"),
        *load_examples("short_messages"),
        *load_half("reviewed_danger", "fit"),
        *load_half("reviewed_ordinary", "fit"),
    ]


def _training(stories: Sequence[Story]) -> TrainingSet:
    groups = as_examples(list(stories))
    shares = dict.fromkeys(groups, STORY_SHARE)
    for share, examples in ((MADE_UP_SHARE, _patterns()), (1.0, word_examples())):
        shares |= dict.fromkeys(examples, share)
        for kind, text in examples:
            groups.setdefault((kind, text), text)
            if share == 1.0:
                typed = (kind, typed_on_a_phone(text))
                shares.setdefault(typed, PHONE_SHARE)
                groups.setdefault(typed, text)
            # What the rule reads alone, it has learned alone; never told from the whole in folds.
            beside = (kind, told_beside(text))
            if len(beside[1].split()) >= MIN_WORDS:
                shares.setdefault(beside, share)
                groups.setdefault(beside, text)
    learned = list(shares)
    order = [learned[int(at)] for at in np.random.default_rng(SEED).permutation(len(learned))]
    return TrainingSet(
        order,
        np.array([shares[example] for example in order]),
        [groups[example] for example in order],
    )


def _patterns() -> list[Example]:
    return [
        *draw_templates("danger_templates", _MADE_UP, seed="fit"),
        *draw_templates("ordinary_templates", _ORDINARY_MADE_UP, seed="fit"),
        *draw_templates("phone_templates", _TYPED_ON_A_PHONE, seed="fit"),
    ]


def learned_texts() -> set[str]:
    """Return all our own texts that are learned from: a line may stand in two files."""
    return {plain_text(text) for _, text in (*word_examples(), *_patterns())}


def _made_up(count: int, seed: str) -> list[str]:
    """Return made-up questions with no text of the fitted ones; "choose" and "report" differ."""
    taken = learned_texts()
    if seed == "report":
        chosen = draw_templates("ordinary_templates", _DRAWN, seed="choose")
        taken |= {plain_text(text) for _, text in chosen}
    drawn = draw_templates("ordinary_templates", _DRAWN, seed=seed)
    return [text for _, text in drawn if plain_text(text) not in taken][:count]


def _with_thresholds(
    model: WordModel, training: TrainingSet, stories: Sequence[Story]
) -> WordModel:
    """Return the model with thresholds from scores by models that saw neither text nor page."""
    texts = (text for _, text in training.examples)
    folded = dict(zip(texts, scores_by_folds(training, penalty=PENALTY), strict=True))

    def unseen(text: str) -> float:
        # Not learned from means unseen, but a sentence of danger is no false alarm.
        if text in folded:
            return float(folded[text])
        return 0.0 if tells_of_danger(text) else model.read(plain_text(text))[0]

    short = [unseen(text) for text in fitting_ordinary()]
    short += [unseen(story.message) for story in stories if not story.is_long]
    long = [
        max(map(unseen, sentences_of(story.message)), default=0.0)
        for story in stories
        if story.is_long
    ]
    scores = {"mention": short, "certain": short, "long": long or short}
    return with_thresholds(model, scores, ALARMS)

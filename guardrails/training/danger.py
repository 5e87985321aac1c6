"""What the readers of danger are fitted on, and what is kept back to report on."""

from dataclasses import dataclass

import numpy as np

from guardrails.example_files import NONE, Example, digest_of, draw_templates, load_half
from guardrails.likeness import load_danger_examples
from guardrails.normalised import plain_text
from guardrails.training.fit import TrainingSet, fit_word_model, scores_by_folds, with_thresholds
from guardrails.word_model import Floats, WordModel

ORDINARY = 1_000
"""Ordinary questions in each half: the reviewed ones and made-up ones."""

_MADE_UP = 3_000
_MADE_UP_SHARE = 0.25
_PENALTY = 3e-5  # Flat between 1e-5 and 1e-4 by five folds of the examples, 2026-11.
_ALARMS = {"mention": 0.005, "certain": 0.0}


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
    dangers = [example for example in load_half("reviewed_danger", "report") if example[0] != NONE]
    reviewed = [text for _, text in load_half("reviewed_ordinary", "report")]
    return DangerReport(
        tuple(dangers), (*reviewed, *_made_up(ORDINARY - len(reviewed), "report")), len(reviewed)
    )


def fitting_ordinary() -> list[str]:
    """Return the ordinary questions that thresholds are chosen on, as many as are reported on."""
    reviewed = [text for _, text in load_half("reviewed_ordinary", "fit")]
    return [*reviewed, *_made_up(ORDINARY - len(reviewed), "choose")]


def fit_danger() -> tuple[WordModel, str]:
    """Return the model of danger and its card."""
    training = _training()
    model = fit_word_model(training, penalty=_PENALTY)
    unseen = _unseen_scores(training, model)
    model = with_thresholds(model, unseen, _ALARMS)
    return model, _card(model, training)


def _training() -> TrainingSet:
    written = load_danger_examples()
    made_up = [
        *draw_templates("danger_templates", _MADE_UP, seed="fit"),
        *draw_templates("ordinary_templates", _MADE_UP, seed="fit"),
    ]
    order = np.random.default_rng(0).permutation(len(written) + len(made_up))
    examples = [*written, *made_up]
    return TrainingSet(
        [examples[place] for place in order],
        np.where(order < len(written), 1.0, _MADE_UP_SHARE),
    )


def _made_up(count: int, seed: str) -> list[str]:
    """Return made-up questions with no text of the fitted ones; "choose" and "report" differ."""
    taken = {text for _, text in draw_templates("ordinary_templates", _MADE_UP, seed="fit")}
    if seed == "report":
        taken |= {text for _, text in draw_templates("ordinary_templates", count, seed="choose")}
    drawn = draw_templates("ordinary_templates", 3 * ORDINARY, seed=seed)
    return [text for _, text in drawn if text not in taken][:count]


def _unseen_scores(training: TrainingSet, model: WordModel) -> Floats:
    """Return scores of the questions that thresholds are chosen on, each by a model without it."""
    folded = dict(
        zip(
            (text for _, text in training.examples),
            scores_by_folds(training, penalty=_PENALTY),
            strict=True,
        )
    )
    return np.array(
        [
            folded[text] if text in folded else model.read(plain_text(text))[0]
            for text in fitting_ordinary()
        ]
    )


def _card(model: WordModel, training: TrainingSet) -> str:
    report = danger_report()
    found = [model.read(plain_text(text))[0] for _, text in report.dangers]
    alarms = [model.read(plain_text(text))[0] for text in report.ordinary]
    lines = [
        "# Words model of danger",
        "",
        "Fitted by `python -m guardrails.training crisis`; numbers only (`danger_words.npz`).",
        "",
        f"* Learns: {len(training.examples)} lines of ours: `danger.txt`, the fit half of "
        "`reviewed_danger.txt` and `reviewed_ordinary.txt`, and lines made up from the two files "
        f"of patterns, which weigh {_MADE_UP_SHARE}.",
        f"* Form: softmax over {len(model.kinds)} kinds, TF-IDF of letters and words, ridge "
        f"{_PENALTY}; digest of the examples {digest_of(training.examples)[:16]}.",
        "* Thresholds: chosen on the fit half and made-up questions that the model had not seen, "
        f"for the share of false alarms given: {_ALARMS}.",
        "* This model alone, without phrases, on the report half "
        f"({len(found)} dangers, {len(alarms)} ordinary questions):",
        "",
        "| Threshold | Probability | Recall | False alarms |",
        "|---|---|---|---|",
    ]
    for name, threshold in model.thresholds.items():
        recall = sum(score >= threshold for score in found) / len(found)
        wrong = sum(score >= threshold for score in alarms) / len(alarms)
        lines.append(f"| {name} | {threshold:.3f} | {recall:.3f} | {wrong:.3f} |")
    lines += [
        "",
        "Misses: danger told in one clause of a long message, irony, languages other than "
        "English and Welsh. All texts were written by the same hands, so other people's words "
        "will be read less well. Never use it to refuse anything: it only shows help.",
        "",
    ]
    return "\n".join(lines)

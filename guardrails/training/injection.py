"""Fit the reader of attacks, and measure the rule on texts that its model never saw."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from guardrails.example_files import digest_of
from guardrails.normalised import normalise
from guardrails.rules.prompt_injection import PromptInjectionRule
from guardrails.training.attacks import ATTACK, Sample
from guardrails.training.fit import TrainingSet, fit_word_model
from guardrails.verdict import Outcome
from guardrails.word_model import WordModel

PENALTY = 1e-5
"""Flat between 3e-6 and 3e-5 by five folds, 2026-11."""

THRESHOLDS = {"doubt": 0.1, "mark": 0.3, "weak": 0.5, "refuse": 0.6}
"""See `PromptInjectionRule`; chosen on five folds of the shared sets, 2026-11: the most attacks
refused with at most one NotInject prompt in 195 and no message of ConditionalQA refused."""

_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rule said about a sample, with a model that never saw it or its group."""

    sample: Sample
    outcome: Outcome


def fit_injection(samples: Sequence[Sample]) -> WordModel:
    """Return the model of attacks."""
    order = [int(at) for at in np.random.default_rng(0).permutation(len(samples))]
    training = TrainingSet(
        [(samples[at].kind, samples[at].text) for at in order],
        np.array([samples[at].share for at in order]),
    )
    return replace(fit_word_model(training, penalty=PENALTY), thresholds=THRESHOLDS)


def judge_by_folds(samples: Sequence[Sample], *, folds: int = _FOLDS) -> list[Judged]:
    """Return what the rule says about every sample of a shared set, each while it is unseen."""
    fold_of = [crc32(sample.group.encode()) % folds for sample in samples]
    judged: list[Judged] = []
    for fold in range(folds):
        fitted = fit_injection([s for s, at in zip(samples, fold_of, strict=True) if at != fold])
        rule = PromptInjectionRule(words=fitted)
        judged += [
            Judged(sample, rule(normalise(sample.text)).outcome)
            for sample, at in zip(samples, fold_of, strict=True)
            if at == fold and sample.source
        ]
    return judged


def counts(judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    """Return for each shared set how many texts it has, were refused, and were marked."""
    tables: dict[str, dict[str, int]] = {}
    for each in judged:
        row = tables.setdefault(each.sample.source, {"texts": 0, "refused": 0, "marked": 0})
        row["texts"] += 1
        row["refused"] += each.outcome is Outcome.BLOCK
        row["marked"] += each.outcome is Outcome.QUOTE
    return tables


def injection_card(model: WordModel, samples: Sequence[Sample], judged: Sequence[Judged]) -> str:
    """Return the card of the model."""
    digest = digest_of([(sample.kind, sample.text) for sample in samples])[:16]
    attacks = sum(sample.kind == ATTACK for sample in samples)
    lines = [
        "# Words model of attacks on the language model",
        "",
        "Fitted by `python -m guardrails.training injection DATA`, where DATA is the folder with "
        "`guardrails/` and `conditionalqa/`; numbers only (`injection_words.npz`).",
        "",
        f"* Learns: {len(samples)} texts, {attacks} of them attacks: the shared sets below, "
        "messages of ConditionalQA, and ours (`injection.txt`, `injection_templates.txt`, "
        "`reviewed_ordinary.txt`, `danger.txt` as harmless; English, German and Welsh). None of "
        "the shared text is kept here.",
        f"* Form: two kinds, TF-IDF of letters and words, ridge {PENALTY}; order by seed 0; digest "
        f"of the texts {digest}.",
        f"* Thresholds: {dict(model.thresholds)}, as `rules/prompt_injection.py` explains; chosen "
        "on the folds below, and the phrases were written with the shared sets in sight, so the "
        "figures flatter a little.",
        "* Phrases and model together, every text scored by a model fitted on the other four "
        "fifths (no text with the same beginning, kind of jailbreak or page on both sides):",
        "",
        "| Set | Texts | Refused | Answered without a language model |",
        "|---|---|---|---|",
    ]
    for name, row in counts(judged).items():
        refused, marked = row["refused"] / row["texts"], row["marked"] / row["texts"]
        lines.append(f"| {name} | {row['texts']} | {refused:.3f} | {marked:.3f} |")
    lines += [
        "",
        "Misses: one short question for a secret, other languages than English, German and Welsh, "
        "attacks spread over several messages, people who try until it works. The bot holds no "
        "secret and no tool, and what a model writes is checked against the guidance.",
        "",
    ]
    return "\n".join(lines)

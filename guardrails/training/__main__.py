"""Fit and save a model: `python -m guardrails.training crisis|injection|people DATA` (minutes).

DATA is a folder with `conditionalqa/` and `guardrails/`; nothing of it is kept but numbers.
"""

import argparse
import sys
from pathlib import Path

from guardrails.example_files import EXAMPLES
from guardrails.name_tagger import save_tagger
from guardrails.training.attacks import load_samples
from guardrails.training.danger import fit_danger
from guardrails.training.danger_card import danger_card
from guardrails.training.injection import fit_injection, injection_card, judge_by_folds
from guardrails.training.people import fit_people
from guardrails.training.people_card import people_card
from guardrails.training.stories import load_stories
from guardrails.word_model import WordModel, save_model


def main() -> None:
    """Fit the model that the command line names and write it with its card."""
    parser = argparse.ArgumentParser(prog="python -m guardrails.training", description=__doc__)
    models = parser.add_subparsers(dest="model", required=True)
    crisis = models.add_parser("crisis", help="read danger")
    crisis.add_argument("data", type=Path, help="folder with conditionalqa/questions.jsonl")
    injection = models.add_parser("injection", help="read attacks on the language model")
    injection.add_argument("data", type=Path, help="folder with guardrails/ and conditionalqa/")
    people = models.add_parser("people", help="read names and addresses in logs and exports")
    people.add_argument("data", type=Path, help="folder with guardrails/, only reported on")
    arguments = parser.parse_args()
    fit = {"crisis": _fit_crisis, "injection": _fit_injection, "people": _fit_people}
    fit[arguments.model](arguments.data)


def _fit_crisis(data: Path) -> None:
    model, training = fit_danger(load_stories(data, "fit"))
    _save("danger_words", model, danger_card(model, training, load_stories(data, "report")))


def _fit_injection(data: Path) -> None:
    samples = load_samples(data)
    model = fit_injection(samples)
    _save("injection_words", model, injection_card(model, samples, judge_by_folds(samples)))


def _fit_people(data: Path) -> None:
    tagger = fit_people()
    save_tagger(tagger, EXAMPLES / "name_tagger.npz")
    card = people_card(tagger, data)
    EXAMPLES.joinpath("name_tagger.md").write_text(card, "utf-8")
    sys.stdout.write(card)


def _save(name: str, model: WordModel, card: str) -> None:
    save_model(model, EXAMPLES / f"{name}.npz")
    EXAMPLES.joinpath(f"{name}.md").write_text(card, "utf-8")
    sys.stdout.write(card)


if __name__ == "__main__":
    main()

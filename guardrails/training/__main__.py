"""Fit and save a model: `python -m guardrails.training crisis` (about a minute)."""

import argparse
import sys

from guardrails.example_files import EXAMPLES
from guardrails.training.danger import fit_danger
from guardrails.word_model import WordModel, save_model


def main() -> None:
    """Fit the model that the command line names and write it with its card."""
    parser = argparse.ArgumentParser(prog="python -m guardrails.training", description=__doc__)
    models = parser.add_subparsers(dest="model", required=True)
    models.add_parser("crisis", help="read danger; needs only the examples of this room")
    parser.parse_args()
    _save("danger_words", *fit_danger())


def _save(name: str, model: WordModel, card: str) -> None:
    save_model(model, EXAMPLES / f"{name}.npz")
    EXAMPLES.joinpath(f"{name}.md").write_text(card, "utf-8")
    sys.stdout.write(card)


if __name__ == "__main__":
    main()

"""Fit and save a model: `python -m guardrails.training crisis` (about a minute)."""

import argparse
import sys
from pathlib import Path

from guardrails.example_files import EXAMPLES
from guardrails.training.danger import fit_danger
from guardrails.training.injection import fit_injection
from guardrails.word_model import WordModel, save_model


def main() -> None:
    """Fit the model that the command line names and write it with its card."""
    parser = argparse.ArgumentParser(prog="python -m guardrails.training", description=__doc__)
    models = parser.add_subparsers(dest="model", required=True)
    models.add_parser("crisis", help="read danger; needs only the examples of this room")
    injection = models.add_parser("injection", help="read attacks on the language model")
    injection.add_argument("data", type=Path, help="folder with a guardrails/ folder of sets")
    options = parser.parse_args()
    if options.model == "crisis":
        _save("danger_words", *fit_danger())
    else:
        _save("injection_words", *fit_injection(options.data / "guardrails"))


def _save(name: str, model: WordModel, card: str) -> None:
    save_model(model, EXAMPLES / f"{name}.npz")
    EXAMPLES.joinpath(f"{name}.md").write_text(card, "utf-8")
    sys.stdout.write(card)


if __name__ == "__main__":
    main()

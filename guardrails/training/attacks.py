"""What the reader of attacks learns from: shared sets in DATA, and examples of our own.

Every text of a shared set is scored by a model that never saw it (five folds), so that all of
them can be reported on. Nothing of them is kept but the numbers of a model.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from guardrails.example_files import NONE, draw_templates, load_examples
from guardrails.training.stories import load_stories

ATTACK = "attack"
MAX_CHARACTERS = 4_000
_OURS = 0.5
_MADE_UP = 0.15
_STORY = 0.2
_DRAWN = 4_000

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Sample:
    """One text to learn from.

    Attributes:
        source: Name of its set; empty for our own, which are not reported on.
        kind: `attack` or `none`.
        text: At most `MAX_CHARACTERS`.
        share: How much it weighs among texts of its side.
        group: What it must not be separated from in folds.
    """

    source: str
    kind: str
    text: str
    share: float
    group: str


@dataclass(frozen=True, slots=True)
class SharedSet:
    """A set of labelled texts in `DATA/guardrails`.

    Attributes:
        name: Name in reports.
        kind: What its texts are.
        files: Pattern of its file names.
        field: Which field holds the text.
        keeps: Which rows belong to it.
        share: How much one text weighs.
    """

    name: str
    kind: str
    files: str
    field: str = "text"
    keeps: Callable[[Row], bool] = bool
    share: float = 1.0


SHARED_SETS = (
    SharedSet("deepset attacks", ATTACK, "deepset_*", keeps=lambda row: row["label"] == 1),
    SharedSet("deepset harmless", NONE, "deepset_*", keeps=lambda row: row["label"] == 0),
    SharedSet("in-the-wild jailbreaks", ATTACK, "inthewild_*"),
    SharedSet("spikee jailbreaks", ATTACK, "spikee_*jailbreaks"),
    SharedSet("spikee extraction", ATTACK, "spikee_*sysmsg*.instructions", "instruction"),
    SharedSet(
        "PurpleLlama direct",
        ATTACK,
        "purplellama_*",
        "user_input",
        lambda row: row["injection_type"] == "direct",
        0.5,
    ),
    SharedSet("NotInject", NONE, "notinject_*", "prompt", share=3.0),
    SharedSet("XSTest safe", NONE, "xstest", "prompt", lambda row: row["label"] == "safe"),
    SharedSet("spikee benign", NONE, "spikee_*benign"),
    SharedSet("guidance lines", NONE, "govuk_guidance_lines", share=0.5),
)


def load_samples(data: Path) -> list[Sample]:
    """Return all texts to learn from, each once."""
    samples = [sample for shared in SHARED_SETS for sample in load_shared(data, shared)]
    samples += _questions(data)
    samples += _our_own()
    return list({sample.text: sample for sample in reversed(samples)}.values())


def load_shared(data: Path, shared: SharedSet) -> list[Sample]:
    """Return the texts of one shared set, each once; empty when its files are missing."""
    rows = [
        json.loads(line)
        for path in sorted(data.joinpath("guardrails").glob(f"{shared.files}.jsonl"))
        for line in path.read_text("utf-8").split("\n")
        if line
    ]
    groups = {
        str(row[shared.field])[:MAX_CHARACTERS]: str(row.get("jailbreak_type") or "")
        for row in rows
        if shared.keeps(row)
    }
    return [
        Sample(shared.name, shared.kind, text, shared.share, group or text[:40])
        for text, group in groups.items()
    ]


def _questions(data: Path) -> list[Sample]:
    stories = [*load_stories(data, "fit"), *load_stories(data, "report")]
    texts = [(text, story.page) for story in stories for text in (story.message, story.question)]
    return [Sample("citizens", NONE, text[:MAX_CHARACTERS], _STORY, page) for text, page in texts]


def _our_own() -> list[Sample]:
    written = [
        *load_examples("injection"),
        *load_examples("reviewed_ordinary"),
        *((NONE, text) for _, text in load_examples("danger")),
    ]
    drawn = [
        *draw_templates("injection_templates", _DRAWN, seed="fit"),
        *draw_templates("ordinary_templates", _DRAWN, seed="fit"),
    ]
    ours = [Sample("", kind, text, _OURS, text) for kind, text in written]
    return ours + [Sample("", kind, text, _MADE_UP, text) for kind, text in drawn]

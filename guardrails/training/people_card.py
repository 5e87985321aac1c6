"""The card of the reader of names and addresses: what it learned from and how well it reads."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guardrails.name_tagger import LABELS, NameTagger
from guardrails.training import people
from guardrails.training.people import Labelled, draw_sentences

_SHARED = "presidio_research_synth_dataset_v2"
_LABELS = {"PERSON": "name", "STREET_ADDRESS": "address"}


@dataclass(frozen=True, slots=True)
class Found:
    """How well one label is read.

    Attributes:
        hits: Of the labelled spans, those that a match of any label overlaps.
        spans: Labelled spans.
        right: Of the matches, those that overlap a span of the same label.
        personal: Of the matches, those that overlap any labelled span.
        matches: Matches of this label.
    """

    hits: int
    spans: int
    right: int
    personal: int
    matches: int

    def cells(self) -> str:
        """Return recall and precision as cells of a table."""
        return (
            f"{self.hits} of {self.spans} = {_share(self.hits, self.spans)} | "
            f"{self.right} of {self.matches} = {_share(self.right, self.matches)} | "
            f"{_share(self.personal, self.matches)}"
        )


def people_card(tagger: NameTagger, data: Path) -> str:
    """Return the card.

    Args:
        tagger: The fitted model.
        data: Folder with `guardrails/`; without its labelled set only ours is reported.
    """
    ours = list(draw_sentences("held_out", people.HELD_OUT, kept=True))
    sets = {"ours, held out": ours, f"{_SHARED}": shared_sentences(data)}
    lines = [
        "# Model of names and addresses, for logs and exports only",
        "",
        "Fitted by `python -m guardrails.training people DATA`; numbers only (`name_tagger.npz`).",
        "",
        f"* Learns: {people.SENTENCES} sentences made up from `person_templates.txt`, and texts of "
        "our own without names. Names are common ones of English, Welsh, Scottish, Irish, South "
        "Asian, African, Polish, Romanian, Chinese, Turkish, Arabic, Portuguese, Vietnamese and "
        f"Ukrainian origin; {people.INVENTED:.0%} are invented, so that unknown ones are read.",
        f"* Form: softmax over {', '.join(LABELS)} for each word, hashed features of the word and "
        f"two neighbours on each side, ridge {people.PENALTY}; seed {people.SEED}.",
        f"* Thresholds: {dict(tagger.thresholds)}; low, because a log is read as well without a "
        "word too many.",
        "* Ours, held out: sentences and names that the model never saw, by the same hands. "
        f"{_SHARED}: a public set of made-up texts with names of some twenty countries; nothing is "
        "learned from it, but a look at what was missed there led to some of our sentences.",
        "* Recall: a match overlaps the span. Precision: the match overlaps a span of its label; "
        "or of any label (mail addresses, companies, places, ...).",
        "",
        "| Set | Label | Recall | Precision | of any label |",
        "|---|---|---|---|---|",
    ]
    for name, sentences in sets.items():
        lines += [
            f"| {name} | {label} | {measured(tagger, sentences, label).cells()} |"
            for label in LABELS[1:]
            if sentences
        ]
    lines += _lines_of_guidance(tagger, data)
    lines += [
        "",
        "Misses: names in small letters, single first names at the start of a sentence, names that "
        "are words. Takes out too much: titles of songs, companies, words with a capital. Never "
        "use it on what is shown to a citizen.",
        "",
    ]
    return "\n".join(lines)


def _lines_of_guidance(tagger: NameTagger, data: Path) -> list[str]:
    path = data / "guardrails" / "govuk_guidance_lines.jsonl"
    if not path.is_file():
        return []
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").split("\n") if line]
    touched = sum(any(tagger.find(str(text))) for text in texts)
    return [
        "",
        f"Of {len(texts)} lines of guidance without a name, {touched} "
        f"({_share(touched, len(texts))}) lose a word or more.",
    ]


def shared_sentences(data: Path) -> list[Labelled]:
    """Return the labelled texts of the shared set; empty when it is missing."""
    path = data / "guardrails" / f"{_SHARED}.jsonl"
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    return [Labelled(str(row["full_text"]), tuple(_spans(row["spans"]))) for row in rows]


def measured(tagger: NameTagger, sentences: Sequence[Labelled], label: str) -> Found:
    """Return how well a label is read in sentences."""
    counts = [0, 0, 0, 0, 0]
    for sentence in sentences:
        matches = [(m.start, m.end, m.kind) for m in tagger.find(sentence.text)]
        own = [span for span in sentence.spans if span[2] == label]
        named = [match for match in matches if match[2] == label]
        counts[0] += sum(any(_meets(span, match) for match in matches) for span in own)
        counts[1] += len(own)
        counts[2] += sum(any(_meets(match, span) for span in own) for match in named)
        counts[3] += sum(any(_meets(match, span) for span in sentence.spans) for match in named)
        counts[4] += len(named)
    return Found(*counts)


def _spans(spans: Iterable[dict[str, object]]) -> Iterable[tuple[int, int, str]]:
    for span in spans:
        start, end = int(str(span["start_position"])), int(str(span["end_position"]))
        yield start, end, _LABELS.get(str(span["entity_type"]), "other")


def _meets(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "none"

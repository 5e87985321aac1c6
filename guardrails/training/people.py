"""Fit the reader of names and addresses on sentences of our own (`person_templates.txt`)."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from guardrails.example_files import EXAMPLES, draw_templates, load_examples
from guardrails.name_tagger import BUCKETS, LABELS, NameTagger, features_of, split_words
from guardrails.personal_data.contact_details import find_addresses
from guardrails.personal_data.names import find_names
from guardrails.training.fit import softmax_fit

SEED = 0
SENTENCES = 9_000
HELD_OUT = 1_000
PENALTY = 1e-5
THRESHOLDS = {"name": 0.3, "address": 0.5}
"""Low, because a log without a word is read as well as one with it; chosen on our held-out half."""

_LARGEST = 127
_ORDINARY = 1_500
INVENTED = 0.5
_STARTS = ("b", "br", "ch", "d", "dh", "f", "g", "gw", "h", "j", "k", "kr", "l", "ll", "m", "n",
           "ng", "p", "r", "s", "sh", "st", "sz", "t", "th", "v", "w", "y", "z", "")  # fmt: skip
_ENDS = ("a", "ai", "an", "ar", "e", "el", "en", "er", "i", "ia", "ik", "in", "is", "o", "on",
         "or", "os", "ou", "u", "ur", "wy", "y", "ó", "ska")  # fmt: skip
_WITHOUT_NAMES = ("reviewed_ordinary", "reviewed_routes", "danger", "injection")
_SLOT = re.compile(r"<([a-z_]+)>")
_LIST = re.compile(r"^([a-z_]+) = (.*)$", re.MULTILINE)
_ADDRESSES = (
    "<number> <road_name> <road>",
    "<number> <road_name> <road>, <town>",
    "<number> <road_name> <road> <town>",
    "Flat <number>, <number> <road_name> <road>, <town>",
    "flat <number> <road_name> <road>",
    "<road_name> <house>, <road_name> <road>, <town>",
    "<number> <welsh_road> <welsh_name>, <town>",
    "<number>, <road_name> <road>, <town>",
)
_NAMES = ("<first> <last>",) * 6 + ("<first>",) * 2 + (
    "<first> <first> <last>",
    "<last>, <first>",
    "<first> <initial> <last>",
    "<initial> <last>",
    "<last>",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """A made-up sentence.

    Attributes:
        text: The sentence.
        spans: Start, end and label of every name and address in it.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]


def draw_sentences(section: str, count: int, *, kept: bool) -> Iterator[Labelled]:
    """Yield made-up sentences, the same every time.

    Args:
        section: Heading of the sentences to fill: `fit` or `held_out`.
        count: How many.
        kept: Whether names come from the lists that are never learned from.
    """
    lists = _lists(kept=kept)
    dice = random.Random(f"{SEED} {section}")  # noqa: S311 - repeatable examples, no secret
    templates = [text for kind, text in load_examples("person_templates") if kind == section]
    for number in range(count):
        sentence = _filled(templates[number % len(templates)], lists, dice)
        fate = dice.random()
        if fate < 0.15:
            sentence = Labelled(sentence.text.lower(), sentence.spans)
        elif fate < 0.18:
            sentence = Labelled(sentence.text.upper(), sentence.spans)
        if len(sentence.text) == (sentence.spans or ((0, 0, ""),))[-1][1] or dice.random() < 0.5:
            yield sentence
        else:
            yield Labelled(sentence.text + dice.choice(".!?"), sentence.spans)


def fit_people() -> NameTagger:
    """Return the model fitted on the sentences to learn from."""
    rows: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    labels: list[int] = []
    for sentence in _learned():
        words = split_words(sentence.text)
        rows += features_of([word[0] for word in words])
        labels += [_label(sentence, word.start()) for word in words]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate(rows)
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), BUCKETS))
    wanted = np.eye(len(LABELS))[labels]
    shares = np.full(len(rows), 1 / len(rows))
    weights, biases = softmax_fit(matrix, wanted, shares, PENALTY)
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _LARGEST
    return NameTagger(np.rint(weights / scales).astype(np.int8), scales, biases, THRESHOLDS)


def _learned() -> Iterator[Labelled]:
    yield from draw_sentences("fit", SENTENCES, kept=False)
    # What people write without a name in it, so that a capital alone is none.
    texts = [text for name in _WITHOUT_NAMES for _, text in load_examples(name)]
    texts += [text for _, text in draw_templates("ordinary_templates", _ORDINARY, seed="fit")]
    for text in texts:
        if not any(find_names(text)) and not any(find_addresses(text)):
            yield Labelled(text, ())


def _label(sentence: Labelled, place: int) -> int:
    found = (label for start, end, label in sentence.spans if start <= place < end)
    return LABELS.index(next(found, LABELS[0]))


def _lists(*, kept: bool) -> dict[str, Sequence[str]]:
    text = EXAMPLES.joinpath("person_templates.txt").read_text("utf-8")
    lists: dict[str, Sequence[str]] = {
        name: words.split("|") for name, words in _LIST.findall(text)
    }
    lists |= {"number": [str(n) for n in range(1, 200)] + ["4a", "12B", "7-9"]}
    lists |= {"initial": [f"{letter}." for letter in "ABCDEGHJKLMNPRST"] + ["J", "K", "M"]}
    lists["invented"] = () if kept else ("yes",)
    if kept:
        lists |= {
            name.removesuffix("_kept"): words
            for name, words in lists.items()
            if name.endswith("_kept")
        }
    return lists


def _filled(template: str, lists: dict[str, Sequence[str]], dice: random.Random) -> Labelled:
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    end = length = 0
    for slot in _SLOT.finditer(template):
        parts.append(template[end : slot.start()])
        value = _value(slot[1], lists, dice)
        length += slot.start() - end
        if slot[1] in LABELS:
            spans.append((length, length + len(value), slot[1]))
        parts.append(value)
        end, length = slot.end(), length + len(value)
    return Labelled("".join([*parts, template[end:]]), tuple(spans))


def _value(slot: str, lists: dict[str, Sequence[str]], dice: random.Random) -> str:
    forms = {"name": _NAMES, "address": _ADDRESSES}.get(slot)
    if forms is None:
        return dice.choice(lists[slot])
    return _SLOT.sub(lambda inner: _word(inner[1], lists, dice), dice.choice(forms))


def _word(slot: str, lists: dict[str, Sequence[str]], dice: random.Random) -> str:
    # Invented words teach that any word can be a name where one is expected.
    if slot in ("first", "last", "road_name") and lists["invented"] and dice.random() < INVENTED:
        count = dice.choice((2, 2, 3))
        return "".join(dice.choice(_STARTS) + dice.choice(_ENDS) for _ in range(count)).title()
    return dice.choice(lists[slot])

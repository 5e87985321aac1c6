"""Example texts that models learn from and are measured on, kept as files a reviewer can read.

A file under `guardrails/examples/` has one text per line; `[suicide]` starts the texts of one
kind, and lines before the first heading are of the kind `none`. Files of patterns also define
lists (`place = at home|outside`) that a line uses as `<place>`.
"""

import hashlib
import itertools
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

NONE = "none"
Half = Literal["fit", "report"]
Example = tuple[str, str]
"""A kind and a text."""

EXAMPLES = Path(__file__).with_name("examples")
_LIST = re.compile(r"([a-z_]+) = (.*)")
_SLOT = re.compile(r"<([a-z_]+)>")


def load_examples(name: str) -> list[Example]:
    """Return (kind, text) for each line of `guardrails/examples/<name>.txt`."""
    return [(kind, line) for kind, line in _lines(name) if not _LIST.fullmatch(line)]


def half_of(text: str) -> Half:
    """Return which half of a reviewed set a text belongs to; depends on nothing but its letters."""
    return "fit" if hashlib.sha256(text.strip().encode()).digest()[0] % 2 else "report"


def load_half(name: str, half: Half) -> list[Example]:
    """Return the texts of one half of a reviewed file."""
    return [(kind, text) for kind, text in load_examples(name) if half_of(text) == half]


def draw_templates(name: str, count: int, *, seed: str) -> list[Example]:
    """Return `count` different texts made from a file of patterns, the same for the same seed.

    Every pattern gives as many texts as any other, as far as its lists allow.
    """
    lists = {
        found[1]: found[2].split("|")
        for _, line in _lines(name)
        if (found := _LIST.fullmatch(line))
    }
    dice = random.Random(seed)  # noqa: S311 - repeatable examples, no secret
    drawn: dict[str, str] = {}
    patterns = load_examples(name)
    for kind, pattern in itertools.islice(itertools.cycle(patterns), count * 20):
        if len(drawn) >= count:
            break
        drawn.setdefault(_filled(pattern, lists, dice), kind)
    return [(kind, text) for text, kind in drawn.items()]


def digest_of(examples: Sequence[Example]) -> str:
    """Return the SHA-256 of examples."""
    lines = "\n".join(f"{kind}\t{text}" for kind, text in examples)
    return hashlib.sha256(lines.encode()).hexdigest()


def _lines(name: str) -> Iterator[Example]:
    kind = NONE
    for line in EXAMPLES.joinpath(f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            yield kind, line.strip()


def _filled(pattern: str, lists: dict[str, list[str]], dice: random.Random) -> str:
    while found := _SLOT.search(pattern):
        word = dice.choice(lists[found[1]])
        pattern = pattern[: found.start()] + word + pattern[found.end() :]
    return re.sub(r"\s+([,.?])", r"\1", re.sub(r"\s+", " ", pattern)).strip()

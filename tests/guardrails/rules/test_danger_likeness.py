from collections.abc import Sequence

import numpy as np
import pytest

from guardrails import Category, Outcome
from guardrails.likeness import LikenessReader, Vectors, fit_model
from guardrails.normalised import normalise
from guardrails.rules.danger_likeness import DangerLikenessRule

EXAMPLES = [
    ("suicide", "nobody would miss me"),
    ("gas", "odd smell near the boiler"),
    ("none", "renew my passport"),
    ("none", "tax the car"),
]
WORDS = sorted({word for _, text in EXAMPLES for word in text.split()})


def embed(texts: Sequence[str]) -> Vectors:
    """One component for each word of the examples: alike means sharing words."""
    rows = [[float(word in text.casefold().split()) for word in WORDS] for text in texts]
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


@pytest.fixture
def rule() -> DangerLikenessRule:
    return DangerLikenessRule(LikenessReader(embed, fit_model(embed, EXAMPLES)), 0.5)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("nobody here would miss me", Category.CRISIS),
        ("there is an odd smell near my boiler", Category.EMERGENCY),
    ],
)
def test_signposts_what_is_like_danger(
    text: str, category: Category, rule: DangerLikenessRule
) -> None:
    verdict = rule(normalise(text))

    assert (verdict.outcome, verdict.category) == (Outcome.MENTION, category)


@pytest.mark.parametrize(
    "text",
    [
        "I want to renew my passport now",
        "miss me",
        "Oes rhaid i mi dalu am bresgripsiwn yng Nghymru would miss me",
        "Faint mae tystysgrif geni yn ei gostio? nobody would miss me",
    ],
    ids=["ordinary", "too short", "Welsh", "Welsh with likeness"],
)
def test_allows_the_rest_and_leaves_welsh_to_the_phrases(
    text: str, rule: DangerLikenessRule
) -> None:
    assert rule(normalise(text)).outcome is Outcome.ALLOW

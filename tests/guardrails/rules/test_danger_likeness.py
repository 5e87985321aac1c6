from collections.abc import Sequence

import numpy as np
import pytest

from guardrails import Category, Outcome
from guardrails.likeness import LikenessReader, Vectors, fit_model
from guardrails.normalised import normalise
from guardrails.rules.danger_likeness import MAX_CHARACTERS, DangerLikenessRule
from guardrails.training.fit import TrainingSet, fit_word_model
from guardrails.word_model import WordModel

EXAMPLES = [
    ("suicide", "darkness swallows every single morning"),
    ("suicide", "nobody would miss me any more"),
    ("suicide", "bydd pawb yn well hebddof yfory"),
    ("gas", "hissing pipe under the boiler"),
    ("gas", "odd smell near the boiler"),
    ("none", "renew my passport this morning"),
    ("none", "tax the car this evening"),
    ("none", "what time does the office open"),
    ("none", "faint mae tystysgrif geni yn ei gostio"),
]
LONG = "The office opened late and I had to renew my passport. " * (MAX_CHARACTERS // 50 + 1)
WORDS = sorted({word for _, text in EXAMPLES for word in text.split()})


def embed(texts: Sequence[str]) -> Vectors:
    """One component for each word of the examples: alike means sharing words."""
    rows = [[float(word in text.casefold().split()) for word in WORDS] for text in texts]
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def refuse_to_embed(texts: Sequence[str]) -> Vectors:
    raise AssertionError("this text is read by its words only")


@pytest.fixture(scope="module")
def words() -> WordModel:
    fitted = fit_word_model(TrainingSet(EXAMPLES, np.ones(len(EXAMPLES))), penalty=1e-3)
    return WordModel(
        fitted.weights, fitted.scales, fitted.biases, fitted.rarity, fitted.kinds,
        thresholds={"certain": 0.9, "long": 0.6}, digest="",
    )  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> LikenessReader:
    return LikenessReader(embed, fit_model(embed, EXAMPLES))


@pytest.fixture(params=["words alone", "words and meaning"])
def rule(
    request: pytest.FixtureRequest, words: WordModel, reader: LikenessReader
) -> DangerLikenessRule:
    return DangerLikenessRule(words, None if request.param == "words alone" else reader, 0.5)


@pytest.mark.parametrize(
    ("text", "category", "detail"),
    [
        ("nobody here would miss me", Category.CRISIS, "suicide"),
        ("darkness swallows every morning again", Category.CRISIS, "suicide"),
        ("there is an odd smell near my boiler", Category.EMERGENCY, "gas"),
        ("a hissing pipe beside the boiler", Category.EMERGENCY, "gas"),
    ],
)
def test_shows_help_for_what_is_like_danger(
    text: str, category: Category, detail: str, rule: DangerLikenessRule
) -> None:
    verdict = rule(normalise(text))

    assert verdict.outcome in (Outcome.MENTION, Outcome.SIGNPOST)
    assert (verdict.category, verdict.detail) == (category, detail)
    assert 0.5 <= verdict.score <= 1


@pytest.mark.parametrize(
    "text",
    [
        "I want to renew my passport this evening",
        "miss me",
        "Faint mae tystysgrif geni yn ei gostio yn yr office",
        LONG,
    ],
    ids=["ordinary", "too short", "Welsh", "long"],
)
def test_allows_the_rest(text: str, rule: DangerLikenessRule) -> None:
    assert rule(normalise(text)).outcome is Outcome.ALLOW


def test_reads_welsh_by_its_words_only(words: WordModel, reader: LikenessReader) -> None:
    rule = DangerLikenessRule(words, LikenessReader(refuse_to_embed, reader.model), 0.5)

    verdict = rule(normalise("Rydw i wedi blino ac mae pawb yn well hebddof yfory"))

    assert verdict.detail == "suicide"


def test_one_sentence_of_a_long_message_shows_help_beside_the_answer(
    rule: DangerLikenessRule,
) -> None:
    verdict = rule(normalise(LONG + "Nobody would miss me any more. " + LONG))

    assert (verdict.outcome, verdict.detail) == (Outcome.MENTION, "suicide")


def test_danger_never_costs_an_entitlement_question_its_answer(rule: DangerLikenessRule) -> None:
    text = "darkness swallows every single morning, can I claim?"

    assert rule(normalise(text)).outcome is not Outcome.SIGNPOST


@pytest.mark.parametrize(
    "text",
    [
        "Darkness swallows every single morning. What time does the office open for the passport?",
        "darkness swallows every single morning and how do i renew my passport this evening",
        "How do I renew my passport this evening? Darkness swallows every single morning.",
    ],
)
def test_a_question_does_not_hide_what_is_told_beside_it(
    text: str, rule: DangerLikenessRule
) -> None:
    verdict = rule(normalise(text))

    assert (verdict.outcome, verdict.detail) == (Outcome.MENTION, "suicide")


def test_what_is_told_beside_an_ordinary_question_may_be_ordinary(
    rule: DangerLikenessRule,
) -> None:
    text = "I renew my passport this morning. What time does the office open?"

    assert rule(normalise(text)).outcome is Outcome.ALLOW


def test_an_unreachable_threshold_shows_nothing(words: WordModel) -> None:
    rule = DangerLikenessRule(words, None, 1.0)

    assert rule(normalise("nobody would miss me any more")).outcome is Outcome.ALLOW

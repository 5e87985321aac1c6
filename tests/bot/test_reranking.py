"""Second opinions: what they change, and the port on a fake and on a real (tiny) cross-encoder."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.enquiry import Enquiry, Nation
from bot.errors import CrossEncoderConfigurationError
from bot.language_models.cross_encoder import CARD, CrossEncoderReader
from bot.pipeline import answer_question
from bot.retrieval import Query
from bot.retrieval.reranking import MOST_GAIN, PAGES_READ, PASSAGES_READ, PairReader
from bot.searching import search_guidance
from bot.services import Services
from bot.settings import BotSettings
from bot.wiring import build_pair_reader
from tests.fakes import ScriptedReader

QUESTION = "What is the fee for a passport?"
QUERY = Query(QUESTION, QUESTION)


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of two layers with random weights."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        PreTrainedTokenizerFast,
    )

    folder = tmp_path_factory.mktemp("cross-encoder")
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "passport",
        "fee",
        "lost",
        "photo",
        "prescription",
        "bus",
        "pass",
        "cost",
        "the",
    ]
    known = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(WordLevel(known, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=64,
    ).save_pretrained(folder)
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, num_labels=1, initializer_range=0.5, max_position_embeddings=512,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(params=["fake", "real"])
def reader(request: pytest.FixtureRequest, tiny_model: Path) -> PairReader:
    if request.param == "fake":
        return ScriptedReader(lambda question, text: len(text) / 100)
    return CrossEncoderReader(tiny_model, offline=True)


class TestContract:
    """What every PairReader promises."""

    def test_a_number_for_each_text_in_order(self, reader: PairReader) -> None:
        texts = ["the passport fee", "a lost photo of a bus", "prescription cost"]

        said = reader.read(QUESTION, texts)

        assert said.shape == (3,)
        assert said.dtype == np.float32
        assert np.isfinite(said).all()
        assert len(set(said.tolist())) == 3

    def test_nothing_for_nothing(self, reader: PairReader) -> None:
        assert reader.read(QUESTION, []).shape == (0,)

    def test_company_changes_no_more_than_rounding(self, reader: PairReader) -> None:
        texts = ["the passport fee", "lost " * 40]

        together = reader.read(QUESTION, texts)

        assert together[0] == pytest.approx(reader.read(QUESTION, texts[:1])[0], abs=0.05)

    def test_it_has_a_name_and_a_weight(self, reader: PairReader) -> None:
        assert reader.name
        assert reader.weight >= 0


def liking(words: str, weight: float = 1.0) -> ScriptedReader:
    return ScriptedReader(lambda question, text: 50.0 if words in text else 0.0, weight=weight)


def urls(services: Services) -> list[str]:
    found = search_guidance(QUERY, services)
    return [services.index.pages[page.row].url.rsplit("/", 1)[1] for page in found.pages]


def test_what_it_likes_comes_first_and_gains_no_more_than_the_most(services: Services) -> None:
    plain = search_guidance(QUERY, services)

    found = search_guidance(QUERY, replace(services, pair_reader=liking("lost passport")))

    index = services.index
    before = {page.row: page.score for page in plain.pages}
    gains = {page.row: page.score - before[page.row] for page in found.pages}
    lost = next(row for row, page in enumerate(index.pages) if page.url.endswith("/lost"))
    assert gains[lost] == pytest.approx(MOST_GAIN)
    assert sorted(gains.values())[:-1] == pytest.approx([0] * (len(gains) - 1))
    assert [p.score for p in found.pages] == sorted((p.score for p in found.pages), reverse=True)
    assert [u.score for u in found.units] == sorted((u.score for u in found.units), reverse=True)
    assert found.confidence == plain.confidence


def test_a_weight_of_nothing_changes_nothing_and_reads_nothing(services: Services) -> None:
    reader = liking("lost passport", weight=0.0)

    assert urls(replace(services, pair_reader=reader)) == urls(services)
    assert not reader.texts


def test_another_nation_is_not_made_up_for(services: Services) -> None:
    question = "What does a prescription cost in Wales?"
    query = Query(question, question, nation=Nation.WALES)

    found = search_guidance(query, replace(services, pair_reader=liking("£9.90 in England")))

    assert services.index.pages[found.pages[0].row].nation == "wales"


def test_only_the_best_few_passages_are_read(services: Services) -> None:
    reader = liking("lost")

    search_guidance(QUERY, replace(services, pair_reader=reader))

    assert 0 < len(reader.texts) <= PAGES_READ * PASSAGES_READ
    assert len(set(reader.texts)) == len(reader.texts)
    assert reader.questions == [QUESTION]


@pytest.mark.anyio
async def test_the_answer_quotes_what_it_put_first(services: Services) -> None:
    enquiry = Enquiry("What should I know about my passport?")
    first = []
    for reader in (liking("costs £61.50"), liking("cannot use a lost passport")):
        changed = replace(services, pair_reader=reader)
        events = [event async for event in answer_question(enquiry, changed)]
        first.append(events[-1].citations[0].url.rsplit("/", 1)[1])  # type: ignore[union-attr]

    assert first == ["passport-fees", "lost"]


def test_the_card_beside_a_model_says_its_weight(tiny_model: Path, tmp_path: Path) -> None:
    assert CrossEncoderReader(tiny_model, offline=True).weight == 1
    card = tiny_model / CARD
    card.write_text(json.dumps({"weight": 0.25}), "utf-8")
    try:
        assert CrossEncoderReader(tiny_model, offline=True).weight == 0.25
    finally:
        card.unlink()


def test_none_is_read_with_unless_it_is_configured() -> None:
    assert build_pair_reader(BotSettings(), offline=True) is None


def broken(folder: Path) -> None:
    (folder / "config.json").write_text("{}", "utf-8")


@pytest.mark.parametrize("prepare", [lambda folder: None, broken], ids=["empty", "broken"])
def test_a_model_that_cannot_be_loaded_is_one_clear_error(
    prepare: Callable[[Path], None], tmp_path: Path
) -> None:
    prepare(tmp_path)

    with pytest.raises(CrossEncoderConfigurationError, match="ENQUIRY_CROSS_ENCODER"):
        build_pair_reader(BotSettings(cross_encoder=str(tmp_path)), offline=True)

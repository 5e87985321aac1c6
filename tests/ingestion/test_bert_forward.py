import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Dense, Pooling, Transformer
from transformers import BertConfig, BertModel

from ingestion.bert_forward import LEAST_COSINE, bert_forward
from ingestion.bundled_model import bundled_model_directory

pytestmark = pytest.mark.model

# The library's own bf16 vectors are as far from float32: .99989 for no text, .99994 for a question.
HALVED_COSINE = 0.9998


@pytest.fixture(scope="module")
def model() -> SentenceTransformer:
    return SentenceTransformer(str(bundled_model_directory()), device="cpu", local_files_only=True)


def _changed(model: SentenceTransformer, **config: object) -> SentenceTransformer:
    """Return an encoder of the same make, small and untrained, with other settings."""
    small = BertConfig(
        vocab_size=model.tokenizer.vocab_size,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        **config,
    )
    first = Transformer(str(bundled_model_directory()))
    first.model = BertModel(small).eval()
    return SentenceTransformer(modules=[first, Pooling(32, "mean")], device="cpu")


@given(st.text(max_size=300))
@example("")
@example("longer than the model reads " * 300)
@example("Ŵy \ufffd")
@settings(max_examples=10, deadline=None)
def test_every_text_has_the_vector_that_the_model_gives_itself(
    model: SentenceTransformer, text: str
) -> None:
    quick = bert_forward(model)
    assert quick is not None
    limit = model.max_seq_length
    tokens = model.tokenizer(text, truncation=True, max_length=limit)["input_ids"]

    with torch.inference_mode():
        found = torch.nn.functional.normalize(quick(tokens), dim=0).numpy()
    wanted = model.encode([text], normalize_embeddings=True)[0]

    assert np.allclose(found, wanted, atol=1e-5)


@pytest.mark.parametrize(
    "text", ["", "bins", "How much is a passport for a child?", "I live with my daughter. " * 40]
)
def test_weights_of_half_the_size_give_nearly_the_vector_of_whole_ones(
    model: SentenceTransformer, text: str
) -> None:
    halved = SentenceTransformer(
        str(bundled_model_directory()),
        device="cpu",
        local_files_only=True,
        model_kwargs={"dtype": torch.bfloat16},
    )
    quick = bert_forward(halved)
    assert quick is not None
    tokens = halved.tokenizer(text, truncation=True, max_length=halved.max_seq_length)["input_ids"]

    with torch.inference_mode():
        found, again = quick(tokens), quick(tokens)
    wanted = model.encode([text], convert_to_tensor=True)[0]

    assert torch.nn.functional.cosine_similarity(found, wanted, dim=0) > HALVED_COSINE
    assert torch.equal(found, again)


def test_another_size_of_the_same_encoder_is_taken(model: SentenceTransformer) -> None:
    small = _changed(model)
    quick = bert_forward(small)
    assert quick is not None
    tokens = small.tokenizer("when are the bins emptied")["input_ids"]

    with torch.inference_mode():
        found, wanted = quick(tokens).numpy(), small.encode(["when are the bins emptied"])[0]

    assert found @ wanted / np.linalg.norm(found) / np.linalg.norm(wanted) > LEAST_COSINE


def test_models_that_compute_something_else_keep_their_own_way(model: SentenceTransformer) -> None:
    first_token = SentenceTransformer(modules=[_changed(model)[0], Pooling(32, "cls")])
    one_more_layer = SentenceTransformer(modules=[*_changed(model), Dense(32, 16)])

    assert bert_forward(_changed(model, hidden_act="relu")) is None
    assert bert_forward(_changed(model, is_decoder=True)) is None
    assert bert_forward(first_token) is None
    assert bert_forward(one_more_layer) is None

"""One text through a BERT encoder, without what the general implementation does besides.

A question is so short that half of its time in `transformers` goes into arranging the work: masks
for a batch of one, three products where one will do, weights put in order for the processor again
for every text, hooks, outputs nobody reads. `make bench` prints `one_text`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from torch import Tensor
from torch.nn import LayerNorm, Linear
from torch.nn.functional import gelu, layer_norm, linear, scaled_dot_product_attention
from transformers import BertModel
from transformers.models.bert.modeling_bert import BertLayer

# bf16 keeps 8 bits of a number; sums in another order differ by about 1e-5 of a cosine.
LEAST_COSINE = 0.9999
_SAMPLE = "How much is a passport for a child?"


# For how many tokens weights are put in order; any number works, near this one it is quickest.
_USUAL_TOKENS = 128

_Product = Callable[[Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class _Layer:
    """One encoder layer; query, key and value are one product, GELU belongs to the widening."""

    query_key_value: _Product
    attended: _Product
    after_attention: LayerNorm
    widening: _Product
    narrowing: _Product
    after_all: LayerNorm


class BertForward:
    """The encoder of a sentence-transformers model, for one text at a time.

    Computes what Devlin et al. (2019, "BERT") define, with the exact GELU and post-layer
    normalisation, and the mean over all tokens; nothing of the model is copied but the stacked
    query, key and value weights.
    """

    def __init__(self, bert: BertModel) -> None:
        embeddings = bert.embeddings
        self._words = embeddings.word_embeddings.weight
        self._places = (
            embeddings.position_embeddings.weight + (embeddings.token_type_embeddings.weight[0])
        )
        self._first_norm = embeddings.LayerNorm
        self._layers = [_layer(cast("BertLayer", layer)) for layer in bert.encoder.layer]
        self._heads = int(bert.config.num_attention_heads)

    def __call__(self, tokens: Sequence[int]) -> Tensor:
        """Return the mean of a text's token states, shape (dimension,), float32, not normalised.

        Args:
            tokens: Token numbers with the marks at both ends; at most as many as the model has
                places.
        """
        states = _normed(
            self._words[torch.tensor(tokens)] + self._places[: len(tokens)], self._first_norm
        )
        for layer in self._layers:
            states = _normed(
                states + layer.attended(self._attention(layer, states)), layer.after_attention
            )
            states = _normed(states + layer.narrowing(layer.widening(states)), layer.after_all)
        return states.float().mean(dim=0)

    def _attention(self, layer: _Layer, states: Tensor) -> Tensor:
        length, width = states.shape
        split = layer.query_key_value(states).view(length, 3, self._heads, width // self._heads)
        # (3, 1, heads, length, width of a head): the attention kernels want a batch.
        query, key, value = split.permute(1, 2, 0, 3).unsqueeze(1)
        mixed = scaled_dot_product_attention(query, key, value)
        return mixed[0].transpose(0, 1).reshape(length, width)


def bert_forward(model: SentenceTransformer) -> BertForward | None:
    """Return the fast way through a model; None where it would not give the model's own vectors.

    It is for a plain BERT encoder with absolute places and GELU, followed by the mean over tokens
    and nothing that changes a direction. A model that looks like one is asked once both ways.
    """
    bert = _plain_bert(model)
    if bert is None:
        return None
    fast = BertForward(bert)
    with torch.inference_mode():
        tokens = model.tokenizer(_SAMPLE)["input_ids"]
        ids = torch.tensor([tokens])
        own = model.forward({"input_ids": ids, "attention_mask": torch.ones_like(ids)})
        likeness = torch.nn.functional.cosine_similarity(
            own["sentence_embedding"][0].float(), fast(tokens), dim=0
        )
    return fast if likeness >= LEAST_COSINE else None


def _plain_bert(model: SentenceTransformer) -> BertModel | None:
    first, *rest = model
    kinds = [type(module) for module in rest]
    if not isinstance(first, Transformer) or kinds not in ([Pooling], [Pooling, Normalize]):
        return None
    bert, pooling = first.model, rest[0]
    if type(bert) is not BertModel or pooling.pooling_mode != "mean":
        return None
    config = bert.config
    absolute = getattr(config, "position_embedding_type", "absolute") in (None, "absolute")
    return bert if config.hidden_act == "gelu" and absolute and not config.is_decoder else None


def _layer(layer: BertLayer) -> _Layer:
    attention, own = layer.attention, layer.attention.self
    three = (own.query, own.key, own.value)
    return _Layer(
        query_key_value=_product(
            torch.cat([part.weight for part in three]), torch.cat([part.bias for part in three])
        ),
        attended=_product_of(attention.output.dense),
        after_attention=attention.output.LayerNorm,
        widening=_product_of(layer.intermediate.dense, then_gelu=True),
        narrowing=_product_of(layer.output.dense),
        after_all=layer.output.LayerNorm,
    )


def _product_of(module: Linear, *, then_gelu: bool = False) -> _Product:
    return _product(module.weight, module.bias, then_gelu=then_gelu)


def _product(weight: Tensor, bias: Tensor, *, then_gelu: bool = False) -> _Product:
    """Return states @ weight.T + bias, and GELU of it where asked.

    With bf16, oneDNN puts weights in an order of its own before it multiplies, a third of the time
    of a question. Here that is done once. The two operations are those that `torch.compile` uses;
    they have no public name, so whoever lacks them multiplies plainly.
    """
    onednn = torch.ops.mkldnn
    if weight.dtype != torch.bfloat16 or not _onednn_has_bf16():
        return lambda states: _gelu_if(linear(states, weight, bias), wanted=then_gelu)
    ordered = onednn._reorder_linear_weight(weight, _USUAL_TOKENS)  # noqa: SLF001
    multiply, after = onednn._linear_pointwise, "gelu" if then_gelu else "none"  # noqa: SLF001
    return lambda states: multiply(states, ordered, bias, after, [], "none")


def _onednn_has_bf16() -> bool:
    onednn = torch.ops.mkldnn
    names = ("_is_mkldnn_bf16_supported", "_reorder_linear_weight", "_linear_pointwise")
    return all(hasattr(onednn, name) for name in names) and bool(
        onednn._is_mkldnn_bf16_supported()  # noqa: SLF001
    )


def _gelu_if(states: Tensor, *, wanted: bool) -> Tensor:
    return gelu(states) if wanted else states


def _normed(states: Tensor, norm: LayerNorm) -> Tensor:
    return layer_norm(states, tuple(norm.normalized_shape), norm.weight, norm.bias, norm.eps)

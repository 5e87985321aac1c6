"""A sentence-transformers model of random word vectors, to measure everything but embedding.

It is a real model of that library and as fast as reading the text, so that what a build costs
beside embedding shows, and a hundred thousand passages take minutes instead of hours.
"""

from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

DIMENSION = 384  # as the bundled model


def save_static_model(folder: Path, words: list[str]) -> Path:
    """Save a model that knows these words and return its folder."""
    vocabulary = {word: number for number, word in enumerate(["[UNK]", *words])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106  # not a secret
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(7).normal(size=(len(vocabulary), DIMENSION))
    # Words it does not know say nothing, or all texts would be alike.
    weights[0] = 0
    static = StaticEmbedding(tokenizer, embedding_weights=weights.astype(np.float32))
    path = folder / "static-model"
    SentenceTransformer(modules=[static], device="cpu").save(str(path))
    return path

"""Embedder backed by sentence-transformers (the only module that imports it, and torch)."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Transformer
from transformers.utils.logging import disable_progress_bar

from ingestion.bert_forward import bert_forward
from ingestion.embedding import Vectors
from ingestion.errors import ModelNotFoundError

# What keeps two cores busy inside their cache: measured 3.0 times plain float32 `encode`, against
# 2.4 times with batches of 64 texts (`make bench`, ConditionalQA passages, two cores with bf16).
TOKENS_AT_ONCE = 2_048


class SentenceTransformerEmbedder:
    """Local embedding model; no text leaves the machine.

    On processors with bf16 instructions the weights are bf16: measured 2.9 times the speed of
    float32 with a cosine of at least .9999 to it (DESIGN section 5). Elsewhere they are float32.
    """

    def __init__(self, location: str | Path, *, name: str, offline: bool) -> None:
        disable_progress_bar()  # type: ignore[no-untyped-call]  # it would write to the terminal of every command
        precision = torch.bfloat16 if _has_bf16() else torch.float32
        try:
            self._model = SentenceTransformer(
                str(location),
                device="cpu",
                local_files_only=offline,
                model_kwargs={"dtype": precision},
            )
        # Each way a model can be missing raises another class of another library.
        except Exception as error:
            raise ModelNotFoundError(model=name, reason=type(error).__name__) from error
        self._model.eval()
        self._quick = bert_forward(self._model)
        self._is_transformer = isinstance(self._model[0], Transformer)
        self._padding = int(getattr(self._model.tokenizer, "pad_token_id", 0) or 0)
        self._lock = threading.Lock()
        self._threads = torch.get_num_threads()
        # The number of threads is a setting of each thread, not of the process.
        self._one_core_each = ThreadPoolExecutor(
            self._threads, "embedding", initializer=torch.set_num_threads, initargs=(1,)
        )
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages; the result has shape (len(texts), dimension)."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if not texts:
            return vectors
        with self._lock, torch.inference_mode():
            torch.set_num_threads(self._threads)
            if not self._is_transformer:
                return self._encoded(texts)
            tokens = self._tokens(texts)
            for rows in _batches([len(row) for row in tokens]):
                vectors[rows] = self._forward([tokens[row] for row in rows])
        return vectors

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions one by one, so that a vector never depends on what came with it.

        Each text has a core to itself: one is too short to share (measured: 10% slower, 20% at
        the 95th percentile), and more texts at once than cores only slow each other down.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.concatenate(list(self._one_core_each.map(self._embed_alone, texts)))

    def _embed_alone(self, text: str) -> Vectors:
        with torch.inference_mode():
            if not self._is_transformer:
                return self._encoded([text])
            tokens = self._tokens([text])
            if self._quick is None:
                return self._forward(tokens)
            return _unit(self._quick(tokens[0])[None])

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """Embed with a model that does not read token by token (static vectors, bags of words)."""
        rows = self._model.encode(list(texts), convert_to_tensor=True, show_progress_bar=False)
        return _unit(rows.float().cpu()).reshape(-1, self.dimension)

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        encoded = self._model.tokenizer(
            list(texts), truncation=True, max_length=self._model.max_seq_length
        )
        rows: list[list[int]] = encoded["input_ids"]
        return rows

    def _forward(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """Run the model's own modules (transformer, pooling, ...) on token numbers."""
        longest = max(len(row) for row in tokens)
        ids = torch.full((len(tokens), longest), self._padding, dtype=torch.long)
        mask = torch.zeros((len(tokens), longest), dtype=torch.long)
        for row, numbers in enumerate(tokens):
            ids[row, : len(numbers)] = torch.tensor(numbers)
            mask[row, : len(numbers)] = 1
        found = self._model.forward({"input_ids": ids, "attention_mask": mask})
        return _unit(found["sentence_embedding"].float())


def _unit(rows: torch.Tensor) -> Vectors:
    unit = torch.nn.functional.normalize(rows, dim=1)
    return np.ascontiguousarray(unit.numpy(), dtype=np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield row numbers, shortest first, in groups that fill `TOKENS_AT_ONCE` with padding."""
    group: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda number: lengths[number]):
        if group and (len(group) + 1) * lengths[row] > TOKENS_AT_ONCE:
            yield group
            group = []
        group.append(row)
    yield group


def _has_bf16() -> bool:
    return bool(torch.cpu._is_avx512_bf16_supported())  # noqa: SLF001  # no public name yet

"""Second opinions from a sentence-transformers cross-encoder (the bot's home of that library)."""

import json
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder
from transformers.utils.logging import disable_progress_bar

from bot.errors import CrossEncoderConfigurationError

CARD = "training_card.json"
"""Written beside a model by `enquiry-eval fine-tune`; holds the weight that was chosen for it."""
MOST_TOKENS = 256
_AT_ONCE = 16


class CrossEncoderReader:
    """A local cross-encoder; no text leaves the machine."""

    def __init__(self, location: str | Path, *, offline: bool, weight: float | None = None) -> None:
        """Load a model.

        Args:
            location: Folder, or name on a model hub.
            offline: Whether only this machine is looked at.
            weight: Its say beside fused scores; what its card says, or 1 without one, when None.

        Raises:
            CrossEncoderConfigurationError: It is not there, or is no model of one score.
        """
        self.name = str(location)
        self.weight = _weight_on_card(Path(location)) if weight is None else weight
        disable_progress_bar()  # type: ignore[no-untyped-call]  # it would write to the terminal of every command
        try:
            self._model = CrossEncoder(
                str(location),
                device="cpu",
                local_files_only=offline,
                max_length=MOST_TOKENS,
                model_kwargs={"dtype": _precision()},
            )
            labels = self._model.num_labels
        # Each way a model can be missing raises another class of another library.
        except Exception as error:
            raise CrossEncoderConfigurationError(
                name=self.name, reason=type(error).__name__
            ) from error
        if labels != 1:
            reason = f"it gives {labels} scores for a text, not one"
            raise CrossEncoderConfigurationError(name=self.name, reason=reason)
        self._model.eval()
        self._lock = threading.Lock()

    def read(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return log-odds that each text answers; see `PairReader.read`."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        with self._lock:
            said = self._model.predict(
                [(question, text) for text in texts],
                batch_size=_AT_ONCE,
                show_progress_bar=False,
                activation_fn=torch.nn.Identity(),
            )
        return np.asarray(said, dtype=np.float32).reshape(len(texts))


def _precision() -> torch.dtype:
    # As the embedder does: 2.9 times the speed where the processor has bf16 (DESIGN section 5).
    has_bf16 = torch.cpu._is_avx512_bf16_supported()  # noqa: SLF001  # no public name yet
    return torch.bfloat16 if has_bf16 else torch.float32


def _weight_on_card(folder: Path) -> float:
    try:
        return float(json.loads((folder / CARD).read_text("utf-8"))["weight"])
    except (OSError, ValueError, KeyError, TypeError):
        return 1.0

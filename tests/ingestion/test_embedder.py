from pathlib import Path

import numpy as np
import pytest

from eval.benchmarks.static_model import save_static_model
from ingestion import bundled_model
from ingestion.embedding import Embedder
from ingestion.errors import ModelDamagedError, ModelNotFoundError
from ingestion.settings import IndexSettings
from ingestion.wiring import load_embedder

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(IndexSettings())


def test_vectors_are_float32_of_unit_length_in_order(embedder: Embedder) -> None:
    texts = ["a passport", "a much longer text about council tax bands in England", "bins"]

    vectors = embedder.embed_passages(texts)

    assert vectors.dtype == np.float32
    assert vectors.shape == (3, embedder.dimension) == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = embedder.embed_passages([texts[2]])
    assert float(vectors[2] @ alone[0]) > 0.999


def test_a_question_gives_the_same_bytes_whatever_comes_with_it(embedder: Embedder) -> None:
    alone = embedder.embed_queries(["how much is it"])

    together = embedder.embed_queries(["how much is it", "a far longer question " * 20])

    assert alone[0].tobytes() == together[0].tobytes()


def test_meaning_is_closer_than_chance(embedder: Embedder) -> None:
    question, right, wrong = embedder.embed_queries(
        ["how do I renew my passport", "Get a new passport", "Empty your bins"]
    )

    assert float(question @ right) > float(question @ wrong) + 0.3


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, 384)


def test_a_model_that_does_not_exist_is_one_clear_error() -> None:
    with pytest.raises(ModelNotFoundError, match="no/such-model"):
        load_embedder(IndexSettings(embedding_model="no/such-model"))


def test_changed_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_model, "WEIGHTS_SHA256", "0" * 64)

    with pytest.raises(ModelDamagedError, match="reinstall"):
        bundled_model.bundled_model_directory()


def test_a_missing_package_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_model, "PACKAGE", "no-such-package")

    with pytest.raises(ModelNotFoundError, match="not installed"):
        bundled_model.bundled_model_directory()


def test_the_bundled_model_is_found() -> None:
    assert (Path(bundled_model.bundled_model_directory()) / "config.json").is_file()


def test_a_model_of_static_vectors_is_used_too(tmp_path: Path) -> None:
    embedder = load_embedder(
        IndexSettings(
            embedding_model=str(
                save_static_model(tmp_path, ["bins", "are", "emptied", "a", "passport"])
            )
        )
    )

    vectors = embedder.embed_passages(["bins are emptied", "a passport"])

    assert vectors.shape == (2, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], embedder.embed_queries(["bins are emptied"])[0], atol=1e-5)

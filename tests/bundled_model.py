"""The bundled embedding model and the rules as they are served with it, loaded once per worker."""

import pytest

from guardrails import QuestionPolicy
from guardrails.settings import GuardrailSettings
from guardrails.wiring import build_question_policy
from ingestion.embedding import Embedder
from ingestion.settings import IndexSettings
from ingestion.wiring import load_embedder


@pytest.fixture(scope="session")
def bundled_embedder() -> Embedder:
    return load_embedder(IndexSettings())


@pytest.fixture(scope="session")
def served_policy(bundled_embedder: Embedder) -> QuestionPolicy:
    return build_question_policy(GuardrailSettings(), embed=bundled_embedder.embed_queries)

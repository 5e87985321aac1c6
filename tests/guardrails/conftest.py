import pytest

from guardrails import QuestionPolicy
from guardrails.settings import GuardrailSettings
from guardrails.wiring import build_question_policy


@pytest.fixture(scope="session")
def policy() -> QuestionPolicy:
    return build_question_policy(GuardrailSettings())

"""One contract for every provider we name: the same answer over each provider's own protocol."""

from dataclasses import replace

import pytest

from bot.enquiry import Enquiry
from bot.pipeline import answer_question
from bot.services import Services
from tests.bot.test_langchain_model import QUESTION, answer_of, model_at
from tests.openai_server import Script, openai_server

pytestmark = [
    pytest.mark.anyio,
    # The clients leave their connection pools to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PROVIDERS = pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama"])


@PROVIDERS
async def test_a_written_answer_is_cited_and_checked(provider: str, services: Services) -> None:
    script = Script("The fee for an adult passport is £94.50. [1]")

    with openai_server(script) as url:
        changed = replace(services, model=model_at(url, model=f"{provider}:scripted"))
        answer = answer_of([event async for event in answer_question(Enquiry(QUESTION), changed)])

    assert (answer.mode, answer.model) == ("generative", f"{provider}:scripted")
    assert answer.text == "The fee for an adult passport is £94.50. [1]"
    assert QUESTION in str(script.requests[0])


@PROVIDERS
async def test_an_error_means_quoting(provider: str, services: Services) -> None:
    with openai_server(Script(status=400)) as url:
        changed = replace(services, model=model_at(url, model=f"{provider}:scripted"))
        answer = answer_of([event async for event in answer_question(Enquiry(QUESTION), changed)])

    assert answer.mode == "extractive"
    assert any(notice.kind == "degraded" for notice in answer.notices)

"""A real chat model through LangChain, against an OpenAI-compatible server on loopback."""

import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.answer import Answer
from bot.enquiry import Enquiry
from bot.errors import ChatModelConfigurationError
from bot.language_models.language_model import LanguageModelError
from bot.language_models.limited_model import LimitedModel
from bot.pipeline import answer_question
from bot.services import Services
from bot.settings import BotSettings
from bot.wiring import build_model
from tests.openai_server import Script, openai_server

pytestmark = [
    pytest.mark.anyio,
    # The OpenAI client leaves its connection pool to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
QUESTION = "What is the fee for an adult passport?"


def model_at(url: str, timeout_seconds: float = 20, model: str = "openai:scripted") -> LimitedModel:
    settings = BotSettings(
        chat_model=model,
        # Only OpenAI's clients expect the version in the address.
        chat_base_url=url if model.startswith("openai:") else url.removesuffix("/v1"),
        chat_api_key="test-key",  # type: ignore[arg-type]
        chat_timeout_seconds=timeout_seconds,
    )
    built = build_model(settings)
    assert built is not None
    return built


async def ask(
    services: Services, script: Script, timeout_seconds: float = 20, question: str = QUESTION
) -> list[object]:
    with openai_server(script) as url:
        changed = replace(services, model=model_at(url, timeout_seconds))
        return [event async for event in answer_question(Enquiry(question), changed)]


def answer_of(events: Sequence[object]) -> Answer:
    assert isinstance(events[-1], Answer)
    return events[-1]


async def test_a_written_answer_is_cited_and_checked(services: Services) -> None:
    script = Script("The fee for an adult passport is £94.50. [1]")

    events = await ask(services, script)

    answer = answer_of(events)
    assert (answer.mode, answer.model) == ("generative", "openai:scripted")
    assert answer.text == "The fee for an adult passport is £94.50. [1]"
    assert answer.citations[0].quote.startswith("The fee for an adult passport is £94.50.")
    assert script.keys == ["Bearer test-key"]


async def test_instructions_and_content_are_kept_apart(services: Services) -> None:
    script = Script("NO_ANSWER")

    await ask(services, script)

    messages = script.requests[0]["messages"]
    assert isinstance(messages, list)
    assert [message["role"] for message in messages] == ["system", "user"]
    assert QUESTION not in messages[0]["content"]
    assert f"<question>\n{QUESTION}\n</question>" in messages[1]["content"]
    assert "http" not in messages[1]["content"]


@pytest.mark.parametrize("status", [400, 401, 404])
async def test_an_error_of_the_provider_means_quoting(status: int, services: Services) -> None:
    answer = answer_of(await ask(services, Script(status=status)))

    assert answer.mode == "extractive"
    assert answer.blocks
    assert any(notice.kind == "degraded" for notice in answer.notices)


async def test_a_slow_model_is_given_up(services: Services) -> None:
    stall = threading.Event()

    answer = answer_of(await ask(services, Script("too late", stall=stall), timeout_seconds=0.3))
    stall.set()

    assert answer.mode == "extractive"


async def test_an_unreachable_model_means_quoting(services: Services) -> None:
    changed = replace(services, model=model_at("http://127.0.0.1:9/v1", timeout_seconds=5))

    events = [event async for event in answer_question(Enquiry(QUESTION), changed)]

    assert answer_of(events).mode == "extractive"


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (Script(status=429), "busy"),
        (Script(status=503), "unavailable"),
        (Script(status=401), "refused"),
        (Script("late", stall=threading.Event()), "timeout"),
    ],
    ids=["429", "503", "401", "slow"],
)
async def test_the_kind_of_failure_is_counted(script: Script, kind: str) -> None:
    with openai_server(script) as url:
        model = model_at(url, timeout_seconds=2 if script.stall is None else 0.3)
        with pytest.raises(LanguageModelError):
            [piece async for piece in model.stream(instructions="a", content="b")]
        if script.stall is not None:
            script.stall.set()

    assert dict(model.usage.failures) == {kind: 1}
    assert model.usage.retries == (1 if kind in ("busy", "unavailable") else 0)
    assert model.condition == "failing"


async def test_nobody_at_the_address_is_counted_as_unavailable() -> None:
    model = model_at("http://127.0.0.1:9/v1", timeout_seconds=5)
    with pytest.raises(LanguageModelError):
        [piece async for piece in model.stream(instructions="a", content="b")]

    assert dict(model.usage.failures) == {"unavailable": 1}


@pytest.mark.parametrize("name", ["nonsense", "nobody:model", "groq:llama"])
def test_a_model_that_cannot_be_built_is_one_clear_error(name: str) -> None:
    with pytest.raises(ChatModelConfigurationError, match="provider:model"):
        build_model(BotSettings(chat_model=name))


async def test_each_block_cites_the_sentence_that_holds_its_figures(services: Services) -> None:
    reply = (
        "The fee for an adult passport is £94.50. [1]\n\n"
        "However, it is free if you were born in 1929. [1]"
    )

    answer = answer_of(await ask(services, Script(reply)))

    quote_of = {citation.number: citation.quote for citation in answer.citations}
    quoted = [" ".join(quote_of[number] for number in block.citations) for block in answer.blocks]
    assert answer.mode == "generative"
    assert ["£94.50" in quoted[0], "1929" in quoted[1]] == [True, True]

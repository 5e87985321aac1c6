"""Whether anybody listens at a language model's address."""

import socket
from collections.abc import Iterator

import pytest

from bot.language_models.langchain_model import build_langchain_model
from bot.language_models.reachability import is_reachable
from bot.settings import BotSettings
from bot.wiring import build_watch
from tests.bot.test_langchain_model import model_at

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
NOBODY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def listener() -> Iterator[str]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_who_listens_is_reached(listener: str) -> None:
    assert is_reachable(f"{listener}/v1")


@pytest.mark.parametrize(
    "url", [NOBODY, "http://nobody.invalid/v1", "http://127.0.0.1:no/v1", "nonsense", ""]
)
def test_who_does_not_is_not(url: str) -> None:
    assert not is_reachable(url, timeout_seconds=0.5)


def test_nothing_is_sent(listener: str) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        reached = is_reachable(f"http://127.0.0.1:{server.getsockname()[1]}")
        connection, _ = server.accept()
        with connection:
            sent = connection.recv(100)

    assert reached
    assert sent == b""


def test_behind_a_proxy_the_proxy_is_looked_for(
    listener: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", listener)

    assert is_reachable("https://model.invalid/v1")


def test_a_host_that_needs_no_proxy_is_looked_for_itself(
    listener: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", NOBODY)
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    assert is_reachable(listener)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("openai:some", "https://api.openai.com/v1/"),
        ("anthropic:some", "https://api.anthropic.com"),
        ("ollama:some", "http://127.0.0.1:11434"),
    ],
)
def test_the_address_of_a_provider_is_known(name: str, url: str) -> None:
    model = build_langchain_model(name, base_url="", timeout_seconds=1, api_key="key")

    assert model.url == url


def test_zero_seconds_switch_it_off() -> None:
    model = model_at(f"{NOBODY}/v1")

    assert build_watch(BotSettings(chat_check_seconds=0), model) is None
    assert build_watch(BotSettings(), model) is not None
    assert build_watch(BotSettings(), None) is None

"""Language model behind LangChain's `init_chat_model` (the only module that imports langchain)."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, cast

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage

from bot.errors import ChatModelConfigurationError
from bot.language_models.language_model import LanguageModelError
from bot.language_models.model_usage import FailureKind, ModelCondition, ModelUsage

TOO_MANY, CLIENT_ERROR, SERVER_ERROR = 429, 400, 500

_Chunks = AsyncGenerator[AIMessageChunk, None]


class LangChainModel:
    """Any chat model LangChain knows, with one overall time limit per reply.

    Attributes:
        name: Provider and model.
        url: Address that is asked; empty when it is not known.
    """

    def __init__(
        self, model: BaseChatModel, *, name: str, timeout_seconds: float, base_url: str = ""
    ) -> None:
        self._model = model
        self._timeout_seconds = timeout_seconds
        self.name = name
        self.url = base_url or _url_of(model)

    @property
    def condition(self) -> ModelCondition:
        """Always `ok`: limits are `LimitedModel`'s."""
        return "ok"

    @property
    def usage(self) -> ModelUsage:
        """Nothing: `RetryingModel` and `LimitedModel` count."""
        return ModelUsage()

    async def stream(self, *, instructions: str, content: str) -> AsyncGenerator[str, None]:
        """Yield the reply in pieces; see `LanguageModel.stream`."""
        messages = [SystemMessage(instructions), HumanMessage(content)]
        try:
            async with (
                asyncio.timeout(self._timeout_seconds),
                # Closed with us, or the provider goes on writing (and charging) unheard.
                aclosing(cast("_Chunks", self._model.astream(messages))) as chunks,
            ):
                async for chunk in chunks:
                    if text := str(chunk.text):
                        yield text
        except TimeoutError as error:
            message = f"no complete reply within {self._timeout_seconds} seconds"
            raise LanguageModelError(message, "timeout") from error
        # Every provider raises errors of its own library; all mean "no reply", and the citizen
        # then gets the extractive answer.
        except Exception as error:
            raise LanguageModelError(
                type(error).__name__, _kind_of(error), retry_after=_retry_after(error)
            ) from error


def build_langchain_model(
    name: str, *, base_url: str, timeout_seconds: float, api_key: str
) -> LangChainModel:
    """Build a chat model from `provider:model`.

    Raises:
        ChatModelConfigurationError: Unknown provider, missing package or missing key.
    """
    options: dict[str, Any] = {
        "temperature": 0,
        "timeout": timeout_seconds,
        # `RetryingModel` tries again, where it can be counted.
        "max_retries": 0,
    }
    if base_url:
        options["base_url"] = base_url
    if api_key:
        options["api_key"] = api_key
    try:
        model = init_chat_model(name, **options)
    # Providers raise ValueError, ImportError or an error of their own for a bad name or key.
    except Exception as error:
        raise ChatModelConfigurationError(name=name, reason=_first_line(error)) from error
    return LangChainModel(model, name=name, timeout_seconds=timeout_seconds, base_url=base_url)


def _url_of(model: BaseChatModel) -> str:
    """Return the address a provider's client asks: OpenAI's, Anthropic's, else Ollama's."""
    addresses = (
        _attribute(_attribute(model, "root_client"), "base_url"),
        _attribute(model, "anthropic_api_url"),
        # Ollama's client is the only one that keeps that of httpx.
        _attribute(_attribute(_attribute(model, "_client"), "_client"), "base_url"),
    )
    return next((str(address) for address in addresses if address), "")


def _kind_of(error: Exception) -> FailureKind:
    """Return what went wrong; an error without an HTTP status means that nobody was reached."""
    status = _attribute(error, "status_code")
    if "Timeout" in type(error).__name__:
        return "timeout"
    if status == TOO_MANY:
        return "busy"
    if not isinstance(status, int) or status >= SERVER_ERROR or status < CLIENT_ERROR:
        return "unavailable"
    return "refused"


def _retry_after(error: Exception) -> float:
    """Return the seconds the provider asks to wait; 0 when it does not say, or names a date."""
    headers = _attribute(_attribute(error, "response"), "headers")
    asked = headers.get("retry-after") if hasattr(headers, "get") else None
    try:
        return max(0.0, float(asked or 0))
    except ValueError:
        return 0.0


def _attribute(value: object, name: str) -> Any:
    return getattr(value, name, None)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__

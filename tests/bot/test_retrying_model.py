from collections.abc import AsyncIterator

import pytest

from bot.language_models.language_model import LanguageModelError
from bot.language_models.model_usage import FailureKind, ModelUsage
from bot.language_models.retrying_model import Patience, RetryingModel

pytestmark = pytest.mark.anyio


class Away:
    """A model that fails as scripted before it answers; None says a word first."""

    name = "away"
    condition = "ok"
    usage = ModelUsage()

    def __init__(self, *failures: LanguageModelError) -> None:
        self.failures = list(failures)
        self.begins = False
        self.asked = 0

    async def stream(self, *, instructions: str, content: str) -> AsyncIterator[str]:
        self.asked += 1
        if self.begins:
            yield "begun"
        if self.failures:
            raise self.failures.pop(0)
        yield "answer"


def failed(kind: FailureKind, retry_after: float = 0) -> LanguageModelError:
    return LanguageModelError("no", kind, retry_after=retry_after)


async def said_by(model: Away, retries: int = 2) -> tuple[str, list[float], RetryingModel]:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    patient = RetryingModel(model, Patience(retries), pause=pause, chance=lambda: 1.0)  # type: ignore[arg-type]
    try:
        pieces = [piece async for piece in patient.stream(instructions="", content="")]
    except LanguageModelError as error:
        pieces = [error.kind]
    return "".join(pieces), pauses, patient


async def test_pauses_grow_and_retries_are_counted() -> None:
    said, pauses, patient = await said_by(Away(failed("busy"), failed("unavailable")))

    assert (said, pauses) == ("answer", [0.5, 1.0])
    assert patient.usage.retries == 2


async def test_it_waits_as_long_as_the_provider_asks() -> None:
    said, pauses, _ = await said_by(Away(failed("busy", retry_after=3)))

    assert (said, pauses) == ("answer", [3])


@pytest.mark.parametrize(
    ("failures", "asked"),
    [
        ([failed("busy")] * 5, 3),
        ([failed("timeout")], 1),
        ([failed("refused")], 1),
        ([failed("busy", retry_after=60)], 1),
    ],
    ids=["patience is over", "too slow", "wrong request", "asks for a minute"],
)
async def test_it_gives_up(failures: list[LanguageModelError], asked: int) -> None:
    model = Away(*failures)

    said, _, _ = await said_by(model)

    assert said == failures[0].kind
    assert model.asked == asked


async def test_a_reply_that_has_begun_is_not_begun_again() -> None:
    model = Away(failed("unavailable"))
    model.begins = True

    said, pauses, _ = await said_by(model)

    assert model.asked == 1
    assert not pauses
    assert said == "unavailable"

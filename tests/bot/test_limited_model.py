from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.language_models.language_model import LanguageModelError
from bot.language_models.limited_model import LimitedModel, ModelLimits
from bot.language_models.model_usage import ModelUsage
from bot.settings import BotSettings

pytestmark = pytest.mark.anyio


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class Moody:
    """A model that fails while it is told to, and counts how often it is asked."""

    name = "moody"
    condition = "ok"
    usage = ModelUsage()

    def __init__(self) -> None:
        self.fails = True
        self.asked = 0

    async def stream(self, *, instructions: str, content: str) -> AsyncIterator[str]:
        self.asked += 1
        yield "eight ch"
        if self.fails:
            raise LanguageModelError("down")


async def outcome(model: LimitedModel) -> str:
    try:
        return "".join([piece async for piece in model.stream(instructions="abcd", content="efgh")])
    except LanguageModelError as error:
        return str(error)


def limited(**limits: object) -> tuple[LimitedModel, Moody, Clock]:
    moody, clock = Moody(), Clock()
    return LimitedModel(moody, ModelLimits(**limits), clock), moody, clock  # type: ignore[arg-type]


def looked_for(*, reached: bool = False) -> tuple[LimitedModel, Moody, Clock, list[bool]]:
    """Return a model whose address has the given listener, and a list of the looks at it."""
    moody, clock, looks = Moody(), Clock(), []

    def reaches() -> bool:
        looks.append(reached)
        return reached

    return LimitedModel(moody, ModelLimits(), clock, reaches=reaches), moody, clock, looks


async def test_a_model_that_nobody_reaches_says_so_and_is_asked_all_the_same() -> None:
    model, moody, _, _ = looked_for()
    moody.fails = False

    model.look(idle_seconds=30)
    before = model.condition
    await outcome(model)

    assert before == "unreachable"
    assert moody.asked == 1
    assert model.condition == "ok"


async def test_a_model_that_was_just_asked_is_not_looked_for() -> None:
    model, _, clock, looks = looked_for()
    await outcome(model)

    clock.passes(29)
    model.look(idle_seconds=30)
    early = len(looks)
    clock.passes(1)
    model.look(idle_seconds=30)

    assert (early, len(looks)) == (0, 1)


async def test_who_is_reached_again_may_still_have_failed() -> None:
    model, _, clock, _ = looked_for(reached=True)
    await outcome(model)
    clock.passes(60)

    model.look(idle_seconds=30)

    assert model.condition == "failing"


async def test_a_model_that_keeps_failing_is_left_alone() -> None:
    model, moody, _ = limited(failures=3)

    outcomes = [await outcome(model) for _ in range(5)]

    assert outcomes == ["down", "down", "down", "resting", "resting"]
    assert moody.asked == 3
    assert model.condition == "resting"


async def test_after_its_rest_one_enquiry_tries_and_a_failure_means_another_rest() -> None:
    model, moody, clock = limited(failures=1, rest_seconds=60)
    await outcome(model)
    clock.passes(61)

    assert model.condition == "failing"
    assert [await outcome(model) for _ in range(2)] == ["down", "resting"]
    assert moody.asked == 2


async def test_while_one_enquiry_tries_the_others_go_on_without() -> None:
    model, moody, clock = limited(failures=1, rest_seconds=60)
    await outcome(model)
    clock.passes(61)
    moody.fails = False

    trying = model.stream(instructions="", content="")
    await anext(trying)
    assert await outcome(model) == "resting"
    assert [piece async for piece in trying] == []
    assert await outcome(model) == "eight ch"


async def test_a_success_forgets_the_failures_before() -> None:
    model, moody, _ = limited(failures=2)
    for fails in (True, False, True):
        moody.fails = fails
        await outcome(model)

    assert model.condition == "failing"
    assert moody.asked == 3


async def test_the_tokens_of_a_day_end_with_the_day() -> None:
    model, moody, clock = limited(tokens_a_day=5)
    moody.fails = False

    # Four tokens each: eight characters sent, eight received.
    assert [await outcome(model) for _ in range(3)] == ["eight ch", "eight ch", "budget_spent"]
    assert model.usage.tokens_today == 8
    clock.passes(3600)
    assert model.usage.tokens_today == 0
    assert await outcome(model) == "eight ch"


async def test_one_failure_is_told_though_the_model_is_asked_again() -> None:
    model, moody, _ = limited(failures=3)
    await outcome(model)

    assert model.condition == "failing"
    moody.fails = False
    assert await outcome(model) == "eight ch"
    assert model.condition == "ok"


async def test_the_money_of_a_day_ends_with_the_day() -> None:
    model, moody, clock = limited(price_sent=2.0, price_received=8.0, cost_a_day=0.03)
    moody.fails = False

    # Two tokens sent and two received: 2 * 0.002 + 2 * 0.008 = 0.02.
    assert [await outcome(model) for _ in range(3)] == ["eight ch", "eight ch", "budget_spent"]
    assert model.usage.cost_today == 0.04
    assert model.usage.turned_away == 1
    clock.passes(3600)
    assert model.usage.cost_today == 0
    assert await outcome(model) == "eight ch"


async def test_everything_that_happened_is_counted() -> None:
    model, _, _ = limited(failures=2)
    for _ in range(3):
        await outcome(model)

    usage = model.usage
    assert (usage.calls, dict(usage.failures), usage.rests) == (2, {"unusable": 2}, 1)
    assert usage.turned_away == 1


def test_a_daily_sum_without_prices_stops_the_start() -> None:
    with pytest.raises(ValueError, match="ENQUIRY_CHAT_PRICE_SENT"):
        BotSettings(chat_cost_a_day=5)


async def test_a_reply_that_nobody_waited_for_is_counted() -> None:
    model, _, _ = limited()
    stream = model.stream(instructions="abcd", content="")
    await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]

    assert model.usage.tokens_today == 3
    assert model.condition == "ok"

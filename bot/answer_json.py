"""The one place that turns answers into JSON and back."""

from pydantic import TypeAdapter

from bot.answer import Answer

ANSWER = TypeAdapter(Answer)


def dump_answer(answer: Answer) -> bytes:
    """Return an answer as JSON."""
    return ANSWER.dump_json(answer)


def load_answer(text: str | bytes) -> Answer:
    """Return the answer a JSON text holds."""
    return ANSWER.validate_json(text)

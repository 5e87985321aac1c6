"""A follow-up written so that it can be read alone, by a language model where there is one.

Without a model the words of the conversation are searched beside those of the follow-up (see
`bot.understanding.follow_ups`). A model may say it better, yet it must not put words into anyone's
mouth: what it writes is used only when the citizen's own messages carry it.
"""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

from bot.language_models.canary import CANARY, repeats_instructions
from bot.language_models.language_model import LanguageModel, LanguageModelError
from bot.retrieval import Query
from bot.retrieval.vocabulary import Vocabulary
from guardrails import check_statement

_PROMPT = Path(__file__).with_name("prompts").joinpath("stand_alone.md").read_text("utf-8")
INSTRUCTIONS = _PROMPT.format(canary=CANARY)
MAX_CHARACTERS = 300
MAX_MESSAGES = 5
# The citizen waits for this before the search begins; a good model needs about one second.
MAX_SECONDS = 4.0
_FEWEST_CHARACTERS = 3


async def with_stand_alone_question(
    query: Query, earlier: Sequence[str], model: LanguageModel, vocabulary: Vocabulary
) -> Query:
    """Return the query with a question that can be read alone.

    Args:
        query: What to search for, as worked out without a model.
        earlier: The citizen's earlier messages, checked and redacted, oldest first; the last
            `MAX_MESSAGES` count.
        model: Writes the question.
        vocabulary: Adds the guidance's words.

    Returns:
        The query unchanged when the model fails, is slow, writes more than one line, or writes
        something that the citizen's messages do not carry.
    """
    messages = [*earlier[-MAX_MESSAGES:], query.question]
    content = "\n".join(f"<message>{_defused(message)}</message>" for message in messages)
    try:
        async with asyncio.timeout(MAX_SECONDS):
            written = await _line(model, content)
    except (LanguageModelError, TimeoutError):
        return query
    if not _is_carried(written, messages):
        return query
    alone = vocabulary.expanded(written, query.locale)
    return replace(query, question=alone, both=alone, bare="")


async def _line(model: LanguageModel, content: str) -> str:
    """Return what the model wrote; empty when it is too much, or repeats its instructions."""
    written = ""
    async with aclosing(model.stream(instructions=INSTRUCTIONS, content=content)) as pieces:
        async for piece in pieces:
            written += piece
            if len(written) > MAX_CHARACTERS or repeats_instructions(written):
                return ""
    return written.strip()


def _is_carried(written: str, messages: Sequence[str]) -> bool:
    if len(written) < _FEWEST_CHARACTERS or "\n" in written:
        return False
    return not check_statement(written, ["\n".join(messages), " ".join(messages)]).blocked


def _defused(text: str) -> str:
    """Return text that cannot close or open the tags around it."""
    return text.replace("<", "‹")

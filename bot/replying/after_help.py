"""The guidance beneath whom to call: for a message that tells of danger and asks about a service.

Whom to call is the reply; it comes first and keeps its status. What follows is quoted, never
written by a language model, and only where the guidance answers with confidence.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from bot import wording
from bot.answer import Answer, Block, BlockReady, Progress
from bot.quoting.extractive import plain_text
from bot.retrieval import Query
from bot.retrieval.vocabulary import Vocabulary
from bot.understanding.follow_ups import subject_words
from bot.understanding.several_questions import asking_part
from bot.understanding.understand import Understood
from guardrails import QuestionPolicy, check_question
from guardrails.after_help import answer_may_follow
from guardrails.verdict import DANGERS

logger = logging.getLogger(__name__)
MAX_SECONDS = 3.0
"""How long whom to call is kept waiting, at a door that sends one answer, for what follows it."""


async def after_help(
    reply: Answer, query: Query | None, answered: Callable[[Query], Answer | None]
) -> AsyncIterator[Progress | BlockReady | Answer]:
    """Yield whom to call, at once, then what the guidance answers, then all of it as one Answer.

    Args:
        reply: Whom to call, or any other reply that ended the journey.
        query: What to search for; None when nothing follows, then the reply is all there is.
        answered: Returns the quoted answer to a query; None when the guidance has none.
    """
    if query is None:
        yield reply
        return
    for block in reply.blocks:
        yield BlockReady(block, ())
    yield Progress("searching")
    guidance = await _in_time(answered, query)
    if guidance is None:
        yield reply
        return
    answer = with_guidance_beneath(reply, guidance)
    for block in answer.blocks[len(reply.blocks) :]:
        yield BlockReady(block, tuple(c for c in answer.citations if c.number in block.citations))
    yield answer


async def _in_time(answered: Callable[[Query], Answer | None], query: Query) -> Answer | None:
    try:
        return await asyncio.wait_for(asyncio.to_thread(answered, query), MAX_SECONDS)
    # Whatever is wrong with the index, the citizen still gets whom to call.
    except Exception as error:  # noqa: BLE001
        logger.warning("after_help.failed", extra={"error": type(error).__name__})
        return None


def question_after_help(
    understood: Understood, policy: QuestionPolicy, vocabulary: Vocabulary
) -> Query | None:
    """Return what to search for beneath whom to call; None when nothing may or need follow.

    Args:
        understood: The message.
        policy: The guardrail rules, to read alone the part that asks.
        vocabulary: Adds the guidance's words to everyday ones.
    """
    deciding, query = understood.check.deciding, understood.query
    if deciding is None or deciding.category not in DANGERS or query is None or understood.other:
        return None
    message = understood.check.search_text
    # A need that guidance is about is searched without a question, too: "he changed the locks".
    asked = asking_part(message) or message
    if not subject_words(asked):
        return None
    if not answer_may_follow(understood.check, check_question(asked, policy)):
        return None
    question, both = (vocabulary.expanded(text, query.locale) for text in (asked, message))
    return replace(query, question=question, both=both, bare="", leans_on="")


def with_guidance_beneath(reply: Answer, guidance: Answer) -> Answer:
    """Return whom to call with an answer of the guidance beneath it, under a heading of its own.

    Args:
        reply: Whom to call.
        guidance: The quoted answer, from what is known about the same message.
    """
    blocks = (*reply.blocks, _heading(reply), *guidance.blocks)
    return replace(guidance, status=reply.status, blocks=blocks, text=plain_text(blocks))


def _heading(reply: Answer) -> Block:
    language = reply.locale
    return Block("notice", text=wording.AFTER_HELP[language])

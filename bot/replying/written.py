"""The answer a language model wrote, as far as it passed its checks, or why there is none."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Literal

from bot import wording
from bot.answer import Answer, AnswerStatus, BlockReady
from bot.language_models.generative import Draft, passages_for, write_drafts
from bot.language_models.language_model import LanguageModel, LanguageModelError
from bot.language_models.statements import Support
from bot.quoting.extractive import nearest_pages, plain_text
from bot.replying.composition import cited_blocks
from bot.replying.replies import worded
from bot.retrieval import Evidence
from bot.retrieval.query import Locale
from bot.services import Services


@dataclass(frozen=True, slots=True)
class NothingWritten:
    """Why the extractive answer has to step in."""

    reason: Literal["model_failed", "checks_failed"]

    def said_in(self, language: Locale) -> str:
        """Return the sentence that tells a citizen."""
        texts = {
            "model_failed": wording.WRITTEN_WITHOUT_MODEL,
            "checks_failed": wording.CHECKED_BY_QUOTING,
        }
        return texts[self.reason][language]


async def write_answer(
    answer: Answer,
    question: str,
    evidence: Evidence,
    model: LanguageModel,
    services: Services,
) -> AsyncIterator[BlockReady | Answer | NothingWritten]:
    """Yield checked blocks as they come, then an Answer or NothingWritten.

    Args:
        answer: Holds what is known about the question.
        question: The redacted question.
        evidence: What retrieval found.
        model: Writes the text.
        services: The opened index version, the model that built it, and who records verdicts.
    """
    index, record = services.index, services.record
    passages = passages_for(evidence, index, record)
    check = Support(evidence, index, services.embedder).check
    kept: list[Draft] = []
    dropped = 0
    failed = False
    sent = 0
    try:
        async with aclosing(write_drafts(question, passages, model, check, record)) as drafts:
            async for draft in drafts:
                if draft.verdict.blocked:
                    dropped += 1
                    continue
                kept.append(draft)
                blocks, citations = cited_blocks(kept, passages, evidence, index)
                yield BlockReady(blocks[-1], citations[sent:])
                sent = len(citations)
    except LanguageModelError:
        failed = True
    if kept:
        blocks, citations = cited_blocks(kept, passages, evidence, index)
        yield replace(
            answer,
            status=AnswerStatus.ANSWERED,
            completeness="partial" if dropped or failed else "complete",
            mode="generative",
            model=model.name,
            blocks=blocks,
            citations=citations,
            text=plain_text(blocks),
        )
    elif failed or dropped:
        yield NothingWritten("model_failed" if failed else "checks_failed")
    else:
        yield replace(
            worded(answer, AnswerStatus.NO_ANSWER_LOW_CONFIDENCE),
            mode="generative",
            model=model.name,
            nearest_pages=nearest_pages(evidence, index),
        )

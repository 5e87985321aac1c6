"""Questions and answers in other languages, through a language model where there is one.

A question is put into English and asked as if it had been asked so; the answer keeps its English
blocks with their citations, and each gets a translation beside it. No figure may change on the
way, and what fails is left in English.
"""

import re
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

from bot import wording
from bot.answer import Answer, Block
from bot.enquiry import Enquiry
from bot.language_models.canary import CANARY, repeats_instructions
from bot.language_models.language_model import LanguageModel, LanguageModelError
from bot.quoting.extractive import plain_text
from bot.replying.replies import with_notice
from bot.retrieval.vocabulary import Vocabulary
from bot.understanding.languages import OtherLanguage, other_language
from bot.understanding.understand import Understood, understand
from guardrails import QuestionPolicy

_PROMPTS = Path(__file__).with_name("prompts")
TO_ENGLISH = (_PROMPTS / "to_english.md").read_text("utf-8").format(canary=CANARY)
FROM_ENGLISH = (_PROMPTS / "from_english.md").read_text("utf-8")
MAX_CHARACTERS = 8_000
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"^\s*(\d{1,3})[:.)]\s*(.+)$", re.MULTILINE)


async def understood_in_english(
    enquiry: Enquiry,
    understood: Understood,
    policy: QuestionPolicy,
    model: LanguageModel,
    vocabulary: Vocabulary,
) -> Understood:
    """Return what a message in another language asks, as if it had been asked in English.

    The translation passes the same rules as a citizen's own words, so that danger told in another
    language is seen, too.

    Args:
        enquiry: What the citizen asked.
        understood: The same, checked; only its redacted text is sent.
        policy: The ordered guardrail rules.
        model: Translates.
        vocabulary: Adds the guidance's words.

    Returns:
        The message as it was understood before, when the model fails or does not write English.
    """
    question = understood.check.redacted_text
    try:
        english = await _reply(model, TO_ENGLISH, f"<message>\n{_defused(question)}\n</message>")
    except LanguageModelError:
        return understood
    if not english or other_language(english) is not None or _digits(english) != _digits(question):
        return understood
    asked = replace(enquiry, question=english, history=(), locale="en")
    return understand(asked, policy, vocabulary)


async def with_translation(answer: Answer, other: OtherLanguage, model: LanguageModel) -> Answer:
    """Return an answer with a translation after each of its blocks; unchanged when it fails.

    Args:
        answer: In English.
        other: The citizen's language.
        model: Translates.
    """
    lines = [line for block in answer.blocks for line in _lines(block)]
    content = "\n".join(f"{number}: {_defused(line)}" for number, line in enumerate(lines, start=1))
    try:
        reply = await _reply(model, FROM_ENGLISH.format(language=other.tag, canary=CANARY), content)
    except LanguageModelError:
        return answer
    said = {int(number): text.strip() for number, text in _NUMBERED.findall(reply)}
    translated = [
        text if _digits(text := said.get(number, "")) == _digits(line) else ""
        for number, line in enumerate(lines, start=1)
    ]
    blocks = _interleaved(answer.blocks, translated, other.tag)
    if len(blocks) == len(answer.blocks):
        return answer
    language = answer.locale
    answer = replace(answer, blocks=blocks, text=plain_text(blocks), model=model.name)
    return with_notice(answer, "translation", wording.TRANSLATED[language])


def _lines(block: Block) -> list[str]:
    """Return every text of a block, its lead-in first."""
    cells = [cell for row in block.rows for cell in row]
    return [text for text in (block.text, *block.items, *block.headers, *cells) if text]


def _interleaved(blocks: Sequence[Block], translated: Sequence[str], tag: str) -> tuple[Block, ...]:
    shown: list[Block] = []
    rest = list(translated)
    for block in blocks:
        texts = [rest.pop(0) for _ in _lines(block)]
        shown.append(block)
        if texts and all(texts):
            shown.append(_filled(block, texts, tag))
    return tuple(shown)


def _filled(block: Block, texts: list[str], tag: str) -> Block:
    """Return a block of the same shape with other words; empty places stay empty."""
    left = iter(texts)

    def fill(originals: Sequence[str]) -> tuple[str, ...]:
        return tuple(next(left) if original else "" for original in originals)

    return replace(
        block,
        text=fill((block.text,))[0],
        items=fill(block.items),
        headers=fill(block.headers),
        rows=tuple(fill(row) for row in block.rows),
        language=tag,
    )


async def _reply(model: LanguageModel, instructions: str, content: str) -> str:
    """Return what the model wrote.

    Raises:
        LanguageModelError: The model failed, repeated its instructions or wrote without end.
    """
    written = ""
    async with aclosing(model.stream(instructions=instructions, content=content)) as pieces:
        async for piece in pieces:
            written += piece
            if repeats_instructions(written):
                message = "it repeated its instructions"
                raise LanguageModelError(message)
            if len(written) > MAX_CHARACTERS:
                message = "it wrote without end"
                raise LanguageModelError(message)
    return written.strip()


def _digits(text: str) -> list[str]:
    """Return the figures of a text, sorted, whatever stands between thousands; `٣` is 3."""
    return sorted(
        str(int(found)) for found in _DIGITS.findall(re.sub(r"(?<=\d)[,. ](?=\d{3}\b)", "", text))
    )


def _defused(text: str) -> str:
    """Return text that cannot close or open the tags around it."""
    return text.replace("<", "‹")

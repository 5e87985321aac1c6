"""Answers written by a language model, shown only as far as the guidance supports them.

The model sees numbered passages and `link_N` tokens, never an address. Each finished block is
checked against the passages it cites before anyone sees it. What fails is asked for once more,
with the reason, and dropped when it fails again.
"""

import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bot.answer import Block
from bot.language_models.canary import CANARY, repeats_instructions
from bot.language_models.language_model import LanguageModel, LanguageModelError
from bot.language_models.sources import shown_text, source_text
from bot.retrieval import Evidence
from guardrails import Category, Outcome, Verdict
from guardrails.passages import check_passage
from ingestion.passage import Passage
from ingestion.passage_index import PassageIndex

_PROMPTS = Path(__file__).with_name("prompts")
INSTRUCTIONS = (_PROMPTS / "answer.md").read_text("utf-8").format(canary=CANARY)
REPAIR = f"{INSTRUCTIONS}\n{(_PROMPTS / 'repair.md').read_text('utf-8')}"
NO_ANSWER = "NO_ANSWER"
MAX_PASSAGES = 6
MAX_CHARACTERS = 6_000

_MARK = re.compile(r"\s*\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]")
_LINK = re.compile(r"\blink_(\d{1,2})\b")
# Emphasis and headings, which models write unasked; shown as plain text they would be noise.
_EMPHASIS = re.compile(r"\*\*|__|`|^[ \t]*#{1,6}[ \t]+", re.MULTILINE)
_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")

StatementCheck = Callable[[str, Sequence[Passage]], Verdict]
"""Says whether a block may be shown, from its words and the passages it cites."""
VerdictRecord = Callable[[Verdict], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A block a model wrote, before or after its check.

    Attributes:
        block: What it says, citation marks taken out; `citations` still holds passage numbers.
        passages: The passages it cites, in order of mention.
        verdict: What the check said.
        written: The words of the model, marks and tokens included.
    """

    block: Block
    passages: tuple[int, ...]
    verdict: Verdict
    written: str


def passages_for(
    evidence: Evidence, index: PassageIndex, record: VerdictRecord
) -> tuple[Passage, ...]:
    """Return the passages given to the model: those of the best units, each once.

    Without those that speak to a machine, which the index should have held back; they are recorded.
    """
    rows = dict.fromkeys(unit.passage for unit in evidence.units)
    harmless = (index.passages[row] for row in rows if _is_harmless(index.passages[row], record))
    return tuple(islice(harmless, MAX_PASSAGES))


def _is_harmless(passage: Passage, record: VerdictRecord) -> bool:
    verdict = check_passage(source_text(passage))
    if verdict.blocked:
        record(verdict)
    return not verdict.blocked


def prompt_content(question: str, passages: Sequence[Passage]) -> str:
    """Return passages and question as the model sees them."""
    parts = [
        f"<passage number={number} link=link_{number}>\n"
        f"{' > '.join(passage.heading_path)}\n{_defused(shown_text(passage))}\n</passage>"
        for number, passage in enumerate(passages, start=1)
    ]
    return "\n\n".join([*parts, f"<question>\n{_defused(question)}\n</question>"])


async def write_drafts(
    question: str,
    passages: Sequence[Passage],
    model: LanguageModel,
    check: StatementCheck,
    record: VerdictRecord,
) -> AsyncGenerator[Draft, None]:
    """Yield each block as soon as it is finished and checked, and last those not to be shown.

    Yields nothing when the model says that the passages do not answer the question. Blocks that
    fail their check are asked for once more; as many as were not mended are yielded as they were,
    their verdict blocked, so that the caller knows that something is missing. Each verdict that
    blocks is recorded, also of what the model mends.

    Raises:
        LanguageModelError: The model failed or repeated its instructions; blocks already yielded
            stand on their own.
    """
    content = prompt_content(question, passages)
    rejected: list[Draft] = []
    shown: list[Block] = []
    async with aclosing(_reply(INSTRUCTIONS, content, passages, model, check)) as drafts:
        async for draft in drafts:
            if draft.verdict.blocked:
                record(draft.verdict)
                rejected.append(draft)
            else:
                shown.append(draft.block)
                yield draft
    mended = 0
    if rejected:
        again = "\n\n".join([content, *map(_rejection, rejected)])
        async with aclosing(_reply(REPAIR, again, passages, model, check)) as drafts:
            async for draft in drafts:
                # A model that says everything again mends nothing with what was shown.
                if draft.verdict.blocked:
                    record(draft.verdict)
                elif draft.block not in shown:
                    mended += 1
                    yield draft
    for draft in rejected[mended:]:
        yield draft


def _rejection(draft: Draft) -> str:
    reason = draft.verdict.reason
    return f"<rejected>\n{_defused(draft.written)}\nReason: {reason}\n</rejected>"


async def _reply(
    instructions: str,
    content: str,
    passages: Sequence[Passage],
    model: LanguageModel,
    check: StatementCheck,
) -> AsyncGenerator[Draft, None]:
    stream = model.stream(instructions=instructions, content=content)
    async with aclosing(_paragraphs(stream)) as paragraphs:
        async for text in paragraphs:
            if draft := _draft(text, passages, check):
                yield draft


async def _paragraphs(stream: AsyncGenerator[str, None]) -> AsyncGenerator[str, None]:
    """Yield a reply in paragraphs, up to a token that says "no answer" and within the limit."""
    pending = written = ""
    # Closed here, because a reply nobody reads on is still paid for until its connection closes.
    async with aclosing(stream) as pieces:
        async for piece in pieces:
            pending += piece
            written += piece
            if repeats_instructions(written):
                message = "it repeated its instructions"
                raise LanguageModelError(message)
            *finished, pending = _blocks(pending)
            for text in finished:
                yield text
            if NO_ANSWER in written:
                return
            if len(written) > MAX_CHARACTERS:
                message = "it wrote without end"
                raise LanguageModelError(message)
    if not written.strip():
        message = "it wrote nothing"
        raise LanguageModelError(message)
    yield pending


def _blocks(text: str) -> list[str]:
    """Return the paragraphs of a text; a lead-in and its list are one, as are items of a list.

    Models often leave a line blank between them, and cite only after the last.
    """
    blocks: list[str] = []
    for part in re.split(r"\n\s*\n", text):
        if blocks and _goes_on(blocks[-1], part):
            blocks[-1] = f"{blocks[-1]}\n\n{part}"
        else:
            blocks.append(part)
    return blocks


def _goes_on(block: str, part: str) -> bool:
    if block.rstrip().endswith(":"):
        return True
    last = block.strip().split("\n")[-1]
    is_open_item = _ITEM.match(last) is not None and _MARK.search(last) is None
    # What has only begun may be the next item.
    return is_open_item and (not part.strip() or _ITEM.match(part) is not None)


def _draft(text: str, passages: Sequence[Passage], check: StatementCheck) -> Draft | None:
    if not text.strip():
        return None
    marks = (int(number) for found in _MARK.findall(text) for number in found.split(","))
    cited = tuple(dict.fromkeys(n for n in marks if 1 <= n <= len(passages)))
    bare = _EMPHASIS.sub("", _MARK.sub("", text))
    plain = _LINK.sub(lambda link: _title(int(link[1]), passages), bare).strip()
    if any(not 1 <= int(number) <= len(passages) for number in _LINK.findall(text)):
        reason = "It points to a page that it was not given."
        verdict = Verdict(Outcome.BLOCK, "links", Category.UNKNOWN_LINK, reason)
    else:
        verdict = check(plain, [passages[number - 1] for number in cited])
    return Draft(_as_block(plain, cited), cited, verdict, text)


def _as_block(text: str, cited: tuple[int, ...]) -> Block:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    items = tuple(_ITEM.sub("", line) for line in lines if _ITEM.match(line))
    if not items:
        return Block("paragraph", text=" ".join(lines), citations=cited)
    lead_in = " ".join(line for line in lines if not _ITEM.match(line))
    numbered = all(re.match(r"^\d", line) for line in lines if _ITEM.match(line))
    return Block("steps" if numbered else "list", text=lead_in, items=items, citations=cited)


def _title(number: int, passages: Sequence[Passage]) -> str:
    """Return the page title a link token stands for; an unknown token vanishes."""
    return passages[number - 1].page.title if 1 <= number <= len(passages) else ""


def _defused(text: str) -> str:
    """Return text that cannot close or open the tags around it."""
    return re.sub(r"<(?=/?(?:passage|question|rejected)\b)", "‹", text)

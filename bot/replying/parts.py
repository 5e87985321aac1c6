"""Several questions of one message, answered one after the other.

Each is searched and answered as if it had come alone, under its own words. They are kept together
where one answer quotes what decides each of them: then it is one subject, and one answer reads
better.
"""

from collections.abc import AsyncIterator, Callable, Sequence, Set
from dataclasses import dataclass, replace

from bot import wording
from bot.answer import Answer, AnswerStatus, Block, BlockReady
from bot.enquiry import Nation
from bot.quoting.extractive import nearest_pages, plain_text
from bot.quoting.numbering import block_from, citation_from, numbered_from
from bot.quoting.quotation import Quotation
from bot.replying.bearing import bears_on
from bot.replying.no_answer import no_sure_answer
from bot.replying.replies import asking_for_nation, not_found, with_unfound, worded
from bot.replying.unfound import SURE_ALL_THE_SAME, Unfound
from bot.retrieval import Calibration, Evidence, Query
from bot.retrieval.query import Locale
from bot.understanding.nation_names import IN_NATION
from ingestion.passage_index import PassageIndex

MAX_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One question of several and what was found for it.

    Attributes:
        asked: The question in the citizen's words.
        query: What was searched for.
        evidence: What retrieval found.
        nations: The nations its answer differs between, when nothing says which; else empty.
        lacking: What it names and the guidance does not hold; None for nothing.
    """

    asked: str
    query: Query
    evidence: Evidence
    nations: tuple[Nation, ...] = ()
    lacking: Unfound | None = None


Compose = Callable[[Answer, Query, Evidence], AsyncIterator[BlockReady | Answer]]


def answered_apart(
    parts: Sequence[Part],
    together: Sequence[Quotation],
    quote: Callable[[Query, Evidence], Sequence[Quotation]],
    index: PassageIndex,
    calibration: Calibration,
    *,
    listed: bool,
) -> bool:
    """Whether questions of one message are best answered one after the other.

    Args:
        parts: The questions, in order, with what was found for each.
        together: What is quoted for the whole message at once.
        quote: Chooses what is quoted for one of them, the first the one that decides.
        index: The opened index version.
        calibration: Fitted thresholds.
        listed: Whether they were written one by one: then each is answered, even from one page.

    Returns:
        True when at least one is surely answered, and they are a list, about different pages, or
        one answer to all of them would leave out what decides one.
    """
    if not parts or any(not part.evidence.units for part in parts):
        return False
    pages = {part.evidence.pages[0].row for part in parts}
    least = calibration.answer_threshold
    if not any(part.evidence.confidence >= least and not part.nations for part in parts):
        return False
    if listed or len(pages) > 1:
        return True
    shown = {unit.unit_id for quotation in together for unit in quotation.units}
    return not all(
        _is_within(shown, part, quote(part.query, part.evidence), index) for part in parts
    )


def _is_within(
    shown: Set[str], part: Part, quotations: Sequence[Quotation], index: PassageIndex
) -> bool:
    """Whether what decides a question is shown already, and bears on it."""
    return quotations[0].best.unit_id in shown and bears_on(part.query, quotations, index)


async def answer_parts(
    answer: Answer,
    parts: Sequence[Part],
    compose: Compose,
    index: PassageIndex,
    *,
    least: float,
    left_out: Sequence[str] = (),
) -> AsyncIterator[BlockReady | Answer]:
    """Yield the blocks of each part under its question, then the answer to all.

    Questions that were too many are named at the end, to be sent again.

    Args:
        answer: Holds what is known about the message.
        parts: The questions, in order.
        compose: Answers one of them: yields its blocks and then its Answer.
        index: The opened index version.
        least: Confidence below which a question counts as not answered by the guidance.
        left_out: Questions that are not answered.
    """
    language = answer.locale
    done: list[Answer] = []
    for part in parts:
        heading = Block("notice", wording.YOU_ASKED[language].format(question=part.asked))
        yield BlockReady(heading, ())
        given = _without_quotation(answer, part, index, least)
        if given is not None:
            for block in given.blocks:
                yield BlockReady(block, ())
        else:
            first = sum(len(other.citations) for other in done)
            async for event in compose(
                with_unfound(answer, part.lacking), part.query, part.evidence
            ):
                if isinstance(event, Answer):
                    given = numbered_from(_naming(event, part, language), first)
                else:
                    cited = tuple(citation_from(c, first) for c in event.citations)
                    yield BlockReady(block_from(event.block, first), cited)
        assert given is not None  # noqa: S101  # every journey ends in an Answer
        done.append(replace(given, blocks=(heading, *given.blocks)))
    if left_out:
        rest = _named(answer, left_out, len(parts))
        yield BlockReady(rest.blocks[0], ())
        done.append(rest)
    yield _joined(answer, done)


def _naming(answer: Answer, part: Part, language: Locale) -> Answer:
    """Return the answer to a part; where it is partial, the notice says to which question."""
    said = wording.PARTIAL_PART[language].format(question=part.asked)
    notices = (
        replace(notice, text=said) if notice.kind == "partial" else notice
        for notice in answer.notices
    )
    return replace(answer, notices=tuple(notices))


def _named(answer: Answer, left_out: Sequence[str], answered: int) -> Answer:
    """Return the reply that names questions which are not answered, each to be sent again."""
    language = answer.locale
    said = wording.TOO_MANY_QUESTIONS[language].format(
        answered=answered,
        all=answered + len(left_out),
        others=" ".join(f"“{question}”" for question in left_out),
    )
    reply = worded(answer, AnswerStatus.ANSWERED, Block("notice", text=said))
    return replace(reply, follow_ups=tuple(left_out))


def _without_quotation(
    answer: Answer, part: Part, index: PassageIndex, least: float
) -> Answer | None:
    """Return what is said where nothing can be quoted yet or at all; None where it can."""
    language = answer.locale
    near = nearest_pages(part.evidence, index)
    if part.nations:
        asked = asking_for_nation(answer, part.nations)
        # The next turn must say which of the questions it goes on with.
        choices = tuple(
            f"{part.asked.rstrip(' ?.!')}, {IN_NATION[language][nation]}?"
            for nation in part.nations
        )
        return replace(asked, nearest_pages=near, follow_ups=choices)
    lacking = part.lacking
    if lacking and lacking.is_decisive and part.evidence.confidence < SURE_ALL_THE_SAME:
        return replace(not_found(answer, lacking), nearest_pages=near)
    if part.evidence.confidence < least:
        return no_sure_answer(answer, part.evidence, lacking, index)
    return None


def _joined(answer: Answer, given: Sequence[Answer]) -> Answer:
    blocks = tuple(block for one in given for block in one.blocks)
    citations = tuple(citation for one in given for citation in one.citations)
    cited = {citation.url for citation in citations}
    near = {c.url: c for one in given for c in one.nearest_pages if c.url not in cited}
    written = next((one for one in given if one.mode == "generative"), None)
    return replace(
        answer,
        status=AnswerStatus.ANSWERED,
        completeness=(
            "complete" if all(one.completeness == "complete" for one in given) else "partial"
        ),
        mode="generative" if written else "extractive",
        model=written.model if written else "",
        blocks=blocks,
        citations=citations,
        text=plain_text(blocks),
        nearest_pages=tuple(
            replace(citation, number=number)
            for number, citation in enumerate(list(near.values())[:MAX_NEAREST], start=1)
        ),
        follow_ups=tuple(choice for one in given for choice in one.follow_ups),
        notices=tuple(dict.fromkeys(notice for one in given for notice in one.notices)),
    )

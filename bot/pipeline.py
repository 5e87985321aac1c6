"""The journey of one enquiry, in the order it happens."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from functools import partial

from bot.answer import Answer, AnswerEvent, BlockReady, Progress
from bot.enquiry import Enquiry
from bot.found import found_of
from bot.language_models.language_model import LanguageModel
from bot.quoting.quotations import choose_quotations
from bot.reading import query_of, read, read_in_english, searched_for
from bot.replying.after_help import after_help, question_after_help
from bot.replying.bearing import bears_on, is_titled
from bot.replying.composition import finished, quoted
from bot.replying.contact import (
    naming_contact,
    question_before_wish,
    with_contact,
    with_human_route,
)
from bot.replying.elsewhere import without_other_nations
from bot.replying.named_elsewhere import (
    foreword,
    joined,
    with_foreword,
    without_repeats,
    without_told,
)
from bot.replying.nation_meant import with_nation_meant
from bot.replying.no_answer import nations_of, with_filter_named, without_answer
from bot.replying.parts import Part, answer_parts, answered_apart
from bot.replying.replies import (
    blank_answer,
    diverted,
    lacks,
    with_advisers,
    with_audience,
    with_help,
    with_notice,
    with_unfound,
)
from bot.replying.translation import with_translation
from bot.replying.unfound import Unfound
from bot.replying.written import NothingWritten, write_answer
from bot.retrieval import Evidence, Query
from bot.retrieval.suitability import applies_to
from bot.searching import held, search_guidance
from bot.services import Services
from bot.stopwatch import Stopwatch
from bot.understanding.languages import OtherLanguage
from bot.understanding.understand import Understood


async def answer_question(enquiry: Enquiry, services: Services) -> AsyncIterator[AnswerEvent]:
    """Answer one enquiry.

    Args:
        enquiry: What the citizen asked, untouched.
        services: Index, models and rules to use.

    Yields:
        Progress, Found and BlockReady events, then exactly one Answer. Nothing a model wrote is
        yielded before its check allowed it, and nothing personal is in any event.
    """
    watch = Stopwatch()
    yield Progress("checking")
    understood = await asyncio.to_thread(read, enquiry, services)
    answer = blank_answer(services.new_id(), understood)
    answer = replace(answer, index_version=services.index.manifest.version)
    watch.lap("checking")
    translator, theirs = _translator(understood, services), understood.other
    if translator is not None:
        understood = await read_in_english(enquiry, understood, translator, services)
        watch.lap("translating")
    answer = with_help(answer, understood, enquiry.nation)
    understood = await asyncio.to_thread(searched_for, answer, understood, services)
    if reply := diverted(answer, understood, enquiry.nation):
        reply = await asyncio.to_thread(_naming_contact, reply, understood, services)
        asked = question_after_help(understood, services.policy, services.vocabulary)
        async for event in after_help(
            reply, asked, partial(_surely_answered, answer, services=services)
        ):
            yield watch.timed(event) if isinstance(event, Answer) else event
        return
    answer = with_advisers(answer, understood)
    writing = replace(services, model=None) if understood.check.quotes_only else services
    query = await query_of(understood, writing)
    watch.lap("rewriting")
    yield Progress("searching")
    query, evidence, lacking = await asyncio.to_thread(held, query, services)
    parts = await asyncio.to_thread(_parts, understood, query, evidence, services)
    watch.lap("searching")
    yield found_of(query, evidence, services.index, services.today())
    reply = None
    if not parts:
        reply = await asyncio.to_thread(_without_answer, answer, query, evidence, lacking, services)
    if reply is not None:
        yield watch.timed(_with_contact(reply, understood, services))
        return
    answer = _limited(answer, understood, evidence, lacking if not parts else None, services)
    yield Progress("writing")
    left_out = understood.left_out
    async for event in _written(answer, query, evidence, parts, left_out, writing):
        if isinstance(event, Answer):
            watch.lap("writing")
            told = _with_contact(event, understood, services)
            yield watch.timed(await _in_both(told, theirs, translator))
        else:
            yield event


def _limited(
    answer: Answer,
    understood: Understood,
    evidence: Evidence,
    lacking: Unfound | None,
    services: Services,
) -> Answer:
    """Return the answer with what it does not hold and for whom it is."""
    answer = with_unfound(answer, lacking)
    if not evidence.pages:
        return answer
    return with_nation_meant(answer, understood, services.index.pages[evidence.pages[0].row])


def _naming_contact(reply: Answer, understood: Understood, services: Services) -> Answer:
    """Return the reply with a way to a person; to a wish for one, who runs what was asked about."""
    query = question_before_wish(understood)
    if query is not None:
        _, evidence, lacking = held(query, services)
        least = services.calibration.answer_threshold
        if not lacking:
            reply = naming_contact(reply, evidence, services.index, least=least)
    return with_human_route(reply, services.contact)


def _with_contact(answer: Answer, understood: Understood, services: Services) -> Answer:
    """Return the finished answer with whom to contact, where a person is wished or needed."""
    return with_human_route(with_contact(answer, understood), services.contact)


def _surely_answered(answer: Answer, query: Query, *, services: Services) -> Answer | None:
    """Return the quoted answer where the guidance answers with confidence; None otherwise."""
    query, evidence, lacking = held(query, services)
    if lacking is not None or _without_answer(answer, query, evidence, lacking, services):
        return None
    if not _is_sure(answer, query, evidence, services):
        return None
    before = foreword(query, evidence, services.index, query.locale)
    if before is not None and query.nation is not None:
        return None
    evidence = without_other_nations(query, evidence, services.index)
    answer = with_audience(answer, query, evidence, services.index)
    return joined(_quoted(answer, query, evidence, services), before)


def _translator(understood: Understood, services: Services) -> LanguageModel | None:
    """Return who translates a message; None when nobody can or nobody needs to."""
    check = understood.check
    needed = understood.other is not None and check.deciding is None and not check.quotes_only
    return services.model if needed else None


async def _in_both(
    answer: Answer, theirs: OtherLanguage | None, translator: LanguageModel | None
) -> Answer:
    if translator is None or theirs is None:
        return answer
    return await with_translation(answer, theirs, translator)


def _without_answer(
    answer: Answer,
    query: Query,
    evidence: Evidence,
    lacking: Unfound | None,
    services: Services,
) -> Answer | None:
    """Return the reply when the guidance gives no answer, or asks back; None otherwise."""
    index, calibration = services.index, services.calibration
    reply = without_answer(answer, query, evidence, lacking, index, calibration)
    search = partial(search_guidance, services=services)
    return reply and with_filter_named(reply, query, search, index, calibration)


def _parts(
    understood: Understood, whole: Query, evidence: Evidence, services: Services
) -> tuple[Part, ...]:
    """Return the questions to answer one after the other; empty when they are one."""
    parts = tuple(_part(asked, query, services) for asked, query in understood.parts)
    if not parts:
        return ()
    quote = partial(choose_quotations, index=services.index, today=services.today())
    together, is_list = quote(whole, evidence), understood.listed
    apart = answered_apart(
        parts, together, quote, services.index, services.calibration, listed=is_list
    )
    return parts if apart else ()


def _part(asked: str, query: Query, services: Services) -> Part:
    query, evidence, lacking = held(query, services)
    nations = nations_of(query, evidence, services.index, services.calibration)
    return Part(asked, query, evidence, nations, lacking)


def _written(
    answer: Answer,
    query: Query,
    evidence: Evidence,
    parts: Sequence[Part],
    left_out: Sequence[str],
    services: Services,
) -> AsyncIterator[BlockReady | Answer]:
    if not parts:
        return _compose(answer, query, evidence, services)
    return answer_parts(
        answer,
        parts,
        partial(_compose, services=services),
        services.index,
        least=services.calibration.partial_threshold,
        left_out=left_out,
    )


def _compose(
    answer: Answer, query: Query, evidence: Evidence, services: Services
) -> AsyncIterator[BlockReady | Answer]:
    """Yield the blocks of the answer and then the answer itself."""
    before = foreword(query, evidence, services.index, answer.locale)
    if before is not None:
        evidence = without_told(before, evidence)
    evidence = without_other_nations(query, evidence, services.index)
    answer = with_audience(answer, query, evidence, services.index)
    if services.model is not None:
        written = _by_model(answer, query, evidence, services.model, services)
        return with_foreword(before, written)
    extract = _quoted(answer, query, evidence, services)
    if before is not None:
        before = without_repeats(before, extract)
    return with_foreword(before, _told(extract))


async def _by_model(
    answer: Answer, query: Query, evidence: Evidence, model: LanguageModel, services: Services
) -> AsyncIterator[BlockReady | Answer]:
    """Yield what a language model writes as far as it passes its checks, else quotations."""
    index = services.index
    sure = _is_sure(answer, query, evidence, services)
    async for event in write_answer(answer, query.both, evidence, model, services):
        if isinstance(event, NothingWritten):
            answer = with_notice(answer, "degraded", event.said_in(answer.locale))
        elif isinstance(event, Answer):
            yield finished(event, query, evidence, index, sure=sure, today=services.today())
            return
        else:
            yield event
    async for event in _told(_quoted(answer, query, evidence, services)):
        yield event


async def _told(answer: Answer) -> AsyncIterator[BlockReady | Answer]:
    for block in answer.blocks:
        yield BlockReady(block, tuple(c for c in answer.citations if c.number in block.citations))
    yield answer


def _is_sure(answer: Answer, query: Query, evidence: Evidence, services: Services) -> bool:
    """Whether what is answered from was found with confidence, which is that of the first page.

    Where that page is for other nations, nothing of it is shown.
    """
    first = services.index.pages[evidence.pages[0].row]
    is_shown = query.nation is None or applies_to(first, query.nation)
    is_found = evidence.confidence >= services.calibration.answer_threshold
    is_found = is_found or is_titled(query, first.title)
    return is_shown and is_found and not lacks(answer)


def _quoted(answer: Answer, query: Query, evidence: Evidence, services: Services) -> Answer:
    """Return the answer in the words of the guidance, with what a citizen should know about it."""
    index, today = services.index, services.today()
    sure = _is_sure(answer, query, evidence, services)
    quotations = choose_quotations(query, evidence, index, today)
    sure = sure and bears_on(query, quotations, index)
    extract = quoted(answer, quotations, index)
    return finished(extract, query, evidence, index, sure=sure, today=today)

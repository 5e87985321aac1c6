"""What is said where the guidance gives no answer, or where it is not clear what is meant."""

from collections.abc import Callable
from dataclasses import replace

from bot import wording
from bot.answer import Answer, AnswerStatus
from bot.enquiry import Nation
from bot.quoting.extractive import nearest_pages
from bot.replying.clarification import names_no_subject, nations_to_choose, services_to_choose
from bot.replying.elsewhere import elsewhere, only_elsewhere
from bot.replying.nearness import near_pages
from bot.replying.replies import (
    asking_for_nation,
    asking_for_service,
    is_beside_help,
    not_found,
    with_notice,
    worded,
)
from bot.replying.unfound import SURE_ALL_THE_SAME, Unfound
from bot.retrieval import Calibration, Evidence, Query
from bot.understanding.question_kinds import asks
from ingestion.passage_index import PassageIndex


def without_answer(
    answer: Answer,
    query: Query,
    evidence: Evidence,
    lacking: Unfound | None,
    index: PassageIndex,
    calibration: Calibration,
) -> Answer | None:
    """Return the reply when the guidance gives no answer, or asks back; None otherwise.

    Args:
        answer: Holds what is known about the message.
        query: What was searched for.
        evidence: What retrieval found.
        lacking: What the question names and the guidance does not hold.
        index: The opened index version.
        calibration: Fitted thresholds.
    """
    if not evidence.units:
        return not_found(answer, None)
    if is_beside_help(answer) and not (query.apart or asks(query.question)):
        # "I see no future since she died" asks nothing: not where somebody lives either.
        return _unsure(answer, query, evidence, lacking, index, calibration)
    if page := elsewhere(query, evidence, index):
        return only_elsewhere(answer, query, page, evidence, index)
    if lacking and lacking.is_decisive and evidence.confidence < SURE_ALL_THE_SAME:
        return no_sure_answer(answer, evidence, lacking, index)
    if nations := nations_of(query, evidence, index, calibration):
        near = () if is_beside_help(answer) else nearest_pages(evidence, index)
        return replace(asking_for_nation(answer, nations), nearest_pages=near)
    return _unsure(answer, query, evidence, lacking, index, calibration)


def nations_of(
    query: Query, evidence: Evidence, index: PassageIndex, calibration: Calibration
) -> tuple[Nation, ...]:
    """Return the nations to choose from, where it is sure which service is meant."""
    if evidence.service_confidence < calibration.answer_threshold:
        return ()
    return nations_to_choose(query, evidence, index, calibration)


def no_sure_answer(
    answer: Answer, evidence: Evidence, lacking: Unfound | None, index: PassageIndex
) -> Answer:
    """Return the reply that tells why there is no answer, with the pages that are near.

    Where pages are near and nothing that was named is lacking, it is that none is sure to answer;
    else it is that nothing was found. Beside whom to call no page is near enough: "paracetamol" is
    near to selling medicines.
    """
    if is_beside_help(answer):
        return not_found(answer, lacking)
    near = near_pages(evidence, index)
    if near and lacking is None:
        said = worded(answer, AnswerStatus.NO_ANSWER_LOW_CONFIDENCE)
    else:
        said = not_found(answer, lacking)
    return replace(said, nearest_pages=near)


def with_filter_named(
    answer: Answer,
    query: Query,
    search: Callable[[Query], Evidence],
    index: PassageIndex,
    calibration: Calibration,
) -> Answer:
    """Return a reply without an answer with what the publisher asked for has to do with it.

    Args:
        answer: The reply.
        query: What was searched for.
        search: Returns what the index holds for a query.
        index: The opened index version.
        calibration: Fitted thresholds.
    """
    if not query.publisher or answer.status.family != "no_answer":
        return answer
    said = wording.FILTER_UNKNOWN
    if any(page.publisher == query.publisher for page in index.pages):
        others = search(replace(query, publisher=""))
        answers = others.confidence >= calibration.answer_threshold
        said = wording.FILTER_OTHERS if answers else wording.FILTER_ONLY
    language = answer.locale
    # A name that no page has came from outside and is not repeated.
    return with_notice(answer, "filter", said[language].format(publisher=query.publisher))


def _unsure(
    answer: Answer,
    query: Query,
    evidence: Evidence,
    lacking: Unfound | None,
    index: PassageIndex,
    calibration: Calibration,
) -> Answer | None:
    """Return what is said where it is not sure what is meant or answered; None where it is."""
    unsure = evidence.confidence < calibration.answer_threshold
    if unsure and is_beside_help(answer) and not query.apart:
        # Neither pages nor choices made of the message: they could be about its danger.
        return not_found(answer, lacking)
    if unsure and names_no_subject(query):
        return asking_for_service(answer, ())
    if unsure and (titles := services_to_choose(query, evidence, index)):
        near = () if is_beside_help(answer) else nearest_pages(evidence, index)
        return replace(asking_for_service(answer, titles), nearest_pages=near)
    if evidence.confidence < calibration.partial_threshold:
        return no_sure_answer(answer, evidence, lacking, index)
    return None

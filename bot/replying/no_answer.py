"""What is said where the guidance gives no answer, or where it is not clear what is meant."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot import wording
from bot.answer import Answer, AnswerStatus
from bot.enquiry import Nation
from bot.quoting.extractive import nearest_pages
from bot.replying.clarification import (
    is_about_any_service,
    names_no_subject,
    nations_to_choose,
    services_to_choose,
)
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
    if is_about_any_service(query, index.pages[evidence.pages[0].row].title):
        return _which_service(answer, services_to_choose(query, evidence, index), evidence, index)
    return _of_other_nations(answer, query, evidence, index) or _unfound(
        answer, query, evidence, lacking, index, calibration
    )


def _of_other_nations(
    answer: Answer, query: Query, evidence: Evidence, index: PassageIndex
) -> Answer | None:
    page = elsewhere(query, evidence, index)
    return only_elsewhere(answer, query, page, evidence, index) if page else None


def _which_service(
    answer: Answer, titles: Sequence[str], evidence: Evidence, index: PassageIndex
) -> Answer:
    near = nearest_pages(evidence, index) if titles and not is_beside_help(answer) else ()
    return replace(asking_for_service(answer, titles), nearest_pages=near)


def _unfound(
    answer: Answer,
    query: Query,
    evidence: Evidence,
    lacking: Unfound | None,
    index: PassageIndex,
    calibration: Calibration,
) -> Answer | None:
    """Return what is said where a thing, a nation or a service is missing; None where none is."""
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
        return _which_service(answer, titles, evidence, index)
    if evidence.confidence < calibration.partial_threshold:
        return no_sure_answer(answer, evidence, lacking, index)
    return None

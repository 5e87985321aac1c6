"""Whom to contact for somebody who asks for a person, which this service cannot put through to.

The page that answers names who is answerable for it; a number to ring stands in the guidance or in
the operator's settings or nowhere, so none is made up here.
"""

from dataclasses import replace

from bot import wording
from bot.answer import Answer, AnswerStatus, Block, Citation
from bot.contact_route import ContactRoute
from bot.replying.replies import is_beside_help, with_notice, worded
from bot.retrieval import Evidence, Query
from bot.understanding.understand import Understood
from guardrails import Category
from ingestion.document import PageDetails
from ingestion.passage_index import PassageIndex

NEED_A_PERSON = (
    AnswerStatus.REDIRECT_CONTACT,
    AnswerStatus.REDIRECT_ACCOUNT,
    AnswerStatus.SMALLTALK_COMPLAINT,
)
# These name who else helps: an adviser, and somebody who speaks the language.
SEND_ELSEWHERE = (AnswerStatus.REFUSED_ADVICE, AnswerStatus.REFUSED_LANGUAGE)


def with_human_route(answer: Answer, route: ContactRoute | None) -> Answer:
    """Return a reply that does not answer with a way to a person; any other as it is.

    Not beside whom to call, who are people. Not where it is asked which nation is meant: a choice
    is one step from the answer, and a way out beside it would lead away from it.

    Args:
        answer: The finished reply.
        route: The operator's; None for the organisation that runs the service, said once.
    """
    language, status = answer.locale, answer.status
    wished = any(notice.kind == "contact" for notice in answer.notices)
    if is_beside_help(answer):
        return answer
    if status.family not in ("no_answer", "refused") and status not in NEED_A_PERSON and not wished:
        return answer
    if route is not None:
        return with_notice(answer, "contact", _said_of(route, answer))
    is_said = wished or status in SEND_ELSEWHERE or wording.SENDS_ON[language] in answer.text
    return answer if is_said else with_notice(answer, "contact", wording.CONTACT_GENERAL[language])


def _said_of(route: ContactRoute, answer: Answer) -> str:
    if route.phone and route.url:
        said = wording.CONTACT_PHONE_OR_URL
    else:
        said = wording.CONTACT_PHONE if route.phone else wording.CONTACT_URL
    name = route.name_cy if answer.locale == "cy" else route.name
    return said[answer.locale].format(name=name, phone=route.phone, url=route.url)


def with_contact(answer: Answer, understood: Understood) -> Answer:
    """Return the finished answer with whom to contact beside it, when a person was asked for.

    Where pages of several organisations are quoted, nobody can say whose service is meant.
    """
    if not understood.check.asks_for_person:
        return answer
    publishers = {citation.publisher for citation in answer.citations}
    said = _named(answer, answer.citations[0]) if len(publishers) == 1 else ""
    return with_notice(answer, "contact", said or wording.CONTACT_BESIDE[answer.locale])


def question_before_wish(understood: Understood) -> Query | None:
    """Return the last question before a message that is a wish for a person; None for others."""
    deciding, query = understood.check.deciding, understood.query
    wished = deciding is not None and deciding.category is Category.CONTACT
    if not wished or query is None or not understood.before:
        return None
    return replace(query, question=understood.before, both=understood.before, bare="", leans_on="")


def naming_contact(
    reply: Answer, evidence: Evidence, index: PassageIndex, *, least: float
) -> Answer:
    """Return the reply to a wish with who is answerable for what was just asked about.

    Args:
        reply: The general reply.
        evidence: What the question before it finds.
        index: The opened index version.
        least: Confidence below which nobody is named.
    """
    if evidence.confidence < least or not evidence.pages:
        return reply
    said = _named(reply, index.pages[evidence.pages[0].row])
    return worded(reply, reply.status, Block("notice", text=said)) if said else reply


def _named(answer: Answer, page: PageDetails | Citation) -> str:
    """Return whom to contact about a page; empty when it does not say who is answerable."""
    if not page.publisher:
        return ""
    said = wording.CONTACT_NAMED[answer.locale]
    return said.format(title=page.title, publisher=page.publisher)

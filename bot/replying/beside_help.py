"""What is searched for where whom to call stands beside the answer.

The words of danger find pages about something else, so the question alone is searched, with what
happened in the words of guidance ("my wife died, I can't stop crying, what benefits can I get?").
A message of danger that asks nothing is not taken together with what was asked before: nobody who
writes of dying is quoted the price of a passport. Whether anything is searched for it says
`guardrails/policy_tables/after_help.txt`; where no phrase tells of danger and the message is only
like others that do ("can't find my passport anywhere"), a page that it names is shown all the same.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.retrieval import Query
from bot.retrieval.situations import situations_in, with_situations
from bot.retrieval.vocabulary import Vocabulary
from bot.understanding.follow_ups import names_subject
from bot.understanding.markup import without_markup
from bot.understanding.places import without_where
from bot.understanding.question_kinds import asks
from bot.understanding.several_questions import asking_part
from bot.understanding.understand import Understood
from guardrails import QuestionCheck, QuestionPolicy, check_question
from guardrails.after_help import is_only_likeness, may_be_searched, names_means_of_harm
from guardrails.bereaved import tells_bereavement, with_death_told
from guardrails.normalised import plain_text
from guardrails.rules.crisis import asks_about_entitlement
from guardrails.verdict import DANGERS


def searched_beside_help(
    understood: Understood,
    policy: QuestionPolicy,
    vocabulary: Vocabulary,
    names_page: Callable[[Query], bool],
) -> Understood:
    """Return a message with help beside it, with what may be searched; no query for nothing.

    Known misses: questions without an asking word ("widow benefits, I am so lonely").

    Args:
        understood: The message and what it would be searched for without danger.
        policy: The guardrail rules, to read alone the part that asks.
        vocabulary: Adds the guidance's words to everyday ones.
        names_page: Whether a page that surely answers a query has its name from words in it.
    """
    query, check = understood.query, understood.check
    if query is None or understood.other is not None:
        return understood
    message = " ".join(without_markup(check.search_text).split())
    if tells_bereavement(plain_text(message)):
        message = with_death_told(plain_text(message))
        query = _asked_alone(query, message, message, vocabulary)
    asked = asking_part(message)
    if names_subject(asked):
        apart = not (_tells_danger(check_question(asked, policy)) or names_means_of_harm(message))
        only = _asked_alone(query, asked, message, vocabulary)
        parts = tuple((text, _alone(part)) for text, part in understood.parts)
        return replace(understood, query=replace(only, apart=apart), parts=parts, earlier=())
    alone = check_question(message, policy)
    if not _tells_danger(alone):
        return replace(understood, query=replace(query, apart=True))
    if asks(message) or asks_about_entitlement(alone.search_text.lower()):
        return understood
    kept = replace(query, both=query.question, bare="", leans_on="", follow_up="")
    told = may_be_searched(check) or (is_only_likeness(check) and names_page(kept))
    return replace(understood, query=kept if told else None, parts=(), earlier=())


def _asked_alone(query: Query, asked: str, message: str, vocabulary: Vocabulary) -> Query:
    told = with_situations(message).removeprefix(message) if query.locale == "en" else ""
    question, both = (
        vocabulary.expanded(text, query.locale) for text in (without_where(asked), asked + told)
    )
    happened = situations_in(message) if told else ()
    return replace(query, question=question, both=both, bare="", leans_on="", situations=happened)


def _alone(query: Query) -> Query:
    """Return a query without what was told around it, where it names a subject of its own."""
    if query.leans_on:
        return query
    return replace(query, both=query.question, bare="")


def _tells_danger(check: QuestionCheck) -> bool:
    return any(verdict.category in DANGERS for verdict in check.verdicts)

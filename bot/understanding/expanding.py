"""A question with the words of guidance: of everyday forms, and of what has happened."""

from dataclasses import replace

from bot.retrieval import Query
from bot.retrieval.situations import (
    situations_in,
    with_situations,
    without_names,
    without_what_happened,
)
from bot.retrieval.vocabulary import Vocabulary
from bot.understanding.dealings import names_a_service
from bot.understanding.places import without_where
from bot.understanding.question_kinds import COST, TIME, asks_yes_or_no, shape_of
from bot.understanding.several_questions import asking_part


def expanded(query: Query, vocabulary: Vocabulary, *, is_story: bool = False) -> Query:
    """Return a query with the words of guidance beside those of the citizen.

    Args:
        query: As it was written.
        vocabulary: Adds the guidance's words to everyday ones.
        is_story: Whether it is known to be about what happened, however it is asked.
    """
    is_story = is_story or _is_story(query)
    told = [found for found in situations_in(query.both) if is_story or found.is_asked]

    def in_full(text: str) -> str:
        # Welsh is searched as it is; the English form takes the words of `situations`.
        said = with_situations(without_names(text), told) if query.locale == "en" else text
        return vocabulary.expanded(said, query.locale)

    # The nation chooses pages; its name in a title says nothing about their subject.
    question = without_where(query.question)
    bare = query.bare or (without_where(query.both) if question != query.question else "")
    return replace(
        query,
        situations=tuple(told),
        question=in_full(question),
        both=in_full(query.both),
        bare=in_full(bare),
    )


def _is_story(query: Query) -> bool:
    """Whether a question is about what happened: "My dad died. What do I do?".

    "My dad died. How long does probate take?" asks for itself, and so does "how much will I get?".
    """
    kinds = shape_of(query.question)
    if not kinds and not asks_yes_or_no(query.question):
        return True
    asked = "" if query.leans_on or {COST, TIME} & set(kinds) else asking_part(query.both)
    return bool(asked) and not names_a_service(without_what_happened(asked))

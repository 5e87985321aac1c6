"""A follow-up that leans on what was asked before, in the words of the page that answered it.

"Is it refundable?" names nothing, and the pages about other refunds are more like it than the one
that was just read. What an answer said comes back from the client and may be forged, so it is not
used: the earlier question is asked again, and where the guidance answers it with confidence, the
title of its page tells what the follow-up is about. Any question is like a page whose title it
holds, so the answer is complete only when its page holds a word of the follow-up, too.

"Do my savings count?" after Pension Credit names something, but no service: it is about that page,
too, where the page holds all that it names and no other page is called by it.

Known misses: what the page says in other words ("capital"); a new subject that the page mentions
and that is no page's name.
"""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import replace

import numpy as np

from bot.retrieval import Calibration, Evidence, Query
from bot.retrieval.query import asking_sentence, words
from bot.understanding.dealings import words_of_a_service
from bot.understanding.follow_ups import leans_on_history, without_opening
from bot.understanding.nations import without_nations
from ingestion.passage_index import LexicalField, PassageIndex

# Who says more tells enough for a search of its own.
_LONGEST = 12
# A page further behind is not what a message names.
_NEAREST = 5
# "I'm self-employed": told of oneself, whatever page is called so.
_TELLS = re.compile(r"^(?:and |but )?(?:i|we)(?:['’]?m| am| are|['’]re)\b[^?]*$", re.IGNORECASE)

Search = Callable[[Query], Evidence]


def continued(query: Query, search: Search, index: PassageIndex, calibration: Calibration) -> Query:
    """Return a follow-up with the subject of the page that answers what it leans on.

    Args:
        query: What is asked; only one with questions before it is changed.
        search: Returns what the index holds for a query.
        index: The opened index version.
        calibration: Fitted thresholds.
    """
    if not (query.before or query.leans_on) or _names_nation(query.question):
        return query
    page = _page_in_hand(query.before, search, index, calibration)
    if page is not None and _leaves(query, page, search, index, calibration):
        alone = without_opening(query.question)
        return replace(query, question=alone, both=alone, bare="", leans_on="", before=())
    if not query.leans_on:
        if page is None or not _goes_on(query, page, search, index, calibration):
            return query
    elif page is None:
        asked = asking_sentence(query.leans_on)
        earlier = replace(query, question=asked, both=query.leans_on, leans_on="")
        page = _surely_answering(earlier, search, index, calibration)
    if page is None:
        return query
    named = f"{index.pages[page].title}: {query.question}"
    leans_on = query.leans_on or query.before[0].question
    return replace(query, question=named, bare=named, follow_up=query.question, leans_on=leans_on)


def _page_in_hand(
    before: Sequence[Query], search: Search, index: PassageIndex, calibration: Calibration
) -> int | None:
    """Return the page that the conversation is about; None where nothing surely tells."""
    if not before:
        return None
    asked = before[0]
    page = _page_in_hand(before[1:], search, index, calibration)
    if page is not None:
        leaning = leans_on_history(asked.question)
        if leaning and not _leaves(asked, page, search, index, calibration):
            return page
        if not leaning and _goes_on(asked, page, search, index, calibration):
            return page
    return _surely_answering(asked, search, index, calibration)


def _surely_answering(
    query: Query, search: Search, index: PassageIndex, calibration: Calibration
) -> int | None:
    found = search(query)
    if not found.pages:
        return None
    page = found.pages[0].row
    # "Driving test" tells which page, though its neighbours are close, too.
    is_named = _named(query.question, index) and _names(
        query.question, index.pages[page].title, index
    )
    least = calibration.partial_threshold if is_named else calibration.answer_threshold
    return page if found.confidence >= least else None


def _goes_on(
    query: Query, page: int, search: Search, index: PassageIndex, calibration: Calibration
) -> bool:
    """Whether a message that could stand alone is about the page of the question before it."""
    asked = _as_written(query)
    if len(words(asked)) > _LONGEST or not _holds(page, asked, index):
        return False
    return _TELLS.match(asked) is not None or not _is_called(
        query, asked, search, index, calibration
    )


def _leaves(
    query: Query, page: int, search: Search, index: PassageIndex, calibration: Calibration
) -> bool:
    """Whether a message that opens like a follow-up names another service: "ok and bins?"."""
    asked = without_opening(query.question)
    if asked == query.question or not words_of_a_service(asked) or _holds(page, asked, index):
        return False
    alone = replace(query, question=asked, both=asked, bare="", leans_on="", before=())
    other = _surely_answering(alone, search, index, calibration)
    if other is None or other == page:
        return False
    return bool(_named(asked, index) & index.word_weights(index.pages[other].title).keys())


def _as_written(query: Query) -> str:
    return query.bare or query.question


def _holds(page: int, asked: str, index: PassageIndex) -> bool:
    """Whether a page holds all that tells of one service in a message, if anything does."""
    named = _named(asked, index)
    held = index.holding(named, LexicalField.PAGE, np.array([page], dtype=np.int32))[:, 0]
    left = {word for word, is_held in zip(named, held, strict=True) if not is_held}
    return not left or left <= _under_headings(page, index)


def _under_headings(page: int, index: PassageIndex) -> Set[str]:
    rows = np.flatnonzero(index.page_of_passage == page)
    headings = {heading for row in rows for heading in index.passages[int(row)].heading_path}
    return index.word_weights(" ".join(headings)).keys()


def _is_called(
    query: Query, asked: str, search: Search, index: PassageIndex, calibration: Calibration
) -> bool:
    """Whether a page that is found for a message alone has all that it names in its title."""
    named = _named(asked, index)
    if not named:
        return False
    found = search(replace(query, question=asked, both=asked, bare="", leans_on="", before=()))
    # "How much notice?" stands in "Eviction notices in England" and means none of its kind.
    least = calibration.answer_threshold if len(named) == 1 else calibration.partial_threshold
    if found.confidence < least:
        return False
    titles = (index.pages[page.row].title for page in found.pages[:_NEAREST])
    return any(_names(asked, title, index) for title in titles)


def _named(asked: str, index: PassageIndex) -> Set[str]:
    return index.word_weights(" ".join(words_of_a_service(asked))).keys()


def _names(asked: str, title: str, index: PassageIndex) -> bool:
    return _named(asked, index) <= index.word_weights(title).keys()


def _names_nation(question: str) -> bool:
    # "What about Scotland?" is not about the page for England.
    return without_nations(question) != question

"""A follow-up that leans on what was asked before, in the words of the page that answered it.

"Is it refundable?" names nothing, and the pages about other refunds are more like it than the one
that was just read. What an answer said comes back from the client and may be forged, so it is not
used: the earlier question is asked again, and where the guidance answers it with confidence, the
title of its page tells what the follow-up is about. Any question is like a page whose title it
holds, so the answer is complete only when its page holds a word of the follow-up, too.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.retrieval import Calibration, Evidence, Query
from bot.retrieval.query import asking_sentence
from bot.understanding.nations import without_nations
from ingestion.passage_index import PassageIndex


def continued(
    query: Query,
    search: Callable[[Query], Evidence],
    index: PassageIndex,
    calibration: Calibration,
) -> Query:
    """Return a follow-up with the subject of the page that answers what it leans on.

    Args:
        query: What is asked; only one that leans on earlier questions is changed.
        search: Returns what the index holds for a query.
        index: The opened index version.
        calibration: Fitted thresholds.
    """
    if not query.leans_on or _names_nation(query.question):
        return query
    asked = asking_sentence(query.leans_on)
    earlier = search(replace(query, question=asked, both=query.leans_on, leans_on=""))
    if not earlier.pages or earlier.confidence < calibration.answer_threshold:
        return query
    title = index.pages[earlier.pages[0].row].title
    named = f"{title}: {query.question}"
    return replace(query, question=named, bare=named, follow_up=query.question)


def _names_nation(question: str) -> bool:
    # "What about Scotland?" is not about the page for England.
    return without_nations(question) != question

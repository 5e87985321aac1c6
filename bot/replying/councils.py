"""Whose rules are shown, when a page is one council's: what it says of bins is not for everybody.

The index of one council needs no word on it. Who names another place than the council's own is told
that, and such an answer is never complete. The words are in `councils.toml`.

Known misses: local bodies without such a word in their name; answers led by a page of a national
body that quote a council's page too.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import numpy as np

from bot import wording
from bot.answer import Answer, Citation
from bot.enquiry import Nation
from bot.phrases import any_of
from bot.replying.replies import with_notice
from bot.retrieval import Query
from bot.retrieval.query import words
from bot.understanding.nations import nation_of, tells_only_where
from bot.understanding.places import Place, places_in
from ingestion.passage_index import LexicalField, PassageIndex

KIND = "council"
OTHER = "other_council"
"""Of the notice where another place was asked about; an answer with it is never complete."""


def with_council(answer: Answer, query: Query, index: PassageIndex) -> Answer:
    """Return the answer with whose rules it shows, where they are those of one council.

    Args:
        answer: With its citations; the first is what it is answered from.
        query: What was searched for.
        index: The opened index version.
    """
    if not answer.citations or not is_local(answer.citations[0].publisher):
        return answer
    council, language = answer.citations[0], answer.locale
    publisher = council.publisher
    asked = _text_that_tells(answer, query, publisher)
    own = _names_own(asked, publisher)
    if not own and (other := _other_place(asked, council, index)):
        said = wording.OTHER_COUNCIL[language]
        place = other.called_in(language)
        return with_notice(answer, OTHER, said.format(place=place, publisher=publisher))
    if own or query.publisher or not _has_others(publisher, index):
        return answer
    return with_notice(answer, KIND, wording.COUNCIL[language].format(publisher=publisher))


def is_of_another_council(answer: Answer) -> bool:
    """Whether an answer says that it has the rules of another place than was asked about."""
    return any(notice.kind == OTHER for notice in answer.notices)


def is_local(publisher: str) -> bool:
    """Whether the name of a publisher tells that it serves one area only."""
    table = _table()
    return bool(table.words.search(publisher)) and not table.unless.search(publisher)


def _text_that_tells(answer: Answer, query: Query, publisher: str) -> str:
    """Return the first text that names a place: the question before what was said earlier."""
    message = answer.question
    # "In Leeds" asks the question before it, which may have named another place.
    first = message if tells_only_where(message) else query.question
    # Who asked about Leeds and goes on with something else still means Leeds.
    before = (text for text in query.said_before if _may_be_in(query.nation, text))
    texts = (first, message, query.both, *before)
    return next((text for text in texts if places_in(text) or _names_own(text, publisher)), "")


def _may_be_in(nation: Nation | None, text: str) -> bool:
    return nation is None or nation_of([text]) in (None, nation)


def _names_own(text: str, publisher: str) -> bool:
    """Whether a text names what a council is called after."""
    common = _table().common
    own = {place for place in places_in(publisher) if not common & {*place.forms}}
    named = set(words(publisher)) - common - {*_table().body_words}
    return bool(own & {*places_in(text)}) or bool(named & {*words(text)})


def _other_place(text: str, council: Citation, index: PassageIndex) -> Place | None:
    """Return the place a text names, where the council and its pages name none of its places."""
    asked = places_in(text)
    host = (urlsplit(council.url).hostname or "").replace(".", " ").replace("-", " ")
    known = {*places_in(council.publisher), *places_in(host)}
    if any(place in known or _stands_on(place, council.publisher, index) for place in asked):
        return None
    return next(iter(asked), None)


def _stands_on(place: Place, publisher: str, index: PassageIndex) -> bool:
    """Whether a page of a publisher names a place: the towns of a county are in its pages."""
    own = [row for row, page in enumerate(index.pages) if page.publisher == publisher]
    rows = np.array(own, dtype=np.int32)
    for form in place.forms:
        held = index.holding(index.word_weights(form), LexicalField.PAGE, rows).all(axis=0)
        # Spelling is corrected in a search, so the page itself must have the name.
        if any(_page_names(place, int(row), index) for row in rows[held]):
            return True
    return False


def _page_names(place: Place, row: int, index: PassageIndex) -> bool:
    first, end = map(int, index.page_of_passage.searchsorted([row, row + 1]))
    return any(place in places_in(passage.text) for passage in index.passages[first:end])


def _has_others(publisher: str, index: PassageIndex) -> bool:
    """Whether an index holds pages of other bodies; one council may have two names."""
    own = {*places_in(publisher)}
    others = {page.publisher for page in index.pages} - {publisher, ""}
    return any(not (is_local(other) and own & {*places_in(other)}) for other in others)


@dataclass(frozen=True, slots=True)
class _Table:
    words: re.Pattern[str]
    unless: re.Pattern[str]
    common: frozenset[str]
    body_words: frozenset[str]


@cache
def _table() -> _Table:
    read = tomllib.loads(files("bot.replying").joinpath("councils.toml").read_text("utf-8"))
    return _Table(
        any_of(read["words"]),
        any_of(read["unless"]),
        frozenset(read["common"].split()),
        frozenset(" ".join(read["words"]).split()),
    )

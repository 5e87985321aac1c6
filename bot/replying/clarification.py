"""When the answer depends on the nation or on the service and nothing says which."""

from collections.abc import Iterator, Sequence, Set

import numpy as np

from bot.enquiry import Nation
from bot.replying.counterparts import surely_answering
from bot.replying.elsewhere import SAME_SERVICE
from bot.retrieval import Calibration, Evidence, PageCandidate, Query
from bot.retrieval.suitability import SAME_SUBJECT, applies_to, names_the_service
from bot.understanding.dealings import names_a_service
from bot.understanding.follow_ups import subject_words
from bot.understanding.question_kinds import shape_of, stems_of, under_kinds
from bot.understanding.several_questions import asking_part
from ingestion.passage_index import LexicalField, PassageIndex

# Fused-score distance within which two pages count as equally relevant. Chosen on the sample
# question set's under-specified items (docs/evaluators.md says how to measure it again).
CLOSE = 7.0
MAX_PAGES = 6
# "How do I appeal?" may mean many services; who says three things about a subject means one.
MAX_SUBJECT_WORDS = 2
MAX_CHOICES = 4


def nations_to_choose(
    query: Query, evidence: Evidence, index: PassageIndex, calibration: Calibration
) -> tuple[Nation, ...]:
    """Return the nations the answer differs between; empty when there is nothing to ask.

    Args:
        query: What is searched for.
        evidence: What retrieval found.
        index: The opened index version.
        calibration: Fitted thresholds.
    """
    if query.nation is not None or not evidence.pages:
        return ()
    best = evidence.pages[0]
    if index.pages[best.row].nation in ("", "uk"):
        return ()
    if names_the_service(query.both, index.pages[best.row].title):
        return ()
    considered = [p for p in evidence.pages[:MAX_PAGES] if best.score - p.score <= 2 * CLOSE]
    rivals = [page for page in considered if best.score - page.score <= CLOSE]
    # What answers under another name ("Renting a home in Wales") is a rival from further behind.
    rivals += surely_answering(query, considered, evidence, index, calibration)
    if _tells_of(query, index.pages[best.row].title):
        considered = rivals = _on_its_subject(best, rivals, index, least=SAME_SERVICE)
    pages = [index.pages[page.row] for page in _on_its_subject(best, rivals, index)]
    for page in pages[1:]:
        shared = [n for n in Nation if applies_to(page, n) and applies_to(pages[0], n)]
        if not shared:
            # A page further behind adds its nation: nobody must miss theirs among the choices.
            pages = [index.pages[p.row] for p in _on_its_subject(best, considered, index)]
            return tuple(n for n in Nation if any(applies_to(p, n) for p in pages))
    return ()


def _tells_of(query: Query, title: str) -> bool:
    """Whether a page is named by what somebody tells: "my mum died" by "Register a death".

    Who tells of a death does not mean help with a funeral in another nation.
    """
    return any(title.lower() in told.means.lower() for told in query.situations)


def _on_its_subject(
    best: PageCandidate,
    others: Sequence[PageCandidate],
    index: PassageIndex,
    *,
    least: float = SAME_SUBJECT,
) -> list[PageCandidate]:
    titles = index.title_vectors
    return [p for p in others if float(titles[p.row] @ titles[best.row]) >= least]


def names_no_subject(query: Query) -> bool:
    """Whether a message asks something and does not say about what: "How much is it?".

    A single letter or a number names nothing either.
    """
    return not any(len(word) > 1 and not word.isdigit() for word in subject_words(query.both))


def is_about_any_service(query: Query, title: str) -> bool:
    """Whether a question could be about any service, and the best page is not called just that.

    "Where can I get help?" is near to every page that helps; "How do I complain?" means the page
    "Complaints". What was asked before, or has happened, tells what it is about.
    """
    if query.leans_on or query.situations or not asking_part(query.question):
        return False
    return not names_a_service(query.both) and not stems_of(title) <= stems_of(query.both)


def services_to_choose(query: Query, evidence: Evidence, index: PassageIndex) -> tuple[str, ...]:
    """Return titles of the services a short message may mean, best first; two to four, or none.

    Only where each page holds everything that was said, and says it in a title with a heading: then
    more words would tell them apart, and no wording of the guidance can. A page that only mentions
    asylum is not meant by who asks about it.

    Args:
        query: What is searched for.
        evidence: What retrieval found.
        index: The opened index version.
    """
    subject = subject_words(query.both)
    if not 1 <= len(subject) <= MAX_SUBJECT_WORDS or not evidence.pages:
        return ()
    close = list(_close(evidence))
    rows = np.array([page.row for page in close], dtype=np.int32)
    weights = index.word_weights(" ".join(subject))
    held = index.holding(weights, LexicalField.PAGE, rows)
    meant = [page for page, words in zip(close, held.T, strict=True) if words.all()]
    meant = [page for page in meant if _names(page, set(weights), index)]
    meant = _of_its_kind(query.both, meant, index)
    titles = tuple(dict.fromkeys(index.pages[page.row].title for page in meant))[:MAX_CHOICES]
    return titles if len(titles) > 1 and meant[0] is evidence.pages[0] else ()


def _of_its_kind(
    asked: str, meant: list[PageCandidate], index: PassageIndex
) -> list[PageCandidate]:
    """Return the pages whose titles are of the question's kind, if the best one's is.

    "Passport fees" is meant by "how much is a passport", not "Get a passport urgently".
    """
    kinds = frozenset(shape_of(asked))
    rows = [page for page in meant if kinds & under_kinds(index.pages[page.row].title)]
    return rows if rows and rows[0] is meant[0] else meant


def _names(page: PageCandidate, said: Set[str], index: PassageIndex) -> bool:
    """Whether the title and one heading of a page hold all that was said."""
    first, last = index.page_of_passage.searchsorted([page.row, page.row + 1])
    paths = {index.passages[row].heading_path for row in range(first, last)}
    title = index.pages[page.row].title
    return any(said <= index.word_weights(" ".join((title, *path))).keys() for path in paths)


def _close(evidence: Evidence) -> Iterator[PageCandidate]:
    best = evidence.pages[0].score
    return (page for page in evidence.pages if best - page.score <= CLOSE)

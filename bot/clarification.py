"""When the answer depends on the nation or on the service and nothing says which."""

import re
from collections.abc import Iterator

from bot.enquiry import Nation
from bot.follow_ups import subject_words
from bot.retrieval import Evidence, PageCandidate, Query
from bot.retrieval.suitability import SAME_SUBJECT, applies_to
from ingestion.passage_index import LexicalField, PassageIndex

# Fused-score distance within which two pages count as equally relevant. Chosen on the sample
# question set's under-specified items (docs/evaluators.md says how to measure it again).
CLOSE = 7.0
MAX_PAGES = 6
# "How do I appeal?" may mean many services; who says three things about a subject means one.
MAX_SUBJECT_WORDS = 2
MAX_CHOICES = 4
_HELD = 0.999


def nations_to_choose(query: Query, evidence: Evidence, index: PassageIndex) -> tuple[Nation, ...]:
    """Return the nations the answer differs between; empty when there is nothing to ask.

    Args:
        query: What is searched for.
        evidence: What retrieval found.
        index: The opened index version.
    """
    if query.nation is not None or not evidence.pages:
        return ()
    best = evidence.pages[0]
    if index.pages[best.row].nation in ("", "uk"):
        return ()
    if names_the_service(query.both, index.pages[best.row].title):
        return ()
    rivals = [
        candidate
        for candidate in evidence.pages[:MAX_PAGES]
        if best.score - candidate.score <= CLOSE
        and float(index.title_vectors[candidate.row] @ index.title_vectors[best.row])
        >= SAME_SUBJECT
    ]
    pages = [index.pages[candidate.row] for candidate in rivals]
    for page in pages[1:]:
        shared = [n for n in Nation if applies_to(page, n) and applies_to(pages[0], n)]
        if not shared:
            return tuple(n for n in Nation if any(applies_to(p, n) for p in pages))
    return ()


def names_no_subject(query: Query) -> bool:
    """Whether a message asks something and does not say about what: "How much is it?"."""
    return not subject_words(query.both)


def services_to_choose(query: Query, evidence: Evidence, index: PassageIndex) -> tuple[str, ...]:
    """Return titles of the services a short message may mean, best first; two to four, or none.

    Only where each page holds everything that was said: then more words would tell them apart, and
    no wording of the guidance can.

    Args:
        query: What is searched for.
        evidence: What retrieval found.
        index: The opened index version.
    """
    subject = subject_words(query.both)
    if not 1 <= len(subject) <= MAX_SUBJECT_WORDS or not evidence.pages:
        return ()
    held = index.coverage(" ".join(subject), LexicalField.PAGE).held
    meant = [page for page in _close(evidence) if held[page.row] >= _HELD]
    titles = tuple(dict.fromkeys(index.pages[page.row].title for page in meant))[:MAX_CHOICES]
    return titles if len(titles) > 1 and meant[0] is evidence.pages[0] else ()


def _close(evidence: Evidence) -> Iterator[PageCandidate]:
    best = evidence.pages[0].score
    return (page for page in evidence.pages if best - page.score <= CLOSE)


def names_the_service(question: str, title: str) -> bool:
    """Whether a question names a page's own service, such as "PIP" or "Carer's Allowance".

    Who names Carer's Allowance does not mean the payment that has another name in Scotland. Only
    proper names count: every longer word of the title has a capital, or it gives an abbreviation.
    """
    abbreviation = re.search(r"\(([A-Z]{2,6})\)", title)
    if abbreviation and re.search(rf"\b{abbreviation[1]}\b", question, re.IGNORECASE):
        return True
    name = re.sub(r"\s*\([A-Z]{2,6}\)|:.*", "", title)
    longer = [word for word in name.split() if len(word) > 3]
    is_proper = len(longer) > 1 and all(word[0].isupper() for word in longer)
    return is_proper and name.lower() in question.lower()

"""When the answer depends on the nation and nothing says which."""

from bot.enquiry import Nation
from bot.retrieval import Evidence, Query
from bot.retrieval.suitability import applies_to
from ingestion.passage_index import PassageIndex

# Fused-score distance within which two pages count as equally relevant, and cosine of titles
# above which they count as the same subject. Chosen on the sample question set's under-specified
# items (docs/evaluators.md says how to measure it again).
CLOSE = 3.0
SAME_SUBJECT = 0.55
MAX_PAGES = 6


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

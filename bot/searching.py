"""What the published index holds for a query: in which language, about which nation and page."""

from dataclasses import replace
from functools import partial

from bot.replying.continuing import continued
from bot.replying.counterparts import for_the_citizens_nation
from bot.replying.named_elsewhere import about_named
from bot.replying.unfound import Unfound, unfound, with_its_page
from bot.retrieval import Evidence, Query, find_evidence
from bot.retrieval.copies import without_copies
from bot.retrieval.query_vectors import query_vectors
from bot.retrieval.reranking import reranked
from bot.retrieval.two_languages import in_either_language
from bot.services import Services
from bot.understanding.question_kinds import stems_of


def searched(query: Query, services: Services) -> tuple[Query, Evidence]:
    """Return a query in the language and about the nation that the guidance answers it for."""
    search = partial(search_guidance, services=services)
    query = _well_spelt(query, services)
    query = continued(query, search, services.index, services.calibration)
    query, evidence = in_either_language(query, search, services.index, services.calibration)
    named = about_named(query, evidence, services.index)
    if named is not query:
        return named, search(named)
    return query, for_the_citizens_nation(query, evidence, services.index, services.calibration)


def _well_spelt(query: Query, services: Services) -> Query:
    """Return an English query without slips, also in what is asked before it."""
    if query.locale != "en":
        return query

    def mended(text: str) -> str:
        right = services.index.well_spelt(text)
        return text if right == text else services.vocabulary.expanded(right, "en")

    return replace(
        query,
        question=mended(query.question),
        both=mended(query.both),
        bare=mended(query.bare),
        before=tuple(_well_spelt(earlier, services) for earlier in query.before),
    )


def held(query: Query, services: Services) -> tuple[Query, Evidence, Unfound | None]:
    """Return what a query finds, and what it names that the page to be answered from lacks."""
    query, evidence = searched(query, services)
    lacks = partial(lacking_in, query, services=services)
    return query, *with_its_page(evidence, lacks, services.index, services.calibration)


def names_its_page(query: Query, services: Services) -> bool:
    """Whether the guidance surely answers a query, from a page that has its name from words in it.

    Known miss: a page named in other words ("dumped rubbish", "Report fly-tipping").
    """
    query, evidence, lacking = held(query, services)
    if lacking is not None or evidence.confidence < services.calibration.answer_threshold:
        return False
    title = services.index.pages[evidence.pages[0].row].title
    return bool(stems_of(query.question) & stems_of(title))


def search_guidance(query: Query, services: Services) -> Evidence:
    """Return what the published index holds for a query; each page once.

    See `find_evidence`, `reranked` and `without_copies`.
    """
    vectors = query_vectors(query, services.embedder)
    evidence = find_evidence(
        query, vectors, services.index, services.calibration, today=services.today()
    )
    if services.pair_reader is not None:
        evidence = reranked(query, evidence, services.index, services.pair_reader)
    return without_copies(evidence, services.index)


def lacking_in(query: Query, evidence: Evidence, services: Services) -> Unfound | None:
    """Return what the question names and the guidance does not hold."""
    return unfound(query, evidence, services.index, services.embedder, services.vocabulary)

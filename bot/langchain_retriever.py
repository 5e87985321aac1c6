"""Use an index of ours in anybody's LangChain chain: ranked passages as `Document`s."""

from typing import Annotated, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, GetPydanticSchema
from pydantic_core import core_schema

from bot.answer import Citation
from bot.enquiry import Enquiry, Nation
from bot.extractive import cite_candidate
from bot.pipeline import Services, search_guidance
from bot.retrieval import Evidence, UnitCandidate
from bot.understanding import understand

# Its parts are protocols, which pydantic cannot check one by one.
_Services = Annotated[
    Services, GetPydanticSchema(lambda _, __: core_schema.is_instance_schema(Services))
]


class GuidanceRetriever(BaseRetriever):
    """Finds passages with the same search, rules and weights as the bot's own answers.

    `retriever.invoke("How much is a passport?")` returns documents by falling relevance. Each
    `page_content` is the text of a passage. Its `metadata` holds `url`, `deep_link` (to the best
    sentence), `title`, `heading_path`, `quote` (the best sentence), `publisher`, `nation`,
    `locale`, `updated_at` (ISO date or None), `passage_id`, `relevance` (of the best first, 1) and
    `confidence` (that the index answers the question at all, in [0, 1]; compare it with
    `services.calibration.answer_threshold`).

    Personal data is taken out of the question before it is searched. Whether a question should be
    answered at all (danger, attacks) stays with the chain: call `guardrails.check_question`.

    Attributes:
        services: From `bot.wiring.build_services()`.
        nation: The nation the passages must be right for; None when the question may say so.
        limit: Most documents to return, at least 1.
    """

    services: _Services
    nation: Nation | None = None
    limit: int = Field(default=5, ge=1)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  # LangChain's signature
    ) -> list[Document]:
        asked, services = Enquiry(query, nation=self.nation), self.services
        understood = understand(asked, services.policy, services.vocabulary)
        if understood.query is None:
            return []
        evidence = search_guidance(understood.query, self.services)
        best_of_passage: dict[int, UnitCandidate] = {}
        for unit in evidence.units:
            best_of_passage.setdefault(unit.passage, unit)
        best = list(best_of_passage.values())[: self.limit]
        return [self._document(unit, number, evidence) for number, unit in enumerate(best, 1)]

    def _document(self, unit: UnitCandidate, number: int, evidence: Evidence) -> Document:
        index = self.services.index
        relevance = 2.718281828 ** (unit.score - evidence.units[0].score)
        cited = cite_candidate(unit, number, index, score=relevance)
        passage = index.passages[unit.passage]
        return Document(
            id=passage.passage_id,
            page_content=passage.text,
            metadata={**_metadata(cited), "confidence": round(evidence.confidence, 4)},
        )


def _metadata(cited: Citation) -> dict[str, Any]:
    return {
        "url": cited.url,
        "deep_link": cited.deep_link,
        "title": cited.title,
        "heading_path": list(cited.heading_path),
        "quote": cited.quote,
        "publisher": cited.publisher,
        "nation": cited.nation,
        "locale": cited.locale,
        "updated_at": cited.updated_at.isoformat() if cited.updated_at else None,
        "passage_id": cited.passage_id,
        "relevance": cited.score,
    }

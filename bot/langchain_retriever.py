"""Use an index of ours in anybody's LangChain chain: ranked passages as `Document`s."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, GetPydanticSchema
from pydantic_core import core_schema

from bot.answer import Citation
from bot.enquiry import Enquiry, Nation
from bot.quoting.extractive import cite_candidate
from bot.replying.elsewhere import without_other_nations
from bot.retrieval import Evidence, UnitCandidate
from bot.retrieval.suitability import is_out_of_date
from bot.searching import held
from bot.services import Services
from bot.understanding.understand import understand

# Its parts are protocols, which pydantic cannot check one by one.
_Services = Annotated[
    Services, GetPydanticSchema(lambda _, __: core_schema.is_instance_schema(Services))
]


class GuidanceRetriever(BaseRetriever):
    """Finds passages with the same search, rules and weights as the bot's own answers.

    A Welsh question is searched in the words of English guidance, too, and a question about one
    nation leads to what answers it there, as in the journey of an answer.

    `retriever.invoke("How much is a passport?")` returns documents by falling relevance. Each
    `page_content` is the text of a passage. Its `metadata` holds `url`, `deep_link` (to the best
    sentence), `title`, `heading_path`, `quote` (the best sentence), `publisher`, `nation`,
    `locale`, `updated_at`, `valid_from` and `valid_to` (ISO dates or None), `out_of_date` (today is
    outside the last two), `document_type`, `passage_id`, `relevance` (of the best first, 1) and
    `confidence` (that the index answers the question at all, in [0, 1]; compare it with
    `services.calibration.answer_threshold`).

    Personal data is taken out of the question before it is searched. Whether a question should be
    answered at all (danger, attacks) stays with the chain: call `guardrails.check_question`.

    Attributes:
        services: From `bot.wiring.build_services()`.
        nation: The nation the passages must be right for; None when the question may say so.
        publisher: Only pages of this publisher; empty for all.
        locale: Language of the questions; None to tell it from each. A Welsh question may be
            answered from English pages, as in the bot.
        current_only: Whether pages past their last day, or before their first, are left out
            instead of put last.
        limit: Most documents to return, at least 1.
    """

    services: _Services
    nation: Nation | None = None
    publisher: str = ""
    locale: Literal["en", "cy"] | None = None
    current_only: bool = False
    limit: int = Field(default=5, ge=1)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  # LangChain's signature
    ) -> list[Document]:
        enquiry = Enquiry(query, nation=self.nation, publisher=self.publisher)
        asked = understand(enquiry, self.services.policy, self.services.vocabulary).query
        if asked is None:
            return []
        asked = replace(asked, locale=self.locale or asked.locale)
        asked, evidence, _ = held(asked, self.services)
        evidence = without_other_nations(asked, evidence, self.services.index)
        best_of_passage: dict[int, UnitCandidate] = {}
        for unit in evidence.units:
            if self.current_only and self._is_out_of_date(unit):
                continue
            best_of_passage.setdefault(unit.passage, unit)
        best = list(best_of_passage.values())[: self.limit]
        return [self._document(unit, number, evidence) for number, unit in enumerate(best, 1)]

    def _is_out_of_date(self, unit: UnitCandidate) -> bool:
        services = self.services
        return is_out_of_date(services.index.pages[unit.page], services.today())

    def _document(self, unit: UnitCandidate, number: int, evidence: Evidence) -> Document:
        index = self.services.index
        relevance = 2.718281828 ** (unit.score - evidence.units[0].score)
        cited = cite_candidate(unit, number, index, score=relevance)
        passage = index.passages[unit.passage]
        return Document(
            id=passage.passage_id,
            page_content=passage.text,
            metadata={
                **_metadata(cited),
                "document_type": passage.page.document_type,
                "valid_from": _iso(passage.page.valid_from),
                "valid_to": _iso(passage.page.valid_to),
                "out_of_date": self._is_out_of_date(unit),
                "confidence": round(evidence.confidence, 4),
            },
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
        "updated_at": _iso(cited.updated_at),
        "passage_id": cited.passage_id,
        "relevance": cited.score,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

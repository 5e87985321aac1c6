import pytest
from langchain_core.runnables import RunnableLambda

from bot.enquiry import Nation
from bot.langchain_retriever import GuidanceRetriever
from bot.pipeline import Services
from tests.fakes import WordHashEmbedder


def test_documents_come_by_relevance_with_where_they_stand(services: Services) -> None:
    found = GuidanceRetriever(services=services, limit=2).invoke("What is the fee for a passport?")

    assert len(found) == 2
    best = found[0]
    assert best.metadata["url"] == "https://guidance.example.gov.uk/passport-fees"
    assert best.metadata["quote"] in best.page_content
    assert best.metadata["deep_link"].startswith(best.metadata["url"] + "#")
    assert best.metadata["relevance"] == 1 >= found[1].metadata["relevance"]
    assert best.metadata["updated_at"] == "2026-04-09"
    assert 0 <= best.metadata["confidence"] <= 1
    assert best.id == best.metadata["passage_id"]


def test_the_nation_of_the_chain_decides(services: Services) -> None:
    retriever = GuidanceRetriever(services=services, nation=Nation.WALES, limit=1)

    assert retriever.invoke("prescription charges")[0].metadata["nation"] == "wales"


@pytest.mark.anyio
async def test_it_is_a_part_of_a_chain(services: Services) -> None:
    titles = RunnableLambda(lambda found: [document.metadata["title"] for document in found])
    chain = GuidanceRetriever(services=services, limit=1) | titles

    assert await chain.ainvoke("Council Tax bands") == ["Council Tax bands"]


def test_personal_data_is_not_searched(services: Services) -> None:
    embedder = services.embedder
    assert isinstance(embedder, WordHashEmbedder)
    asked: list[str] = []
    embed = embedder.embed_queries
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedder, "embed_queries", lambda texts: asked.extend(texts) or embed(texts))
        GuidanceRetriever(services=services).invoke("I am QQ123456C, what does a passport cost?")

    assert asked
    assert not any("QQ123456C" in text for text in asked)


def test_a_message_without_words_finds_nothing(services: Services) -> None:
    assert GuidanceRetriever(services=services).invoke("🙂") == []

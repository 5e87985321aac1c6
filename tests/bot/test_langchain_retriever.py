from dataclasses import replace

import pytest
from langchain_core.runnables import RunnableLambda

from bot.enquiry import Nation
from bot.langchain_retriever import GuidanceRetriever
from bot.services import Services
from tests.bot.test_pipeline import ask
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


def test_a_page_past_its_last_day_says_so_or_is_left_out(services: Services) -> None:
    question = "How much is a bus pass?"

    (found,) = GuidanceRetriever(services=services, limit=1).invoke(question)
    current = GuidanceRetriever(services=services, current_only=True, limit=20).invoke(question)

    assert found.metadata["out_of_date"] is True
    assert (found.metadata["valid_from"], found.metadata["valid_to"]) == (
        "2024-04-01",
        "2025-03-31",
    )
    assert current
    assert not any(document.metadata["out_of_date"] for document in current)


def test_another_publisher_has_nothing(services: Services) -> None:
    nobody = GuidanceRetriever(services=services, publisher="Nobody")

    assert nobody.invoke("What is the fee for a passport?") == []


def test_the_language_of_the_chain_is_that_of_the_question(services: Services) -> None:
    # Confident of nothing in English, so that the Welsh page stands.
    sure = services.calibration.model_copy(update={"partial_threshold": 1.0})
    welsh = GuidanceRetriever(services=replace(services, calibration=sure), locale="cy", limit=1)

    assert welsh.invoke("cofrestru genedigaeth")[0].metadata["locale"] == "cy"


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


@pytest.mark.parametrize(
    "question", ["Faint yw ffi pasbort oedolyn?", "Pryd i gofrestru genedigaeth?"]
)
@pytest.mark.anyio
async def test_a_welsh_question_finds_what_the_bot_answers_from(
    question: str, services: Services
) -> None:
    answer = await ask(question, services)

    found = GuidanceRetriever(services=services, limit=1).invoke(question)

    assert found[0].metadata["passage_id"] == answer.citations[0].passage_id

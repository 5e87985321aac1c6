"""The chain of every tutorial beside the bot: LangChain, Chroma similarity search, the same model.

Both see the same page texts and embed with the same embedder in the same process. The chain cuts
pages every 1,000 characters with an overlap of 200 (the defaults of LangChain's own tutorial),
searches, and formats a prompt; no language model is called, so it does less than the bot.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bot import Enquiry, Found, Services, answer_question
from eval.benchmarks.latency import spread
from eval.benchmarks.retrieval import calibration_of_half, conditionalqa
from eval.fitting.fit import with_calibration
from eval.halves import split
from eval.question_set import Item
from eval.retrieval_metrics import reciprocal_rank, success_at
from ingestion.embedding import Embedder

QUESTIONS = 400
RUNS = 3
WARM_UP = 20
CHUNK, OVERLAP = 1000, 200
CHUNKS = 20
PROMPT = "Answer from the context only.\n\nContext:\n{context}\n\nQuestion: {question}"


class _SameEmbedder(Embeddings):
    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        row: list[float] = self._embedder.embed_queries([text])[0].tolist()
        return row


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return ranks and milliseconds of the chain and of the bot, and their ratios.

    Questions are asked of both in turns, three times; milliseconds and ratio are the medians of the
    three runs. The bot's weights were fitted on the other half of the
    pages, so that neither has seen the pages asked about.
    """
    material = conditionalqa(data, out)
    calibration = calibration_of_half([material], 0)
    services = with_calibration(material.services, calibration)
    asked = split(material.questions.items, 0)[1][: QUESTIONS + WARM_UP]
    store = Chroma(collection_name="plain", embedding_function=_SameEmbedder(services.embedder))
    store.add_documents(_chunks(services))
    runs = [asyncio.run(_in_turns(asked, services, store))[WARM_UP:] for _ in range(RUNS)]
    by_side = [[_figures([row[side] for row in rows]) for rows in runs] for side in (0, 1)]
    figures = {"chain": medians(by_side[0]), "bot": medians(by_side[1])}
    ratios = [bot["p50"] / chain["p50"] for chain, bot in zip(*by_side, strict=True)]
    return {
        **figures,
        "bot_times_as_long_p50": round(median(ratios), 2),
        "of_each_run": [round(ratio, 2) for ratio in ratios],
        "bot_first_page_wrong_against_chain": round(
            (1 - figures["bot"]["success_at_1"]) / (1 - figures["chain"]["success_at_1"]), 2
        ),
    }


def medians(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure over some runs."""
    return {name: median(run[name] for run in runs) for name in runs[0]}


def _chunks(services: Services) -> list[Document]:
    texts: dict[str, list[str]] = {}
    for passage in services.index.passages:
        texts.setdefault(passage.page.url, []).append(
            "\n".join((*passage.heading_path, passage.text))
        )
    pages = [Document("\n\n".join(parts), metadata={"url": u}) for u, parts in texts.items()]
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    return splitter.split_documents(pages)


Asked = tuple[float, list[str], list[str]]


async def _in_turns(
    items: Sequence[Item], services: Services, store: Chroma
) -> list[tuple[Asked, Asked]]:
    found: list[Document] = []
    retriever = store.as_retriever(search_kwargs={"k": CHUNKS})

    def formatted(documents: list[Document]) -> str:
        found[:] = documents
        return "\n\n".join(document.page_content for document in documents[:5])

    context = retriever | RunnableLambda(formatted)
    prompt = ChatPromptTemplate.from_template(PROMPT)
    chain = {"context": context, "question": RunnablePassthrough()} | prompt
    rows = []
    for item in items:
        relevant = [qrel.url for qrel in item.qrels]
        started = perf_counter()
        chain.invoke(item.question)
        chain_took = (perf_counter() - started) * 1000
        chain_pages = list(dict.fromkeys(str(d.metadata["url"]) for d in found))
        started = perf_counter()
        bot_pages: list[str] = []
        async for event in answer_question(Enquiry(item.question), services):
            if isinstance(event, Found):
                bot_pages = [page.url for page in event.pages]
        bot_took = (perf_counter() - started) * 1000
        rows.append(((chain_took, chain_pages, relevant), (bot_took, bot_pages, relevant)))
    return rows


def _figures(rows: Sequence[Asked]) -> dict[str, float]:
    ranked = [(pages, relevant) for _, pages, relevant in rows]
    return {
        **spread([took for took, _, _ in rows]),
        "success_at_1": round(float(np.mean([success_at(p, r, 1) for p, r in ranked])), 4),
        "success_at_5": round(float(np.mean([success_at(p, r, 5) for p, r in ranked])), 4),
        "mrr": round(float(np.mean([reciprocal_rank(p, r) for p, r in ranked])), 4),
    }

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.retrieval.calibration import default_calibration
from bot.services import Services
from guardrails import QuestionPolicy
from guardrails.settings import GuardrailSettings
from guardrails.wiring import build_question_policy
from ingestion.build import BuildOptions, Workshop, build
from ingestion.chroma_index import EmbeddedChroma
from ingestion.passage_index import PassageIndex
from ingestion.settings import IndexSettings
from ingestion.sources.folder import FolderSource
from ingestion.versions import VersionStore
from ingestion.wiring import open_index
from tests.bot.live_site import LiveListener
from tests.fakes import WordHashEmbedder

TODAY = date(2026, 11, 23)
PAGES = {
    "passport-fees": (
        "title: Passport fees\nnation: uk\nvalid_from: 2026-04-09\nvalid_to: 2027-04-08",
        "The fee for an adult passport is £94.50. However, it is free if you were born in 1929.\n\n"
        "## Children\n\nA child passport costs £61.50.",
    ),
    "apply": (
        "title: Apply for a passport\nnation: uk",
        "To apply for a passport you need:\n\n- a photo\n- your old passport\n\n"
        "## Steps\n\n1. Take a photo.\n2. Pay the fee.",
    ),
    "lost": (
        "title: Lost passport\nnation: uk",
        "You cannot use a lost passport again. Cancel it within 28 days of the loss.",
    ),
    "prescriptions-england": (
        "title: Prescription charges in England\nnation: england",
        "A prescription costs £9.90 in England.",
    ),
    "prescriptions-wales": (
        "title: Prescription charges in Wales\nnation: wales",
        "A prescription is free in Wales.",
    ),
    "old-rates": (
        "title: Bus pass prices\nnation: uk\nvalid_from: 2024-04-01\nvalid_to: 2025-03-31",
        "A bus pass costs £20 a year.",
    ),
    "cofrestru": (
        "title: Cofrestru genedigaeth\nlocale: cy\nnation: wales",
        "Rhaid i chi gofrestru genedigaeth o fewn 42 diwrnod.",
    ),
    "tax": (
        "title: Council Tax bands\nnation: uk",
        "The bands are:\n\n| Band | Value |\n| --- | --- |\n| A | Up to £40,000 |\n| B | £52,000 |",
    ),
}


def write_guidance(folder: Path, pages: Mapping[str, tuple[str, str]] = PAGES) -> Path:
    folder.mkdir()
    for name, (matter, text) in pages.items():
        url = f"https://guidance.example.gov.uk/{name}"
        updated = "" if "updated_at" in matter else "updated_at: 2026-04-09\n"
        content = f"---\nurl: {url}\n{matter}\n{updated}---\n\n{text}\n"
        (folder / f"{name}.md").write_text(content, "utf-8")
    return folder


def index_of(pages: Mapping[str, tuple[str, str]], root: Path) -> PassageIndex:
    return index_of_folder(write_guidance(root / "pages", pages), root)


def index_of_folder(folder: Path, root: Path) -> PassageIndex:
    store = VersionStore(root / "index")
    build(
        [FolderSource(folder)],
        Workshop(store, WordHashEmbedder(), EmbeddedChroma()),
        now=datetime(2026, 11, 1, tzinfo=UTC),
        options=BuildOptions(publish=True),
        report=lambda stage, done, total: None,
    )
    return open_index(IndexSettings(embedding_model="word-hash"), directory=store.directory)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of(PAGES, tmp_path_factory.mktemp("guidance"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def policy() -> QuestionPolicy:
    return build_question_policy(GuardrailSettings())


@pytest.fixture
def services(index: PassageIndex, policy: QuestionPolicy) -> Services:
    # Confidence was calibrated for the real model; with word counts every answer counts as sure.
    calibration = default_calibration().model_copy(
        update={"answer_threshold": 0.0, "partial_threshold": 0.0}
    )
    return Services(
        index=index,
        embedder=WordHashEmbedder(),
        policy=policy,
        calibration=calibration,
        model=None,
        today=lambda: TODAY,
        new_id=lambda: "answer-1",
    )


PAGES_BENEATH_HELP = {
    "divorce": (
        "title: Get a divorce\nnation: uk",
        "To get a divorce you apply online. You can get a divorce after one year of marriage.",
    ),
    "homeless": (
        "title: If you are homeless\nnation: uk",
        "The council must give you emergency housing if you are homeless and in priority need.",
    ),
    "medicines": (
        "title: Insulin and tablets\nnation: uk",
        "Keep insulin and tablets in the fridge. How many tablets you need is on the packet.",
    ),
    "ysgariad": (
        "title: Cael ysgariad\nlocale: cy\nnation: wales",
        "I gael ysgariad rydych yn gwneud cais ar-lein.",
    ),
}


@pytest.fixture(scope="session")
def pages_beneath_help(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of(PAGES_BENEATH_HELP, tmp_path_factory.mktemp("danger"))
    yield opened
    opened.close()


@pytest.fixture
def helping(services: Services, pages_beneath_help: PassageIndex) -> Services:
    """Services whose guidance somebody in danger may ask for."""
    return replace(services, index=pages_beneath_help)


@pytest.fixture
def listening() -> Iterator[None]:
    """`until` looks again whenever the live services write to the log."""
    logger, handler = logging.getLogger("bot.live"), LiveListener()
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    logger.setLevel(level)

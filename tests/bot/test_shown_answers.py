"""What is shown around a quotation: where it is from, when it was right, what contradicts it."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import AnswerStatus
from bot.answer_json import dump_answer
from bot.enquiry import Nation, Turn
from bot.services import Services
from ingestion.passage_index import PassageIndex
from tests.bot.asking import ask
from tests.bot.conftest import index_of

pytestmark = pytest.mark.anyio

PAGES = {
    "divorce": (
        "title: Get a divorce\nnation: england+wales\nvalid_from: 2026-04-01",
        "A divorce ends a marriage.\n\n## What it costs\n\nThe fee for a divorce is £612.",
    ),
    "divorce-fees": (
        "title: Get a divorce fees\nnation: england+wales\nupdated_at: 2024-05-01",
        "The fee for a divorce is £593.",
    ),
    "divorce-old": (
        "title: Get a divorce fees of old\nnation: england+wales\nvalid_to: 2020-01-01",
        "The fee for a divorce is £410.",
    ),
    "bus-pass": (
        "title: Get a bus pass\nnation: england",
        "A bus pass is for free travel.\n\n## What it costs\n\nBring:\n\n- a photo\n- a letter\n\n"
        "The fee for a new bus pass is £11.",
    ),
    "bus-pass-fees": (
        "title: Get a bus pass fees\nnation: england",
        "Bring:\n\n- a photo\n- a form\n\nThe fee for a new bus pass is £14.",
    ),
    "allowance": (
        "title: Tax-free allowance\nnation: uk",
        "Everybody has an allowance.\n\n"
        "## 2024 to 2025 tax year\n\nThe tax-free allowance was £12,000.\n\n"
        "## 2026 to 2027 tax year\n\nThe tax-free allowance is £12,570.",
    ),
    "thresholds": (
        "title: Student loan thresholds\nnation: uk",
        "The repayment thresholds for the 2024 to 2025 tax year start at £24,990.",
    ),
    "parking": (
        "title: Parking bays\nlocale: cy\nnation: wales\nvalid_to: 2027-01-31",
        "Mae lle parcio yn costio £3.",
    ),
    "licence": (
        "title: Boat licence\nnation: uk",
        "A boat licence is for boats.\n\n## Who can get it\n\n"
        + "You can get a boat licence if you are 16 or over. " * 2
        + "\n\n- proof of age\n\nYou cannot keep a boat licence that somebody else bought.",
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shown")


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[PassageIndex]:
    opened = index_of(PAGES, folder)
    yield opened
    opened.close()


async def test_every_quoted_block_says_where_it_is_from(services: Services) -> None:
    answer = await ask("Who can get a boat licence at 16?", services)

    assert all(block.frame.startswith("From Boat licence") for block in answer.blocks)
    assert "From Boat licence, Who can get it:\nYou can get a boat licence" in answer.text


async def test_blocks_of_one_section_are_framed_once_in_the_text(services: Services) -> None:
    answer = await ask("Who can get a boat licence at 16?", services)

    assert len(answer.blocks) > len({block.frame for block in answer.blocks})
    assert answer.text.count("From Boat licence, Who can get it:") == 1


async def test_an_amount_comes_with_the_time_it_is_right(services: Services) -> None:
    answer = await ask("tax-free allowance in 2026", services)
    welsh = await ask("Faint mae lle parcio yn costio?", services, locale="cy")

    assert any("updated 9 April 2026" in block.frame for block in answer.blocks)
    assert welsh.blocks[0].frame == "O’r dudalen Parking bays (yn gywir tan 31 Ionawr 2027):"


async def test_pages_that_disagree_stand_side_by_side_with_dates_and_nations(
    services: Services,
) -> None:
    answer = await ask("How much is the fee for a divorce?", services)

    _, first, second = answer.blocks[:3]
    assert {first.text, second.text} == {
        "The fee for a divorce is £612.",
        "The fee for a divorce is £593.",
    }
    frames = first.frame + second.frame
    assert "(England, Wales, right from 1 April 2026):" in frames
    assert "(England, Wales, updated 1 May 2024):" in frames
    assert [notice.kind for notice in answer.notices] == ["disagreement"]


async def test_pages_that_disagree_find_room_side_by_side(services: Services) -> None:
    answer = await ask("How much is the fee for a new bus pass?", services)

    assert [notice.kind for notice in answer.notices] == ["disagreement"]
    shown = " ".join(block.text for block in answer.blocks)
    assert "£11" in shown
    assert "£14" in shown


async def test_a_page_past_its_date_disagrees_with_nobody(services: Services) -> None:
    answer = await ask("How much is the fee for a divorce?", services)

    assert "£410" not in answer.text


async def test_figures_of_this_tax_year_are_shown_and_not_those_of_another(
    services: Services,
) -> None:
    answer = await ask("What is the tax-free allowance?", services)

    assert "£12,570" in answer.text
    assert "£12,000" not in answer.text
    assert not any(notice.kind == "out_of_date" for notice in answer.notices)


async def test_figures_of_the_tax_year_that_is_asked_for_are_shown(services: Services) -> None:
    answer = await ask("How much was the tax-free allowance in 2024?", services)

    assert "£12,000" in answer.text
    assert not any(notice.kind == "other_year" for notice in answer.notices)


async def test_figures_of_a_past_tax_year_are_never_shown_as_current(services: Services) -> None:
    answer = await ask("What are the student loan repayment thresholds?", services)

    assert answer.completeness == "partial"
    assert [notice.text for notice in answer.notices if notice.kind == "out_of_date"] == [
        "Part of this was right from 6 April 2024 to 5 April 2025, and may have changed."
    ]


async def test_figures_of_another_year_than_asked_are_told_apart(services: Services) -> None:
    answer = await ask("How much were student loan repayment thresholds in 2021?", services)

    assert any(notice.kind == "other_year" for notice in answer.notices)
    assert answer.completeness == "partial"


async def test_a_follow_up_is_answered_with_what_was_asked_before_it(services: Services) -> None:
    history = (Turn("user", "How much is the fee for a divorce?"), Turn("assistant", "£612"))

    answer = await ask("and if my marriage ended?", services, history=history)

    assert "£612" in answer.text


QUESTIONS = (
    "How much is the fee for a divorce?",
    "What is the tax-free allowance?",
    "Who can get a boat licence at 16?",
    "Can I get a boat licence that somebody else bought?",
    "How much is a boat licence, and what is the allowance?",
)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_the_same_question_gives_the_same_bytes_but_for_id_and_times(
    question: str, services: Services
) -> None:
    ids = iter(("one", "two"))
    asked = replace(services, new_id=lambda: next(ids))

    answers = [await ask(question, asked, nation=Nation.WALES) for _ in range(2)]

    first, second = (dump_answer(replace(a, answer_id="", timings_ms={})) for a in answers)
    assert first == second
    assert answers[0].status is AnswerStatus.ANSWERED


ASK_IN_A_FRESH_PROCESS = """
import asyncio, dataclasses, datetime, pathlib, sys
from bot.answer_json import dump_answer
from bot.enquiry import Enquiry
from bot.pipeline import answer_question
from bot.services import Services
from bot.retrieval.calibration import default_calibration
from guardrails import QuestionPolicy
from ingestion.settings import IndexSettings
from ingestion.wiring import open_index
from tests.fakes import WordHashEmbedder

async def ask(question, services):
    *_, answer = [event async for event in answer_question(Enquiry(question), services)]
    return dump_answer(dataclasses.replace(answer, timings_ms={})).decode()

sure = {"answer_threshold": 0.0, "partial_threshold": 0.0}
services = Services(
    index=open_index(
        IndexSettings(embedding_model="word-hash"), directory=pathlib.Path(sys.argv[1])
    ),
    embedder=WordHashEmbedder(),
    policy=QuestionPolicy(rules=()),
    calibration=default_calibration().model_copy(update=sure),
    model=None,
    today=lambda: datetime.date(2026, 11, 23),
    new_id=lambda: "",
)
for question in sys.argv[2:]:
    print(asyncio.run(ask(question, services)))
"""


def test_two_processes_give_the_same_bytes(folder: Path, index: PassageIndex) -> None:
    assert index.manifest.version

    # The order of sets differs between processes, unless the seed is the same.
    first, second = (
        subprocess.run(
            [sys.executable, "-c", ASK_IN_A_FRESH_PROCESS, str(folder / "index"), *QUESTIONS],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )

    assert first == second
    assert first.count(b'"status":"answered"') == len(QUESTIONS)

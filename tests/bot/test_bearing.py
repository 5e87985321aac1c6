"""A page that fits a question and does not hold what is asked for is no complete answer."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.replying.bearing import code_asked_for, is_titled
from bot.replying.circumstances import circumstances_in
from bot.retrieval import Query
from bot.services import Services
from tests.bot.asking import ask
from tests.bot.conftest import index_of

PAGES = {
    "codes": (
        "title: Tax codes",
        "The letters of a tax code:\n\n| Letters | What they mean |\n|---|---|\n"
        "| BR | All income from this job is taxed at the basic rate |\n"
        "| NT | You pay no tax on this income |\n",
    ),
    "allowance": (
        "title: Mobility allowance",
        "Mobility allowance is for people who cannot walk far. You can get mobility allowance at "
        "any age.",
    ),
    "sick": (
        "title: Sick pay",
        "You can get sick pay from your employer. Self-employed people cannot get sick pay.",
    ),
    "badge": (
        "title: Parking badge",
        "A parking badge lets you park nearer.\n\n## If you disagree with a decision\n\n"
        "If your parking badge was refused, ask the council to look at it again within 28 days.",
    ),
}


@pytest.fixture
def knowing(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Services that are sure of everything they find."""
    index = index_of(PAGES, tmp_path_factory.mktemp("known"))
    sure = {"answer_threshold": 0.0, "partial_threshold": 0.0}
    calibration = services.calibration.model_copy(update=sure)
    yield replace(services, index=index, calibration=calibration)
    index.close()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("question", "completeness"),
    [
        ("What does tax code BR mean?", "complete"),
        ("tax code br", "complete"),
        ("What does tax code 0T mean?", "partial"),
        ("What do tax codes mean?", "complete"),
        ("they refused my parking badge", "complete"),
        ("mobility allowance", "complete"),
    ],
)
async def test_complete_only_with_what_is_asked_about(
    question: str, completeness: str, knowing: Services
) -> None:
    assert (await ask(question, knowing)).completeness == completeness


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("question", "completeness"),
    [
        ("Can I get mobility allowance if I am self-employed?", "partial"),
        ("can prisoners get mobility allowance", "partial"),
        ("Can I have a parking badge without a licence?", "partial"),
        ("Can self employed people get sick pay?", "complete"),
        ("can i get sick pay if im a sole trader", "complete"),
        ("Can I get sick pay?", "complete"),
        ("How do I stop my mobility allowance?", "partial"),
        ("cancel my parking badge", "partial"),
        ("can i use my parking badge in spain", "partial"),
        ("how many people get sick pay", "partial"),
        ("how long does sick pay last", "partial"),
        ("when does mobility allowance stop", "partial"),
    ],
)
async def test_what_tells_who_asks_must_be_spoken_of(
    question: str, completeness: str, knowing: Services
) -> None:
    assert (await ask(question, knowing)).completeness == completeness


@pytest.mark.parametrize(
    ("question", "title", "is_said"),
    [
        ("how much is a passport", "Passport fees", True),
        ("How much are passport fees?", "Passport fees", True),
        ("how much is an adult passport", "Passport fees", False),
        ("how do i get a passport", "Passport fees", False),
        ("when do clocks change", "When do the clocks change?", True),
        ("how much", "Passport fees", False),
    ],
)
def test_reads_whether_a_title_says_what_is_asked(question: str, title: str, is_said: bool) -> None:
    assert is_titled(Query(question, question), title) is is_said


@pytest.mark.parametrize(
    ("question", "is_told"),
    [
        ("Can self-employed people get SSP?", True),
        ("I’m a student, do I pay Council Tax?", True),
        ("can I remarry and keep the pension", True),
        ("Can I still claim when I'm living abroad?", True),
        ("What happens if I drive with no insurance?", True),
        ("can students' parents claim", True),
        ("How do I insure my car?", False),
        ("Is prisoner transport delayed in my street?", True),
        ("Where is the student loans office?", False),
        ("How do I employ somebody?", False),
        ("How do I close my claim?", True),
        ("pip change of circumstances", True),
        ("where is the bus stop", False),
        ("Can I drive in the USA?", True),
        ("is Wales in the UK", False),
        ("When does the tax year end?", False),
        ("How many people can vote by proxy for me?", False),
    ],
)
def test_reads_who_asks(question: str, is_told: bool) -> None:
    assert bool(circumstances_in(question)) is is_told


@pytest.mark.anyio
async def test_who_was_refused_is_not_told_who_can_get_it(
    knowing: Services, tmp_path: Path
) -> None:
    index = index_of({"allowance": PAGES["allowance"]}, tmp_path)
    answer = await ask("my mobility allowance was refused", replace(knowing, index=index))
    index.close()

    assert answer.blocks
    assert answer.completeness == "partial"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("what does tax code 0T mean", "0T"),
        ("what is a P45", "P45"),
        ("tax code br", "br"),
        ("code D0", "D0"),
        ("What is 1257L?", "1257L"),
        ("what is UC", ""),
        ("what is my tax code if I have 2 jobs", ""),
        ("what is a code of practice", ""),
        ("what is the 50p tax", ""),
        ("my tax code is wrong", ""),
        ("I lost my P45, how do I claim tax back?", ""),
    ],
)
def test_reads_a_code_that_is_asked_for(question: str, code: str) -> None:
    assert code_asked_for(question) == code

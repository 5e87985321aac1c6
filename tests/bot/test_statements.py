"""The check of what a language model wrote, on a list of lies and a list of honest statements."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.language_models.alignment import misaligned
from bot.language_models.sources import shown_text, source_text
from bot.language_models.statements import check_block
from bot.services import Services
from guardrails import Category
from ingestion.passage import Passage
from ingestion.passage_index import PassageIndex
from ingestion.wiring import SAMPLE_GUIDANCE
from tests.bot.conftest import index_of_folder

DATA = Path(__file__).with_name("data")
# A clause that leaves out what it is about, a list of what is not allowed, what goes where.
KNOWN_MISSES = {
    "The appeal costs £140 without a hearing.",
    "You can serve if you are on bail.",
    "Phones can be on in the jury room.",
    "The most you can borrow is £100.",
    "A filling costs £27.90.",
    "Teeth whitening is on the NHS.",
    "Nappies go in the kitchen caddy.",
    "A lost or stolen bin is replaced free of charge.",
}
LEAST_KEPT = 0.85


def rows_of(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split(" | ", 3) for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def guidance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of_folder(SAMPLE_GUIDANCE, tmp_path_factory.mktemp("sample"))
    yield opened
    opened.close()


def passage_with(words: str, page: str, index: PassageIndex) -> Passage:
    return next(p for p in index.passages if p.page.url.endswith(f"/{page}") and words in p.text)


@pytest.mark.parametrize(
    ("page", "words", "lie"), [row[1:] for row in rows_of("lies.txt")], ids=lambda text: text[:60]
)
def test_a_lie_is_blocked(page: str, words: str, lie: str, guidance: PassageIndex) -> None:
    verdict = check_block(
        lie.replace("\\n", "\n"), [source_text(passage_with(words, page, guidance))]
    )

    assert verdict.blocked or lie in KNOWN_MISSES


def test_only_the_address_of_a_cited_page_may_be_written(services: Services) -> None:
    fees = next(p for p in services.index.passages if "£94.50" in p.text)
    said = "The fee for an adult passport is £94.50, see {}."

    def judged(address: str) -> Category:
        return check_block(said.format(address), [source_text(fees)], [fees.page.url]).category

    assert judged(fees.page.url) is Category.NONE
    assert judged("https://passports.example.com") is Category.UNKNOWN_LINK


def test_most_of_what_is_true_is_kept(guidance: PassageIndex) -> None:
    rows = [line.split(" | ", 2) for line in (DATA / "truths.txt").read_text("utf-8").splitlines()]
    dropped = [
        true
        for page, words, true in rows[1:]
        if check_block(
            true.replace("\\n", "\n"), [source_text(passage_with(words, page, guidance))]
        ).blocked
    ]

    assert len(dropped) <= (1 - LEAST_KEPT) * len(rows[1:]), dropped


def test_a_model_reads_tables_with_their_headings(guidance: PassageIndex) -> None:
    text = shown_text(passage_with("£94.50", "passport-fees", guidance))

    assert "Passport: Adult (16 and over) | Apply online: £94.50 | Apply on paper: £107" in text


def test_a_model_reads_a_list_after_what_leads_into_it(guidance: PassageIndex) -> None:
    text = shown_text(passage_with("are 60 or over", "prescriptions-england", guidance))

    assert "You get free prescriptions if you:\n- are under 16" in text


SOURCE = (
    "Help with fees\nYou may get help from HM Courts if you earn less than £1,420 a month, unless "
    "you have savings of £16,000 or more. Only the person who owes the fee can apply."
)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("You will get help if you earn less than £1,420 a month unless you have savings.", "must"),
        ("The person who owes the fee can apply.", "only"),
        ("You may get help from the Ministry of Justice if you earn less than £1,420.", "names"),
        ("You may get help from HM Courts, never mind savings of £16,000 or more.", "always"),
        ("We guarantee help if you earn less than £1,420 a month.", "promises"),
        ("Help", "says nothing"),
    ],
)
def test_the_reason_says_what_is_wrong(statement: str, reason: str) -> None:
    assert reason in check_block(statement, [SOURCE]).reason


def test_an_exception_must_come_along() -> None:
    said = "You may get help if you earn less than £1,420 a month"

    assert "exception" in misaligned(f"{said}.", [SOURCE])
    assert not misaligned(f"{said}. This is not so with savings of £16,000 or more.", [SOURCE])


def test_an_abbreviation_of_what_the_source_writes_out_is_no_new_name() -> None:
    source = "Sick pay\nYour employer pays you Statutory Sick Pay for up to 28 weeks."

    assert not check_block("Your employer pays you SSP for up to 28 weeks.", [source]).blocked

"""Whom a page speaks to, told from its title and its text."""

import tomllib
from importlib.resources import files

import pytest

from ingestion.audience import audience_of, with_audience
from ingestion.document import Block, BlockKind, Document, PageDetails, Section


def page(title: str, *texts: str, audience: str = "") -> Document:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    details = PageDetails("https://x.gov.uk/p", title, audience=audience)
    return Document(details, (Section((title,), "", blocks),))


@pytest.mark.parametrize(
    ("title", "text", "audience"),
    [
        ("Sick pay: guidance for employers", "Sick pay starts on the first day.", "employer"),
        (
            "Time off",
            "Tell your staff. Ask your employee for a note. Pay your workers.",
            "employer",
        ),
        ("Sick pay", "Tell your employer. Your employer pays you. Ask your employee.", ""),
        ("Renting out a room", "You may rent out a room tax-free.", "landlord"),
        ("Repairs", "Your landlord must repair the roof.", ""),
        ("Get paid", "Somebody owes you money. The debtor’s name. You’re owed £50.", "creditor"),
        ("Passport fees", "An adult passport costs £94.50.", ""),
        ("What to tell your employer", "Your staff rep can help you tell your employer.", ""),
    ],
)
def test_a_page_is_for_whom_it_speaks_to(title: str, text: str, audience: str) -> None:
    assert audience_of(page(title, text)) == audience


def test_an_aside_on_a_long_page_makes_no_audience() -> None:
    aside = "Your staff, your workers and your employees count as jobs."

    assert audience_of(page("Visa", aside)) == "employer"
    assert (
        audience_of(page("Visa", aside, "You must show your passport at the border. " * 60)) == ""
    )


def test_words_in_lists_and_tables_count() -> None:
    table = Block(BlockKind.TABLE, rows=(("your employee", "your staff"),))
    lines = Block(BlockKind.LIST, "Check:", items=("your workers are paid",))
    section = Section(("Payslips",), "", (table, lines))

    assert audience_of(Document(PageDetails("https://x", "Payslips"), (section,))) == "employer"


def test_what_a_page_says_of_itself_stays() -> None:
    document = page("Payroll for employers", "Pay your staff.", audience="business")

    assert with_audience(document) == document
    assert with_audience(page("Payroll", "Pay your staff.")).details.audience == "employer"


def test_every_audience_has_its_phrases_in_small_letters() -> None:
    table = tomllib.loads(files("ingestion").joinpath("audiences.toml").read_text("utf-8"))

    for row in table.values():
        for key in ("title", "speaks", "other_side"):
            assert row[key]
            assert all(phrase == phrase.lower() and "’" not in phrase for phrase in row[key])

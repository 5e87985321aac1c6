import pytest

from bot.quoting.disagreements import disagrees, figures_of
from bot.understanding.question_kinds import (
    KINDS,
    Kind,
    asks_money,
    asks_yes_or_no,
    holds_money,
    said_of,
    shape_of,
    stems_of,
    wants_amount_first,
)

COST, TIME, WHO, HOW, NEEDS, IF_NOT = KINDS


@pytest.mark.parametrize(
    "question",
    [
        "Can I work on a visitor visa?",
        "Do I have to pay?",
        "Is my MOT due?",
        "So am I entitled to it?",
        "Alla i bleidleisio yn 16?",
        "Oes rhaid i mi gofrestru?",
    ],
)
def test_asks_yes_or_no(question: str) -> None:
    assert asks_yes_or_no(question)


@pytest.mark.parametrize("question", ["How much is it?", "Candles", "Isle of Man", "Pwy sy'n cael"])
def test_does_not_ask_yes_or_no(question: str) -> None:
    assert not asks_yes_or_no(question)


def test_a_sentence_decides_about_what_was_asked() -> None:
    asked = stems_of("Can I work on a visitor visa?")

    assert said_of(asked, "You cannot work on a visitor visa.") == 3
    assert said_of(asked, "A visitor visa costs £135.") == 0
    assert said_of(asked, "You must tax your car.") == 0


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How much is road tax?", (COST,)),
        ("What is the fee for probate?", (COST,)),
        ("When are bins collected?", (TIME,)),
        ("Who can get a Blue Badge?", (WHO,)),
        ("How do I claim JSA?", (HOW,)),
        ("What do I need to register?", (NEEDS,)),
        ("What happens if I don't tax my car?", (IF_NOT,)),
        ("What if I miss the deadline?", (TIME, IF_NOT)),
        ("Tell me about bins", ()),
        ("How do I pay a court fine?", (HOW,)),
        ("blue badge where can i park", ()),
        ("Where can I apply?", (HOW,)),
        ("Will I be fined?", (IF_NOT,)),
        ("Do I need my P45 when I start a job?", ()),
        ("Faint o rybudd sydd ei angen?", (TIME,)),
        ("Do I have to pay for a blue badge?", (COST,)),
        ("Do I need to pay anything for a library card?", (COST,)),
        ("I paid for a passport", ()),
    ],
)
def test_tells_the_kind_of_a_question(question: str, kinds: tuple[object, ...]) -> None:
    assert shape_of(question) == kinds


def test_how_much_notice_is_no_amount_of_money() -> None:
    assert asks_money("How much is it?")
    assert not asks_money("How much notice must I give?")
    assert wants_amount_first("How much is it?", "It is £5.")
    assert not wants_amount_first("How much is it?", "It is cheap.")


def test_a_fine_is_no_price() -> None:
    fine = "The fine for an untaxed vehicle is £80."

    assert not holds_money("How much is vehicle tax?", fine)
    assert holds_money("How much is the fine?", fine)
    assert holds_money("How much is vehicle tax?", "The rate is £195.")


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("How much is the citizenship test?", "You must answer 75% of the questions right.", False),
        ("How much is it?", "The grant covers childcare in school holidays, tax-free.", False),
        ("How much is a licence?", "You may be free to go after the check.", False),
        ("How much does it cost?", "It is free for people over 60.", True),
        ("How much is the tax?", "Some councils give a discount of up to 100%.", False),
        ("How much is the discount?", "Some councils give a discount of up to 100%.", True),
        ("How much is water tax?", "Your water tax depends on the size of the home.", True),
        ("How much is water tax?", "What you get depends on your age.", False),
        ("Faint yw treth dŵr?", "Mae eich treth dŵr yn dibynnu ar y cartref.", True),
        ("How much is sick pay?", "You get 80% of what you earn.", True),
        ("How much is VAT?", "The standard rate is 20%.", True),
        ("What does the visa cost?", "You must earn at least £29,000 a year.", False),
        ("What does the visa cost?", "You pay £120 if you earn less than £29,000.", True),
        ("How much can I earn on the allowance?", "You can earn up to £196 a week.", True),
        ("Faint mae'n costio?", "Mae'n costio £43.", True),
    ],
)
def test_an_amount_is_of_the_kind_that_is_asked_for(question: str, text: str, holds: bool) -> None:
    assert holds_money(question, text) is holds


def test_figures_without_dates() -> None:
    assert figures_of("£1,250.00 or 20% from 6 April 2026, 2026 to 2027") == {"1250", "20%"}


@pytest.mark.parametrize(
    ("text", "other", "differ"),
    [
        ("The fee for a divorce is £612.", "The fee for a divorce is £593.", True),
        ("The fee for a divorce is £612.", "The fee for a divorce is £612 in 2026.", False),
        ("The fee for a divorce is £612.", "Jury service lasts up to 10 working days.", False),
        ("The fee is £5 or £6.", "The fee is £5.", False),
        ("The fee is £5.", "The fee is high.", False),
    ],
)
def test_disagrees_when_only_the_figure_differs(text: str, other: str, *, differ: bool) -> None:
    assert disagrees(text, other) is differ
    assert disagrees(other, text) is differ


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("small claims fee", COST),
        ("apprentice wage", COST),
        ("Is the library free?", COST),
        ("how much paternity leave do I get", TIME),
        ("passport renewal time", TIME),
        ("documents for a passport", NEEDS),
    ],
)
def test_a_name_and_the_kind_of_thing_ask_for_it(question: str, kind: Kind) -> None:
    assert shape_of(question) == (kind,)


@pytest.mark.parametrize(
    "message", ["help with health costs", "my council raised its charges and I moved out last week"]
)
def test_a_statement_with_a_price_in_it_asks_for_none(message: str) -> None:
    assert COST not in shape_of(message)


def test_who_and_when_stand_under_no_heading_of_how() -> None:
    assert HOW.under.search("How to apply")
    assert HOW.under.search("Apply online")
    assert not HOW.under.search("Who can apply")
    assert not HOW.under.search("When to claim")

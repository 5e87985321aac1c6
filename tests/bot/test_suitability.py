import math
from datetime import date

import pytest

from bot.enquiry import Nation
from bot.retrieval import Query
from bot.retrieval.suitability import OTHER_NATION, demotion, for_another_nation
from ingestion.document import PageDetails

TODAY = date(2026, 11, 23)


def page(**details: object) -> PageDetails:
    return PageDetails(url="https://x.gov.uk/p", title="P", **details)  # type: ignore[arg-type]


def asked(nation: Nation | None = None) -> Query:
    return Query("fee", "fee", "fee", nation=nation)


def test_a_page_that_fits_loses_nothing() -> None:
    assert demotion(page(nation="england+wales"), asked(Nation.WALES), TODAY) == 0


def test_the_weight_of_a_source_multiplies_the_odds_of_its_pages() -> None:
    preferred, ordinary = (demotion(page(weight=w), asked(), TODAY) for w in (2.0, 1.0))

    assert math.exp(ordinary - preferred) == pytest.approx(2)


def test_authority_never_beats_the_nation() -> None:
    other = demotion(page(nation="scotland", weight=10.0), asked(Nation.WALES), TODAY)

    assert other > OTHER_NATION / 2


@pytest.mark.parametrize(
    ("nation", "best", "another"),
    [
        ("scotland", "england", True),
        ("england+wales", "scotland", True),
        ("england", "england", False),
        ("wales", "england+wales", False),
        ("uk", "scotland", False),
        ("scotland", "uk", False),
        ("", "wales", False),
    ],
)
def test_a_page_is_for_another_nation_when_none_is_shared(
    nation: str, best: str, another: bool
) -> None:
    assert for_another_nation(nation, best) is another

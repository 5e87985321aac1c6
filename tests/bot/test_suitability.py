import math
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.enquiry import Nation
from bot.retrieval import Query, authority
from bot.retrieval.authority import weight_of_type
from bot.retrieval.suitability import OTHER_NATION, demotion, for_another_nation
from ingestion.document import PageDetails
from ingestion.wiring import SAMPLE_GUIDANCE

DOCUMENT_TYPES = Path(authority.__file__).with_name("document_types.toml")
TODAY = date(2026, 11, 23)


def page(**details: object) -> PageDetails:
    return PageDetails(url="https://x.gov.uk/p", title="P", **details)  # type: ignore[arg-type]


def asked(nation: Nation | None = None) -> Query:
    return Query("fee", "fee", nation=nation)


def test_a_page_that_fits_loses_nothing() -> None:
    assert demotion(page(nation="england+wales"), asked(Nation.WALES), TODAY) == 0


def test_the_weight_of_a_source_multiplies_the_odds_of_its_pages() -> None:
    preferred, ordinary = (demotion(page(weight=w), asked(), TODAY) for w in (2.0, 1.0))

    assert math.exp(ordinary - preferred) == pytest.approx(2)


def test_the_weight_of_its_type_multiplies_the_odds_of_a_page() -> None:
    guide, news = (
        demotion(page(document_type=kind), asked(), TODAY) for kind in ("guide", "news_story")
    )

    assert guide == 0
    assert math.exp(guide - news) == pytest.approx(0.2)


@pytest.mark.parametrize("kind", ["", "something_new", "Guide "])
def test_a_type_nobody_weighed_is_ordinary(kind: str) -> None:
    assert demotion(page(document_type=kind), asked(), TODAY) == 0


def test_a_preferred_source_makes_up_for_its_type() -> None:
    assert demotion(page(document_type="speech", weight=5.0), asked(), TODAY) == pytest.approx(0)


def test_types_are_weighed_once_and_between_bounds() -> None:
    table = tomllib.loads(DOCUMENT_TYPES.read_text("utf-8"))["types"]
    names = [name for row in table for name in row["names"].split()]

    assert len(names) == len(set(names))
    assert all(0 < row["weight"] <= 1 for row in table)


def test_the_sample_guidance_is_all_ordinary() -> None:
    kinds = {
        found[1]
        for file in SAMPLE_GUIDANCE.rglob("*.md")
        if (found := re.search(r"^document_type: (.+)$", file.read_text("utf-8"), re.MULTILINE))
    }

    assert {weight_of_type(kind) for kind in kinds} == {1.0}


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

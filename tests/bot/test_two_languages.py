"""A Welsh question is answered by the page on its subject, in whichever language."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pytest

from bot.enquiry import Nation
from bot.retrieval import Evidence, PageCandidate, Query, UnitCandidate
from bot.retrieval.calibration import default_calibration
from bot.retrieval.search import NO_EVIDENCE
from bot.retrieval.signals import COVERAGE_SIGNALS, PAGE_SIGNALS
from bot.retrieval.two_languages import in_either_language
from bot.retrieval.welsh_terms import services_in, telling_forms
from ingestion.passage_index import PassageIndex
from tests.bot.conftest import index_of

PAGES = {
    "vote": (
        "title: Register to vote\nalternate_url: https://guidance.example.gov.uk/cy-vote",
        "V.",
    ),
    "cy-vote": ("title: Cofrestru i bleidleisio\nlocale: cy", "Rhaid i chi gofrestru."),
    "birth": (
        "title: Register a birth\nalternate_url: https://guidance.example.gov.uk/cy-birth",
        "B.",
    ),
    "cy-birth": ("title: Cofrestru genedigaeth\nlocale: cy", "Cofrestrwch y babi."),
    "tax": ("title: Tax your vehicle", "T."),
    "bands": ("title: Council Tax bands\nnation: england", "A home may be in band D."),
    "cy-reduction": (
        "title: Gostyngiad Treth Gyngor\nlocale: cy\nnation: wales",
        "Nid yw plant yn talu treth gyngor.",
    ),
    "eyes-england": ("title: Eye tests in England\nnation: england", "E."),
    "cy-eyes": ("title: Prawf llygaid\nlocale: cy\nnation: wales", "Ll."),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    opened = index_of(PAGES, tmp_path_factory.mktemp("languages"))
    yield opened
    opened.close()


def chosen(
    question: str,
    index: PassageIndex,
    welsh: Mapping[str, float],
    english: Mapping[str, float],
    sure: tuple[float, float],
    nation: Nation | None = None,
) -> tuple[str, float]:
    """Return the page that answers and how surely, when the searches find these pages."""
    row_of = {page.url.rpartition("/")[2]: row for row, page in enumerate(index.pages)}

    def search(query: Query) -> Evidence:
        found, confidence = (welsh, sure[0]) if query.locale == "cy" else (english, sure[1])
        nothing = np.zeros(len(PAGE_SIGNALS)), np.zeros(len(COVERAGE_SIGNALS))
        pages = tuple(
            PageCandidate(row_of[name], score, nothing[0], 0.0, nothing[1])
            for name, score in found.items()
        )
        units = tuple(UnitCandidate(p.row, p.row, p.row, 0.0, nothing[0]) for p in pages)
        return replace(NO_EVIDENCE, pages=pages, units=units, confidence=confidence)

    asked = Query(question, question, locale="cy", nation=nation)
    _, evidence = in_either_language(asked, search, index, default_calibration())
    return index.pages[evidence.pages[0].row].url.rpartition("/")[2], evidence.confidence


def test_an_unrelated_welsh_page_does_not_beat_a_related_english_one(index: PassageIndex) -> None:
    found = chosen("Sut mae talu treth car?", index, {"cy-vote": 9.0}, {"tax": 5.0}, (0.9, 0.6))

    assert found == ("tax", 0.6)


def test_an_unrelated_welsh_page_does_not_beat_an_honest_not_found(index: PassageIndex) -> None:
    found = chosen("Sut mae agor tafarn?", index, {"cy-vote": 9.0}, {"tax": 5.0}, (0.9, 0.02))

    assert found == ("tax", 0.02)


def test_words_that_nobody_knows_are_looked_for_on_the_welsh_page(index: PassageIndex) -> None:
    unknown = chosen("Sut mae gwnïo trowsus?", index, {"cy-vote": 9.0}, {}, (0.9, 0.0))
    held = chosen("Oes rhaid cofrestru?", index, {"cy-vote": 9.0}, {}, (0.9, 0.0))

    assert unknown == ("cy-vote", 0.0)
    assert held == ("cy-vote", 0.9)


@pytest.mark.parametrize(
    ("nation", "page"), [(Nation.ENGLAND, "eyes-england"), (Nation.WALES, "cy-eyes")]
)
def test_a_welsh_question_about_england_is_answered_for_england(
    nation: Nation, page: str, index: PassageIndex
) -> None:
    found = chosen(
        "Faint yw prawf llygaid?",
        index,
        {"cy-eyes": 9.0},
        {"eyes-england": 30.0} if nation is Nation.ENGLAND else {"eyes-england": 9.0, "tax": 8.0},
        (0.9, 0.9),
        nation,
    )

    assert found[0] == page


def test_the_welsh_version_of_the_english_page_answers(index: PassageIndex) -> None:
    welsh = {"cy-vote": 9.0, "cy-birth": 8.0}

    found = chosen("Sut mae cofrestru babi?", index, welsh, {"birth": 5.0, "tax": 1.0}, (0.5, 0.8))

    assert found == ("cy-birth", 0.8)


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("Faint yw treth gyngor ym mand d?", "bands"),
        ("Faint yw treth gyngor?", "cy-reduction"),
        ("Ydy plant yn talu treth gyngor?", "cy-reduction"),
        ("Oes gostyngiad treth gyngor ym mand d?", "cy-reduction"),
    ],
)
def test_a_welsh_page_of_a_part_does_not_answer_what_only_the_english_one_tells(
    question: str, page: str, index: PassageIndex
) -> None:
    found = chosen(question, index, {"cy-reduction": 9.0}, {"bands": 9.0}, (0.9, 0.9))

    assert found[0] == page


def test_half_of_what_is_asked_makes_no_answer(index: PassageIndex) -> None:
    found = chosen("Sut mae cofrestru cwmni?", index, {"cy-birth": 9.0}, {"birth": 5.0}, (0.7, 0.1))

    assert found == ("birth", 0.1)


def test_a_welsh_page_that_names_the_service_answers(index: PassageIndex) -> None:
    found = chosen("Sut mae pleidleisio?", index, {"cy-vote": 9.0}, {"tax": 5.0}, (0.6, 0.9))

    assert found == ("cy-vote", 0.6)


@pytest.mark.parametrize(
    ("text", "services"),
    [
        ("sut mae talu treth fy nghar", {"vehicle tax"}),
        ("gostyngiad treth gyngor", {"Council Tax Reduction"}),
        ("sut mae hynny", set()),
    ],
)
def test_the_longest_name_of_a_service_counts(text: str, services: set[str]) -> None:
    assert services_in(text) == services


def test_a_word_is_looked_for_in_its_mutated_forms() -> None:
    (forms,) = telling_forms("fy mlaendal")

    assert {"blaendal", "flaendal"} <= set(forms)
